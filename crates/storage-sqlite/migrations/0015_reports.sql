-- What people told staff about what others show.

CREATE TABLE reports (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  -- None is the system.
  reporter_id BLOB,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_open ON reports (created_at, id) WHERE is_open = 1;
CREATE INDEX reports_by_reporter ON reports (reporter_id, created_at, id);
