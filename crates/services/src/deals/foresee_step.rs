//! What a step would do, asked before anybody takes it.

use domain::Units;
use domain::deal::{self, Command, Context, Deal, Limits, Party, Rejection};

use super::{DealView, Relation};

impl DealView {
    /// The deal as it would be after this step of the viewer, from the function that decides it.
    /// Nothing is stored.
    ///
    /// # Errors
    /// The [`Rejection`] that the step would meet now.
    pub fn after(&self, step: Command) -> Result<Deal, Rejection> {
        let Relation::Party(party) = self.relation else {
            return Err(Rejection::NotYours);
        };
        let actor = deal::Actor::Person(self.deal.person(party));
        // Limits bind staff, not parties.
        let limits = Limits {
            payout_auto: Units::ZERO,
            payout_one_key: Units::ZERO,
            ruling_alone: Units::ZERO,
        };
        let context = Context {
            now: self.now,
            expected_version: Some(self.deal.version),
            address_read_at: None,
            limits: &limits,
        };
        self.deal
            .decide(actor, step, &context)
            .map(|change| change.deal)
    }

    /// The side the viewer is on; none for staff.
    pub const fn party(&self) -> Option<Party> {
        match self.relation {
            Relation::Party(party) => Some(party),
            Relation::Resolver | Relation::Approver | Relation::Admin => None,
        }
    }

    /// The name of the person on this side, as others see it.
    pub fn name(&self, party: Party) -> &str {
        match party {
            Party::Buyer => &self.buyer_name,
            Party::Seller => &self.seller_name,
        }
    }
}
