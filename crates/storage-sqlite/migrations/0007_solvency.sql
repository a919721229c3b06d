-- Failures of jobs, the switch that stops payouts, comparisons of what is owed and what is there.

CREATE TABLE retries (
  job TEXT NOT NULL,
  subject TEXT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (job, subject)
) STRICT;

CREATE TABLE payout_stop (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  stopped_at INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;

CREATE TABLE reconciliations (
  at INTEGER NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reconciliations_by_expiry ON reconciliations (expires_at);
