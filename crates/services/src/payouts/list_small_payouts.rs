//! Payouts that are each too small to be sent, and what they come to together.

use std::collections::BTreeMap;

use domain::Asset;
use domain::deal::{Deal, LegState, Party};
use domain::id::UserId;
use domain::joint::{Candidate, Prospect};
use domain::policy::Action;
use storage::{Desk, JointPayoutSummary, Limit, PageRequest, StoreError};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::paging::Pages;

/// Nobody has unclaimed payouts in more deals than so many pages; the newest count.
const PAGES_MAX: usize = 10;
/// Joint payouts that are shown beside what could be claimed.
const SHOWN: u32 = 10;

/// Small payouts of one person in one asset, none of which can be sent alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallPayouts {
    /// The asset.
    pub asset: Asset,
    /// How many they are.
    pub count: usize,
    /// What claiming them together would come to.
    pub prospect: Prospect,
    /// Whether some others in this asset are on their way already: these wait until then.
    pub is_under_way: bool,
}

/// A person's small payouts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSmallPayouts {
    /// What is unclaimed, by asset.
    pub unclaimed: Vec<SmallPayouts>,
    /// What was claimed together, newest first.
    pub joint: Vec<JointPayoutSummary>,
}

impl Services {
    /// The caller's payouts that are too small to be sent alone, and those they claimed together.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_small_payouts(&self, actor: &Actor) -> Result<OwnSmallPayouts, Failure> {
        let person = actor.person_who_may(Action::ReadOwnPayments)?;
        let newest = PageRequest::first(Limit::new(SHOWN));
        let joints = self.store.joint_payouts();
        let joint = joints.list_of_payee(person.id, newest).await?.items;
        let mut by_asset: BTreeMap<_, (Asset, Vec<Candidate>)> = BTreeMap::new();
        for (asset, leg) in self.small_legs(person.id).await? {
            let key = (asset.network().code(), asset.token().code());
            let (_, legs) = by_asset.entry(key).or_insert((asset, Vec::new()));
            legs.push(leg);
        }
        let unclaimed = by_asset.into_values().map(|(asset, legs)| SmallPayouts {
            asset,
            count: legs.len(),
            prospect: Prospect::of(asset, legs),
            is_under_way: joint
                .iter()
                .any(|joint| joint.asset == asset && !joint.state.is_over()),
        });
        Ok(OwnSmallPayouts {
            unclaimed: unclaimed.collect(),
            joint,
        })
    }

    /// Every leg of a person that a joint payout could take over now.
    pub(super) async fn small_legs(
        &self,
        payee: UserId,
    ) -> Result<Vec<(Asset, Candidate)>, StoreError> {
        let mut legs = Vec::new();
        let (deals, desk) = (self.store.deals(), Desk::UnclaimedBy(payee));
        let mut pages = Pages::first();
        for _ in 0..PAGES_MAX {
            let Some(read) = pages.next(|page| deals.list_on_desk(desk, page)).await? else {
                break;
            };
            let over = read.iter().filter(|deal| deal.state.is_final());
            for deal in over.filter(|deal| !deal.is_on_hold) {
                let found = deals.find(deal.id).await?;
                legs.extend(found.iter().flat_map(|deal| small_legs_of(deal, payee)));
            }
        }
        Ok(legs)
    }
}

/// The legs of a deal that a joint payout could take over.
fn small_legs_of(deal: &Deal, payee: UserId) -> Vec<(Asset, Candidate)> {
    let asset = deal.terms.asset;
    let is_theirs = |party: Party| deal.person(party) == payee;
    let legs = deal.legs.iter().filter(|leg| {
        leg.state == LegState::Unclaimed && leg.gross < asset.min_payout() && is_theirs(leg.payee)
    });
    let candidate = |leg: &domain::deal::Leg| Candidate {
        deal: deal.id,
        leg: leg.id.clone(),
        sends: leg.sends,
        gross: leg.gross,
        network_fee: leg.network_fee,
    };
    legs.map(|leg| (asset, candidate(leg))).collect()
}
