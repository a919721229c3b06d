-- People with an account.

CREATE TABLE users (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  doc TEXT NOT NULL,
  email TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seller_status TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  is_seller INTEGER NOT NULL,
  is_support INTEGER NOT NULL,
  is_resolver INTEGER NOT NULL,
  is_admin INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE INDEX users_by_age ON users (created_at, id);
CREATE INDEX users_active ON users (created_at, id) WHERE is_active = 1;
CREATE INDEX users_by_seller_status ON users (seller_status, created_at, id);
CREATE INDEX users_sellers ON users (created_at, id) WHERE is_active = 1 AND is_seller = 1;
CREATE INDEX users_support ON users (created_at, id) WHERE is_active = 1 AND is_support = 1;
CREATE INDEX users_resolvers ON users (created_at, id) WHERE is_active = 1 AND is_resolver = 1;
CREATE INDEX users_admins ON users (created_at, id) WHERE is_active = 1 AND is_admin = 1;
