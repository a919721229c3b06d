-- Payment intents. A column that may be null is unique among those that are not.

CREATE TABLE intents (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  deal BLOB NOT NULL,
  address TEXT,
  created_at INTEGER NOT NULL,
  read_at INTEGER
) STRICT;
CREATE UNIQUE INDEX intents_by_address ON intents (address);
CREATE INDEX intents_of_deal ON intents (deal, created_at, id);
CREATE INDEX intents_to_read ON intents (read_at, id) WHERE read_at IS NOT NULL;
