-- Sessions, codes, notifications, mail, claims, jobs: what needs no aggregate of the domain.

CREATE TABLE liveness (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  beats INTEGER NOT NULL
) STRICT;
INSERT INTO liveness (id, beats) VALUES (1, 0);

CREATE TABLE sessions (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  user_id BLOB NOT NULL,
  secret_hash BLOB,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  is_revoked INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sessions_by_secret ON sessions (secret_hash) WHERE secret_hash IS NOT NULL;
CREATE INDEX sessions_by_user ON sessions (user_id, created_at, id) WHERE is_revoked = 0;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE sign_ups (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_ups_by_expiry ON sign_ups (expires_at);

CREATE TABLE one_time_codes (
  user_id BLOB NOT NULL,
  purpose TEXT NOT NULL,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  code_hash BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, purpose)
) STRICT;
CREATE INDEX one_time_codes_by_expiry ON one_time_codes (expires_at);

CREATE TABLE notifications (
  id BLOB NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  user_id BLOB NOT NULL,
  event_key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  is_unread INTEGER NOT NULL,
  -- A removed one stays until it expires, so that its event is not told again.
  is_removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX notifications_by_event ON notifications (user_id, event_key);
CREATE INDEX notifications_by_user ON notifications (user_id, created_at, id)
  WHERE is_removed = 0;
CREATE INDEX notifications_unread ON notifications (user_id, created_at, id, expires_at)
  WHERE is_removed = 0 AND is_unread = 1;
CREATE INDEX notifications_by_expiry ON notifications (expires_at);

CREATE TABLE mails (
  id BLOB NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  mailbox TEXT NOT NULL,
  state TEXT NOT NULL,
  send_after INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mails_queued ON mails (send_after, id) WHERE state = 'queued';
CREATE INDEX mails_by_age ON mails (created_at, id);
CREATE INDEX mails_by_mailbox ON mails (mailbox, created_at, id);
CREATE INDEX mails_by_expiry ON mails (expires_at);

CREATE TABLE audit (
  seq INTEGER NOT NULL PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  doc TEXT NOT NULL,
  actor_id BLOB,
  subject TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_actor ON audit (actor_id, seq);
CREATE INDEX audit_by_subject ON audit (subject, seq);

CREATE TABLE deposit_claims (
  key TEXT NOT NULL PRIMARY KEY,
  -- Derived from the key; only there to page by.
  id BLOB NOT NULL UNIQUE,
  doc TEXT NOT NULL,
  intent_id BLOB NOT NULL,
  state TEXT NOT NULL,
  claimed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX deposit_claims_uncredited ON deposit_claims (claimed_at, id)
  WHERE state = 'claimed';
CREATE INDEX deposit_claims_by_intent ON deposit_claims (intent_id, claimed_at, id);

CREATE TABLE leases (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  token INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE heartbeat (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE gaps (
  began_at INTEGER NOT NULL PRIMARY KEY,
  ended_at INTEGER NOT NULL,
  applied_at INTEGER
) STRICT;
CREATE INDEX gaps_unapplied ON gaps (began_at) WHERE applied_at IS NULL;

CREATE TABLE dead_letters (
  id BLOB NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  first_at INTEGER NOT NULL
) STRICT;
CREATE INDEX dead_letters_by_age ON dead_letters (is_open, first_at, id);

CREATE TABLE windows (
  key TEXT NOT NULL PRIMARY KEY,
  count INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX windows_by_expiry ON windows (expires_at);

CREATE TABLE inbox (
  consumer TEXT NOT NULL,
  event TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (consumer, event)
) STRICT;
CREATE INDEX inbox_by_expiry ON inbox (expires_at);

CREATE TABLE files (
  id BLOB NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  owner_id BLOB NOT NULL,
  size INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  attached_to TEXT
) STRICT;
CREATE INDEX files_by_owner ON files (owner_id, created_at, size);
CREATE INDEX files_unattached ON files (created_at, id) WHERE attached_to IS NULL;
