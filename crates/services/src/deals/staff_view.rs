//! A deal as an admin has it before a step of theirs.

use domain::User;
use domain::deal::{self, Command, Context, Deal, LegId, Limits, Rejection, TwoKeyAction};
use domain::id::{DealId, UserId};
use domain::policy::Action;
use domain::{Timestamp, Units};

use super::{DealError, DealView};
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// A deal, and what a step of the admin who looks at it would do.
#[derive(Debug, Clone)]
pub struct StaffView {
    /// The deal, what the admin is to it, and what happens if nobody acts.
    pub view: DealView,
    /// The admin who looks at it.
    pub viewer: UserId,
    /// The operator's limits for this token.
    pub limits: Limits,
    /// What the admins are called who placed a hold or turned a key.
    pub admins: Vec<(UserId, String)>,
}

/// The first of two keys, as the admin sees it who may turn the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstKey {
    /// What it was turned for.
    pub action: TwoKeyAction,
    /// What whoever turned it is called.
    pub name: String,
    /// Whether it was the viewer.
    pub is_own: bool,
}

/// What settling a loss does to one payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutLeg {
    /// Which payout.
    pub leg: LegId,
    /// What it takes from the ledger now, in base units.
    pub before: Units,
    /// What it would take.
    pub after: Units,
}

impl Services {
    /// A deal for an admin, with whatever other admins have begun in it.
    ///
    /// # Errors
    /// [`DealError`]; whoever may not see the money of others is refused.
    pub async fn view_deal_as_admin(
        &self,
        actor: &Actor,
        id: DealId,
    ) -> Result<StaffView, DealError> {
        let person = actor.person_who_may(Action::ReadMoney);
        let viewer = person.map_err(Failure::from)?.id;
        let view = self.view_deal(actor, id).await?;
        let mut ids: Vec<UserId> = view.deal.keys.iter().map(|key| key.by).collect();
        ids.extend(view.deal.hold.as_ref().and_then(|hold| hold.by));
        let people = self.store.users().find_many(&ids).await?;
        let admins = people
            .iter()
            .map(|user| (user.id, User::display_name(user)));
        Ok(StaffView {
            viewer,
            limits: self.config.money.limits_of(view.deal.terms.asset),
            admins: admins.collect(),
            view,
        })
    }
}

impl StaffView {
    /// The deal as it would be after this step of the viewer, from the function that decides it.
    /// Nothing is stored.
    ///
    /// # Errors
    /// The [`Rejection`] that the step would meet now.
    pub fn after(&self, step: Command) -> Result<Deal, Rejection> {
        self.decide(&self.view.deal, self.viewer, step)
    }

    /// What an admin is called; empty for anybody else.
    pub fn admin_name(&self, id: UserId) -> &str {
        let found = self.admins.iter().find(|(admin, _)| *admin == id);
        found.map_or("", |(_, name)| name)
    }

    /// The first key of a kind, if somebody has turned it.
    pub fn first_key(&self, is: impl Fn(&TwoKeyAction) -> bool) -> Option<FirstKey> {
        let mut keys = self.view.deal.keys.iter();
        let key = keys.find(|key| is(&key.action))?;
        Some(FirstKey {
            action: key.action.clone(),
            name: self.admin_name(key.by).to_owned(),
            is_own: key.by == self.viewer,
        })
    }

    /// What settling the loss does to every payout once a second admin agrees: by the machine
    /// itself.
    ///
    /// # Errors
    /// The [`Rejection`] that it would meet.
    pub fn cuts(&self, cover: Units) -> Result<Vec<CutLeg>, Rejection> {
        let settle = || Command::SettleLoss { cover };
        let now = &self.view.deal;
        // Whoever turned a key already cannot be asked again: two people who are nobody can.
        let mut trial = now.clone();
        trial.keys.clear();
        let [first, second] = [b"first".as_slice(), b"second"].map(|name| UserId::derived(&[name]));
        let agreed = self.decide(&trial, first, settle())?;
        let settled = self.decide(&agreed, second, settle())?;
        let changed = now.legs.iter().filter_map(|leg| {
            let after = settled.leg(&leg.id)?.gross;
            (after != leg.gross).then(|| CutLeg {
                leg: leg.id.clone(),
                before: leg.gross,
                after,
            })
        });
        Ok(changed.collect())
    }

    fn decide(&self, deal: &Deal, admin: UserId, step: Command) -> Result<Deal, Rejection> {
        let context = Context {
            now: self.now(),
            expected_version: None,
            address_read_at: None,
            limits: &self.limits,
        };
        let change = deal.decide(deal::Actor::Admin(admin), step, &context);
        change.map(|change| change.deal)
    }

    const fn now(&self) -> Timestamp {
        self.view.now
    }
}
