//! What strangers see of one another before they trade.

use std::collections::BTreeMap;

use domain::id::UserId;
use domain::{Timestamp, User, UserStatus};
use storage::{Limit, Settled};

use crate::Services;
use crate::failure::Failure;

/// What a seller sees of a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerCard {
    /// Who.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// Since when they have an account.
    pub since: Timestamp,
    /// Deals that they finished, buying.
    pub deals: u64,
}

/// What a buyer sees of a seller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellerCard {
    /// Who.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// Since when they have an account.
    pub since: Timestamp,
    /// Deals that they finished, selling. One that nobody paid says nothing about its seller.
    pub deals: u64,
    /// Those among them without a dispute.
    pub without_dispute: u64,
    /// Whether they may go on selling.
    pub may_sell: bool,
}

impl SellerCard {
    /// Below so many finished deals a seller is new.
    pub const EXPERIENCED: u64 = 3;

    fn of(user: &User, settled: Settled) -> Self {
        Self {
            id: user.id,
            name: user.display_name(),
            since: user.created_at,
            deals: settled.deals,
            without_dispute: settled.without_dispute,
            may_sell: user.may_sell(),
        }
    }

    /// Too few finished deals to tell.
    pub const fn is_new(&self) -> bool {
        self.deals < Self::EXPERIENCED
    }

    /// The part of finished deals without a dispute, in per cent, rounded down.
    pub fn dispute_free_percent(&self) -> Option<u64> {
        self.without_dispute
            .saturating_mul(100)
            .checked_div(self.deals)
    }
}

impl Services {
    /// The cards of several buyers, for a page of a list.
    pub(crate) async fn buyer_cards(
        &self,
        ids: impl IntoIterator<Item = UserId>,
    ) -> Result<BTreeMap<UserId, BuyerCard>, Failure> {
        let people = self.people(ids).await?;
        let ids: Vec<UserId> = people.iter().map(|user| user.id).collect();
        let deals = self.store.deals().count_bought(&ids).await?;
        let card = |(user, deals): (&User, u64)| BuyerCard {
            id: user.id,
            name: user.display_name(),
            since: user.created_at,
            deals,
        };
        let cards = people.iter().zip(deals).map(card);
        Ok(cards.map(|card| (card.id, card)).collect())
    }

    /// The cards of several sellers, for a page of a list.
    pub(crate) async fn seller_cards(
        &self,
        ids: impl IntoIterator<Item = UserId>,
    ) -> Result<BTreeMap<UserId, SellerCard>, Failure> {
        let people = self.people(ids).await?;
        let ids: Vec<UserId> = people.iter().map(|user| user.id).collect();
        let settled = self.store.deals().count_settled(&ids).await?;
        let cards = people.iter().zip(settled);
        let cards = cards.map(|(user, settled)| (user.id, SellerCard::of(user, settled)));
        Ok(cards.collect())
    }

    pub(crate) async fn seller_card(&self, user: &User) -> Result<SellerCard, Failure> {
        let settled = self.store.deals().count_settled(&[user.id]).await?;
        let settled = settled.first().copied().unwrap_or_default();
        Ok(SellerCard::of(user, settled))
    }

    /// The accounts that exist among `ids`, each once; people who left are left out.
    async fn people(&self, ids: impl IntoIterator<Item = UserId>) -> Result<Vec<User>, Failure> {
        let mut unique: Vec<UserId> = ids.into_iter().collect();
        unique.sort_unstable();
        unique.dedup();
        let mut people = Vec::new();
        for some in unique.chunks(Limit::MAX.get()) {
            people.extend(self.store.users().find_many(some).await?);
        }
        people.retain(|user| user.status != UserStatus::Deleted);
        Ok(people)
    }
}
