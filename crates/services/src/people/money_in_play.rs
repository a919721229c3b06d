//! Whether somebody's money is still on its way.

use domain::deal::LegState;
use domain::id::{DealId, UserId};
use storage::{Limit, PageRequest, Phase, Side};

use crate::Services;
use crate::failure::Failure;
use crate::paging::Pages;

/// Nobody has more deals than a hundred pages of a hundred; who has is looked at by hand.
const PAGES_MAX: usize = 100;

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

    /// Whether the person has a live deal, a leg of any deal that is neither paid nor left
    /// unclaimed, or an address that they may just be paying to.
    pub(crate) async fn has_money_in_play(&self, id: UserId) -> Result<bool, Failure> {
        if self.has_live_deal(id).await? {
            return Ok(true);
        }
        let deals = self.store.deals();
        let over = |page| deals.list_of_person(id, Side::Any, Some(Phase::Final), page);
        let mut pages = Pages::first();
        for _ in 0..PAGES_MAX {
            let Some(read) = pages.next(over).await? else {
                return Ok(false);
            };
            let mut legs = read.iter().flat_map(|deal| &deal.legs);
            if legs.any(|leg| is_on_its_way(leg.state)) {
                return Ok(true);
            }
            let bought = read.iter().filter(|deal| deal.buyer == id);
            for deal in bought {
                if self.may_be_paid_to(deal.id).await? {
                    return Ok(true);
                }
            }
        }
        Ok(true)
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
