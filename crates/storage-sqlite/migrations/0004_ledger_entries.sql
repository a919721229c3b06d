-- Ledger entries of all deals in one list; follows the ledgers in the deals.

CREATE TABLE ledger_entries (
  id BLOB NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  deal_id BLOB NOT NULL,
  asset TEXT NOT NULL,
  account TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_entries_by_age ON ledger_entries (at, id);
CREATE INDEX ledger_entries_by_deal ON ledger_entries (deal_id, at, id);
CREATE INDEX ledger_entries_by_account ON ledger_entries (asset, account, at, id);
