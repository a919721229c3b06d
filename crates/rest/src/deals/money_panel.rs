//! Where the money of a deal is, to the last unit.

use domain::deal::Deal;
use domain::ledger::Account;
use serde::Serialize;
use utoipa::ToSchema;

use crate::money::Money;

/// The accounts of a deal's ledger. `received + shortfall + covered` is what all the others sum to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MoneyPanel {
    /// Confirmed deposits.
    received: Money,
    /// What the chain took back after something was promised on it.
    shortfall: Money,
    /// What we made good of a loss.
    covered: Money,
    /// In escrow: serves the price.
    held: Money,
    /// Came after the outcome was fixed, or after the end.
    late: Money,
    /// Owed to a side, not paid yet.
    payable: Money,
    /// Paid to the seller.
    released: Money,
    /// Paid to the buyer.
    refunded: Money,
    /// The platform's fee.
    fees: Money,
    /// The flat fee of payouts that were made.
    network_fees: Money,
    /// More than the price; the buyer's.
    surplus: Money,
    /// Owed for ever, until somebody comes for it.
    unclaimed: Money,
    /// What is missing of the price.
    missing: Money,
    /// Seen on the chain, not confirmed.
    under_way: Money,
}

impl MoneyPanel {
    pub fn of(deal: &Deal) -> Self {
        let money = |units| Money::on_network(units, deal.terms.asset);
        let of = |account| money(deal.balance(account));
        Self {
            received: of(Account::Received),
            shortfall: of(Account::Shortfall),
            covered: of(Account::Covered),
            held: of(Account::Held),
            late: of(Account::Late),
            payable: of(Account::Payable),
            released: of(Account::Released),
            refunded: of(Account::Refunded),
            fees: of(Account::Fees),
            network_fees: of(Account::NetworkFees),
            surplus: of(Account::Surplus),
            unclaimed: of(Account::Unclaimed),
            missing: money(deal.missing()),
            under_way: money(deal.under_way()),
        }
    }
}
