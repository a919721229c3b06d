//! The rules of Amn: money, deal machine, ledger, disputes. Pure.
