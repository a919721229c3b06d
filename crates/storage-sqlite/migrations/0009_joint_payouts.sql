-- Small payouts that are sent together.

CREATE TABLE joint_payouts (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  listed_at INTEGER NOT NULL,
  tags TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  dispatched_seq INTEGER NOT NULL DEFAULT 0,
  -- Payee and asset, until it is over.
  open_key TEXT,
  summary TEXT NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX joint_payouts_open ON joint_payouts (open_key);
CREATE INDEX joint_payouts_undispatched ON joint_payouts (changed_at, id)
  WHERE dispatched_seq < last_seq;

CREATE TABLE joint_payouts_tags (
  tag TEXT NOT NULL,
  listed_at INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (tag, listed_at, id)
) STRICT, WITHOUT ROWID;
