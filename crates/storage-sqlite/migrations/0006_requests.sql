-- Requests with their offers, categories. Large documents come last.

CREATE TABLE requests (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  listed_at INTEGER NOT NULL,
  tags TEXT NOT NULL,
  next_at INTEGER,
  changed_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  -- Drafts of guests are forgotten.
  expires_at INTEGER,
  dispatched_seq INTEGER NOT NULL DEFAULT 0,
  summary TEXT NOT NULL,
  -- What the lists of sellers show of the offers.
  offers TEXT NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX requests_due ON requests (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX requests_by_expiry ON requests (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX requests_undispatched ON requests (changed_at, id) WHERE dispatched_seq < last_seq;

CREATE TABLE requests_tags (
  tag TEXT NOT NULL,
  listed_at INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (tag, listed_at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE categories (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  slug TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX categories_by_slug ON categories (slug);
