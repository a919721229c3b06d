-- Deals. The document comes last: reading another column does not walk through it.

CREATE TABLE deals (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  listed_at INTEGER NOT NULL,
  tags TEXT NOT NULL,
  next_at INTEGER,
  changed_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  -- Outside of the document and its version: relaying changes nothing that anybody decides by.
  dispatched_seq INTEGER NOT NULL DEFAULT 0,
  summary TEXT NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX deals_due ON deals (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX deals_running ON deals (id) WHERE next_at IS NOT NULL;
CREATE INDEX deals_undispatched ON deals (changed_at, id) WHERE dispatched_seq < last_seq;

-- Which lists each deal is in.
CREATE TABLE deals_tags (
  tag TEXT NOT NULL,
  listed_at INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (tag, listed_at, id)
) STRICT, WITHOUT ROWID;
