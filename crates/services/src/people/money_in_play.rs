//! Whether somebody's money is still on its way.

use domain::deal::{LegState, Party};
use domain::id::{DealId, UserId};
use domain::policy::Action;
use domain::{Asset, Units};
use storage::{DealSummary, LegSummary, Limit, PageRequest, Phase, Side};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::paging::Pages;

/// Nobody has more deals than a hundred pages of a hundred; who has is looked at by hand.
const PAGES_MAX: usize = 100;

/// What keeps a person from leaving, and what they would leave behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingStanding {
    /// Deals in which their money is on its way, with what is bought.
    pub in_play: Vec<(DealId, String)>,
    /// What waits for them and keeps nobody: it can be claimed for ever, but not without an account.
    pub unclaimed: Vec<Unclaimed>,
    /// Whether all of their deals were looked at.
    pub is_certain: bool,
}

/// A payout that its payee never claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclaimed {
    /// Of which deal.
    pub deal: DealId,
    /// What was bought.
    pub title: String,
    /// In what.
    pub asset: Asset,
    /// How much, in base units.
    pub amount: Units,
}

impl Default for ClosingStanding {
    fn default() -> Self {
        Self {
            in_play: Vec::new(),
            unclaimed: Vec::new(),
            is_certain: true,
        }
    }
}

impl ClosingStanding {
    /// Whether the account stays open for it.
    pub const fn keeps_open(&self) -> bool {
        !self.in_play.is_empty() || !self.is_certain
    }
}

impl Services {
    /// Whether the person has a deal that is not over.
    pub(crate) async fn has_live_deal(&self, id: UserId) -> Result<bool, Failure> {
        let page = PageRequest::first(Limit::new(1));
        let deals = self.store.deals();
        let live = deals
            .list_of_person(id, Side::Any, Some(Phase::Live), page)
            .await?;
        Ok(!live.items.is_empty())
    }

    /// What keeps the person from leaving, and what they would leave behind.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn closing_standing(&self, actor: &Actor) -> Result<ClosingStanding, Failure> {
        let person = actor.person_who_may(Action::CloseAccount)?;
        self.money_of(person.id).await
    }

    /// The deals in which money of the person is on its way: live ones, those with a leg that is
    /// neither paid nor left unclaimed, and those with an address that they may just be paying to;
    /// and what waits unclaimed.
    pub(crate) async fn money_of(&self, id: UserId) -> Result<ClosingStanding, Failure> {
        let deals = self.store.deals();
        let mut standing = ClosingStanding::default();
        for phase in [Phase::Live, Phase::Final] {
            let list = |page| deals.list_of_person(id, Side::Any, Some(phase), page);
            let mut pages = Pages::first();
            let mut read_pages = 0;
            while let Some(read) = pages.next(list).await? {
                for deal in read {
                    self.note_money(id, phase, deal, &mut standing).await?;
                }
                read_pages += 1;
                if read_pages == PAGES_MAX {
                    standing.is_certain = false;
                    return Ok(standing);
                }
            }
        }
        Ok(standing)
    }

    async fn note_money(
        &self,
        id: UserId,
        phase: Phase,
        deal: DealSummary,
        standing: &mut ClosingStanding,
    ) -> Result<(), Failure> {
        let is_live = phase == Phase::Live;
        let moves = deal.legs.iter().any(|leg| is_on_its_way(leg.state));
        let is_in_play =
            is_live || moves || (deal.buyer == id && self.may_be_paid_to(deal.id).await?);
        let own = |leg: &&LegSummary| match leg.payee {
            Party::Buyer => deal.buyer == id,
            Party::Seller => deal.seller == id,
        };
        let unclaimed = deal.legs.iter().filter(own);
        let unclaimed = unclaimed.filter(|leg| leg.state == LegState::Unclaimed);
        standing.unclaimed.extend(unclaimed.map(|leg| Unclaimed {
            deal: deal.id,
            title: deal.title.clone(),
            asset: deal.asset,
            amount: leg.net,
        }));
        if is_in_play {
            standing.in_play.push((deal.id, deal.title));
        }
        Ok(())
    }

    /// Whether a transfer to one of a deal's addresses may be on its way.
    async fn may_be_paid_to(&self, deal: DealId) -> Result<bool, Failure> {
        let intents = self.store.intents().list_of_deal(deal).await?;
        let now = self.now();
        Ok(intents.iter().any(|intent| intent.is_in_play(now)))
    }
}

const fn is_on_its_way(state: LegState) -> bool {
    match state {
        LegState::Planned
        | LegState::Approved
        | LegState::Sending
        | LegState::Unknown
        | LegState::Joined
        | LegState::Blocked
        | LegState::NeedsAddress => true,
        LegState::Paid | LegState::Unclaimed | LegState::Void => false,
    }
}
