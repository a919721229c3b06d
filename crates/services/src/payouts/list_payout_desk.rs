//! Payouts that wait for an admin: to be approved, to be cleared, blocked.

use domain::User;
use domain::deal::{LegState, Limits, Party};
use domain::id::UserId;
use domain::policy::Action;
use storage::{DealSummary, Desk, LegSummary, Limit, Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// The piles on the desk of those who look after payouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayoutDesk {
    /// Above what the system approves by itself.
    ToApprove,
    /// The gateway's answer was unclear.
    Unclear,
    /// Approved, and not sent: a fault on our side, a hold, the veto time, a waiting address.
    Waiting,
    /// The address was refused: its payee has to give another.
    Blocked,
    /// No address is known yet: its payee has to give one.
    NeedsAddress,
    /// Nobody gave an address in time, or it is too small to send alone: kept for its payee.
    Unclaimed,
}

impl PayoutDesk {
    /// All there are, most pressing first.
    pub const ALL: [Self; 6] = [
        Self::ToApprove,
        Self::Unclear,
        Self::Waiting,
        Self::Blocked,
        Self::NeedsAddress,
        Self::Unclaimed,
    ];

    const fn state(self) -> LegState {
        match self {
            Self::ToApprove => LegState::Planned,
            Self::Unclear => LegState::Unknown,
            Self::Waiting => LegState::Approved,
            Self::Blocked => LegState::Blocked,
            Self::NeedsAddress => LegState::NeedsAddress,
            Self::Unclaimed => LegState::Unclaimed,
        }
    }
}

/// A payout on a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPayout {
    /// Its deal.
    pub deal: DealSummary,
    /// The payout.
    pub leg: LegSummary,
    /// Who is paid.
    pub payee: String,
    /// Above the sum that one admin approves alone.
    pub needs_two: bool,
}

/// Whether a planned payout is too large for the system to approve by itself.
pub(crate) fn needs_a_person(leg: &LegSummary, limits: &Limits) -> bool {
    leg.state == LegState::Planned && leg.net > limits.payout_auto
}

impl Services {
    /// The payouts on a desk, newest deal first. The limit of the page counts deals.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_payout_desk(
        &self,
        actor: &Actor,
        desk: PayoutDesk,
        page: PageRequest,
    ) -> Result<Page<DeskPayout>, Failure> {
        actor.person_who_may(Action::ReadMoney)?;
        let with_leg = Desk::WithLeg(desk.state());
        let found = self.store.deals().list_on_desk(with_leg, page).await?;
        let names = self.payees_of(&found.items).await?;
        let of_deal = |deal: &DealSummary| self.on_desk(desk, deal, &names);
        Ok(Page {
            items: found.items.iter().flat_map(of_deal).collect(),
            next: found.next,
        })
    }

    fn on_desk(&self, desk: PayoutDesk, deal: &DealSummary, names: &[User]) -> Vec<DeskPayout> {
        let limits = self.config.money.limits_of(deal.asset);
        let is_here = |leg: &&LegSummary| {
            leg.state == desk.state()
                && (desk != PayoutDesk::ToApprove || needs_a_person(leg, &limits))
        };
        let legs = deal.legs.iter().filter(is_here);
        legs.map(|leg| DeskPayout {
            payee: name_of(names, payee_of(deal, leg)),
            needs_two: leg.net > limits.payout_one_key,
            leg: leg.clone(),
            deal: deal.clone(),
        })
        .collect()
    }

    async fn payees_of(&self, deals: &[DealSummary]) -> Result<Vec<User>, Failure> {
        let mut people: Vec<UserId> = deals
            .iter()
            .flat_map(|deal| deal.legs.iter().map(|leg| payee_of(deal, leg)))
            .collect();
        people.sort_unstable();
        people.dedup();
        let mut found = Vec::new();
        for some in people.chunks(Limit::MAX.get()) {
            found.extend(self.store.users().find_many(some).await?);
        }
        Ok(found)
    }
}

fn payee_of(deal: &DealSummary, leg: &LegSummary) -> UserId {
    match leg.payee {
        Party::Buyer => deal.buyer,
        Party::Seller => deal.seller,
    }
}

pub(super) fn name_of(people: &[User], id: UserId) -> String {
    let found = people.iter().find(|user| user.id == id);
    found.map_or_else(String::new, User::display_name)
}
