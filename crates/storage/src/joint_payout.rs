//! Small payouts that are sent together.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::deal::Destination;
use domain::id::{JointPayoutId, UserId};
use domain::joint::{Dissolution, JointPayout, JointState};
use domain::{Asset, Timestamp, Units};
use serde::{Deserialize, Serialize};

use crate::{
    Aggregate, Aggregates, Eventful, Listed, Lists, Outbox, Page, PageRequest, StoreError, Tag,
};

/// What a list shows of a joint payout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointPayoutSummary {
    /// Which one.
    pub id: JointPayoutId,
    /// Its version when the list was read.
    pub version: u64,
    /// Who is paid.
    pub payee: UserId,
    /// In what.
    pub asset: Asset,
    /// Where it goes.
    pub destination: Destination,
    /// What arrives, in base units.
    pub net: Units,
    /// How far it has come.
    pub state: JointState,
    /// Why it came to nothing.
    pub dissolved: Option<Dissolution>,
    /// Who has approved it.
    pub approvals: Vec<UserId>,
    /// Not before this.
    pub not_before: Option<Timestamp>,
    /// A failure on the operator's side: it is tried again.
    pub is_delayed: bool,
    /// The transaction that paid it.
    pub tx: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
}

impl Aggregate for JointPayout {
    type Id = JointPayoutId;
    const KIND: &'static str = "joint payout";

    fn id(&self) -> JointPayoutId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

impl Eventful for JointPayout {
    fn last_seq(&self) -> u64 {
        JointPayout::last_seq(self)
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }

    fn set_dispatched(&mut self, seq: u64) {
        self.dispatched_seq = seq;
    }
}

impl Listed for JointPayout {
    type Summary = JointPayoutSummary;

    fn summary(&self) -> JointPayoutSummary {
        JointPayoutSummary {
            id: self.id,
            version: self.version,
            payee: self.payee,
            asset: self.asset,
            destination: self.destination.clone(),
            net: self.net(),
            state: self.state,
            dissolved: self.dissolved,
            approvals: self.approvals.clone(),
            not_before: self.not_before,
            is_delayed: self.delayed,
            tx: self.tx.clone(),
            created_at: self.created_at,
        }
    }

    fn listed_at(&self) -> Timestamp {
        self.created_at
    }

    fn tags(&self) -> BTreeSet<Tag> {
        BTreeSet::from([in_state(self.state), of_payee(self.payee)])
    }
}

fn in_state(state: JointState) -> Tag {
    Tag::new("state", state.code())
}

fn of_payee(payee: UserId) -> Tag {
    Tag::new("payee", payee)
}

/// Small payouts that are sent together. A payee has one that is not over in each asset: a second
/// insert is a conflict in `open_key`.
#[async_trait]
pub trait JointPayouts: Aggregates<JointPayout> + Lists<JointPayout> + Outbox<JointPayout> {
    /// Those of a payee, newest first.
    async fn list_of_payee(
        &self,
        payee: UserId,
        page: PageRequest,
    ) -> Result<Page<JointPayoutSummary>, StoreError> {
        self.list_tagged(vec![of_payee(payee)], page).await
    }

    /// Those in a state, newest first.
    async fn list_in(
        &self,
        state: JointState,
        page: PageRequest,
    ) -> Result<Page<JointPayoutSummary>, StoreError> {
        self.list_tagged(vec![in_state(state)], page).await
    }
}
