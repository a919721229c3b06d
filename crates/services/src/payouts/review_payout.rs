//! Everything an admin has to see before approving a payout.

use domain::deal::{
    self, Change, Command, Context, Deal, EventBody, Leg, LegId, LegResult, LegState, Rejection,
};
use domain::id::{DealId, UserId};
use domain::ledger::Account;
use domain::policy::Action;
use domain::user::PayoutStanding;
use domain::{Timestamp, Units, User};
use storage::StoreError;

use super::list_payout_desk::name_of;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Where the address of a payout comes from: the older, the safer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressOrigin {
    /// One of the payee's own, confirmed by mailed code.
    Confirmed {
        /// When it was confirmed.
        at: Timestamp,
        /// When it may be paid to.
        active_from: Timestamp,
    },
    /// Fixed with the terms; the payee does not use it any more.
    Terms {
        /// When the terms were agreed.
        at: Timestamp,
    },
    /// Given in this deal alone.
    Given {
        /// When.
        at: Timestamp,
    },
}

/// An admin who has approved already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsement {
    /// What they are called.
    pub name: String,
    /// Whether it is the caller.
    pub is_own: bool,
}

/// One account of the deal, before and after the payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerLine {
    /// The account.
    pub account: Account,
    /// What stands there now.
    pub before: Units,
    /// What would stand there once the payout is paid.
    pub after: Units,
}

/// A payout as an admin sees it before approving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutReview {
    /// The deal.
    pub deal: Deal,
    /// The payout.
    pub leg: Leg,
    /// Who is paid.
    pub payee: String,
    /// Where the address comes from; none while there is no address.
    pub origin: Option<AddressOrigin>,
    /// Whether the address may be paid to now.
    pub standing: PayoutStanding,
    /// Above the sum that one admin approves alone.
    pub needs_two: bool,
    /// Who has approved already.
    pub endorsed_by: Vec<Endorsement>,
    /// What approving would do, or why it is refused.
    pub approval: Result<LegState, Rejection>,
    /// The accounts that the payout changes, once it is paid.
    pub ledger: Vec<LedgerLine>,
    /// What the gateway's wallet holds; none when it cannot be asked.
    pub wallet: Option<Units>,
    /// The moment all this is of.
    pub now: Timestamp,
}

/// Why a payout is not shown.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReviewPayoutError {
    /// There is none.
    #[error("there is no such payout")]
    NotFound,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<StoreError> for ReviewPayoutError {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl Services {
    /// A payout with its address, its ledger and what approving it would do. Nothing is changed.
    ///
    /// # Errors
    /// [`ReviewPayoutError`].
    pub async fn review_payout(
        &self,
        actor: &Actor,
        deal: DealId,
        leg: &LegId,
    ) -> Result<PayoutReview, ReviewPayoutError> {
        let person = actor.person_who_may(Action::ApprovePayout);
        let person = person.map_err(Failure::from)?;
        let found = self.store.deals().find(deal).await?;
        let deal = found.ok_or(ReviewPayoutError::NotFound)?;
        let leg = deal.leg(leg).cloned().ok_or(ReviewPayoutError::NotFound)?;
        let payee_id = deal.person(leg.payee);
        let mut ids = leg.approvals.clone();
        ids.push(payee_id);
        let people = self.store.users().find_many(&ids).await?;
        let payee = people.iter().find(|user| user.id == payee_id);
        let limits = self.config.money.limits_of(deal.terms.asset);
        let endorsed = leg.approvals.iter().map(|user| Endorsement {
            name: name_of(&people, *user),
            is_own: *user == person.id,
        });
        Ok(PayoutReview {
            payee: name_of(&people, payee_id),
            origin: origin(&deal, &leg, payee),
            standing: self.payee_standing(&deal, &leg).await?,
            needs_two: leg.net() > limits.payout_one_key,
            endorsed_by: endorsed.collect(),
            approval: self
                .approved_by(&deal, &leg, person.id)
                .map(|leg| leg.state),
            ledger: ledger_lines(&deal, &self.paid(&deal, &leg)),
            wallet: self.gateway.balance(deal.terms.asset).await.ok(),
            now: self.now(),
            leg,
            deal,
        })
    }

    /// The leg as this admin's approval would leave it.
    fn approved_by(&self, deal: &Deal, leg: &Leg, admin: UserId) -> Result<Leg, Rejection> {
        let approve = Command::ApproveLeg {
            leg: leg.id.clone(),
        };
        let change = self.after(deal, deal::Actor::Admin(admin), approve)?;
        let approved = change.deal.leg(&leg.id).cloned();
        Ok(approved.unwrap_or_else(|| leg.clone()))
    }

    /// The deal as it would be once the leg is paid: by the machine itself, as far as it goes.
    fn paid(&self, deal: &Deal, leg: &Leg) -> Deal {
        use LegState as S;
        let can_be_sent = matches!(
            leg.state,
            S::Planned | S::Approved | S::Blocked | S::Sending | S::Unknown
        );
        if !can_be_sent || leg.destination.is_none() {
            return deal.clone();
        }
        let id = || leg.id.clone();
        let mut trial = deal.clone();
        if let Some(leg) = trial.legs.iter_mut().find(|trial| trial.id == leg.id) {
            // As if approved and sent, with all waiting behind it: the ledger depends on neither.
            leg.state = LegState::Sending;
            leg.sends = leg.sends.max(1);
        }
        let result = LegResult::Paid {
            tx: "trial".to_owned(),
        };
        let paid = Command::LegReported {
            leg: id(),
            sending: leg.sends.max(1),
            result,
        };
        match self.after(&trial, deal::Actor::System, paid) {
            Ok(change) => change.deal,
            Err(_) => deal.clone(),
        }
    }

    pub(super) fn after(
        &self,
        deal: &Deal,
        actor: deal::Actor,
        command: Command,
    ) -> Result<Change, Rejection> {
        let context = Context {
            now: self.now(),
            expected_version: None,
            address_read_at: None,
            limits: &self.config.money.limits_of(deal.terms.asset),
        };
        deal.decide(actor, command, &context)
    }
}

fn ledger_lines(before: &Deal, after: &Deal) -> Vec<LedgerLine> {
    let line = |account| LedgerLine {
        account,
        before: before.balance(account),
        after: after.balance(account),
    };
    let lines = Account::ALL.into_iter().map(line);
    lines.filter(|line| line.before != line.after).collect()
}

fn origin(deal: &Deal, leg: &Leg, payee: Option<&User>) -> Option<AddressOrigin> {
    let address = leg.destination.as_ref()?.as_str();
    let network = deal.terms.asset.network();
    let own = payee.into_iter().flat_map(User::listed);
    let confirmed = own
        .filter(|known| known.network == network && known.is_same(address))
        .find_map(|known| known.confirmed_at.zip(known.active_from));
    if let Some((at, active_from)) = confirmed {
        return Some(AddressOrigin::Confirmed { at, active_from });
    }
    let given = deal.events.iter().rev().find(|event| match &event.body {
        EventBody::RefundAddressSet { destination } => destination.as_str() == address,
        EventBody::LegAddressGiven {
            leg: id,
            destination,
        }
        | EventBody::LegClaimed {
            leg: id,
            destination,
        } => *id == leg.id && destination.as_str() == address,
        _ => false,
    });
    Some(match given {
        Some(event) => AddressOrigin::Given { at: event.at },
        None => AddressOrigin::Terms {
            at: deal.created_at,
        },
    })
}
