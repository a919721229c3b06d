-- Whose a payout's transaction is. What was claimed before without an owner stays nobody's own.

CREATE TABLE payout_txs (
  tx TEXT NOT NULL PRIMARY KEY,
  external_id TEXT NOT NULL
) STRICT;

INSERT INTO payout_txs (tx, external_id)
  SELECT event, '' FROM inbox WHERE consumer = 'payout-tx';
DELETE FROM inbox WHERE consumer = 'payout-tx';
