-- People are found by their names and standing, deals by code, title, transaction and address, and
-- ledger entries by asset or account alone. `tags_of` and `summary_of` say what the code says.

ALTER TABLE users ADD COLUMN listed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE users ADD COLUMN summary TEXT NOT NULL DEFAULT '{}';
UPDATE users
SET listed_at = created_at, tags = tags_of('user', doc), summary = summary_of('user', doc);

CREATE TABLE users_tags (
  tag TEXT NOT NULL,
  listed_at INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (tag, listed_at, id)
) STRICT, WITHOUT ROWID;
INSERT INTO users_tags (tag, listed_at, id)
SELECT tag.value, users.listed_at, users.id FROM users, json_each(users.tags) AS tag;

UPDATE deals SET tags = tags_of('deal', doc);
DELETE FROM deals_tags;
INSERT INTO deals_tags (tag, listed_at, id)
SELECT tag.value, deals.listed_at, deals.id FROM deals, json_each(deals.tags) AS tag;

CREATE INDEX ledger_entries_by_asset ON ledger_entries (asset, at, id);
CREATE INDEX ledger_entries_of_account ON ledger_entries (account, at, id);
