//! What works now, and when nobody was there.

use domain::policy::Action;
use domain::{Span, Timestamp};
use storage::{Gap, Limit, Page, PageRequest, Reconciliation, StoreError};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::jobs::GAP_MIN;

/// What is done every few seconds or minutes is late after this.
const LATE_AFTER: Span = GAP_MIN;

/// A part of the place that people depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is remembered.
    Store,
    /// The clocks of deals, and the jobs that go by them.
    Clocks,
    /// Whether what is owed is there.
    Money,
    /// The sending of payouts.
    Payouts,
    /// The payment gateway.
    Gateway,
    /// Letters.
    Mail,
    /// Work that failed for good and waits for a person.
    GivenUp,
}

/// How a part is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As it should.
    Well,
    /// Not as it should.
    Ailing,
    /// Nothing is known: there was nothing to ask.
    Unknown,
}

/// A part, how it is doing, and what moment tells more: of the last sign of it, or since when it
/// ails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartStatus {
    /// Which one.
    pub part: Part,
    /// How it is doing.
    pub health: Health,
    /// When it was last seen, or began to ail, as far as that is known.
    pub at: Option<Timestamp>,
}

/// How the place is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Each part.
    pub parts: Vec<PartStatus>,
    /// Until when this holds if nothing at all is written meanwhile; none when it may read
    /// otherwise at once.
    pub holds_until: Option<Timestamp>,
    /// Times in which no clock ran, newest first: each was added to the deadlines it hurt.
    pub gaps: Page<Gap>,
}

impl Status {
    /// Whether nothing ails.
    pub fn is_well(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.all(|part| part.health != Health::Ailing)
    }
}

impl Services {
    /// How every part is doing, and a page of outages. A store that does not answer is a failure:
    /// then nothing works.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn view_status(&self, actor: &Actor, gaps: PageRequest) -> Result<Status, Failure> {
        actor.may(Action::ReadPublic)?;
        let now = self.now();
        let beat = self.store.heartbeats().last().await?;
        let compared = self.last_comparison().await?;
        let parts = vec![
            status(Part::Store, Health::Well, Some(now)),
            self.clocks(beat),
            money(compared.as_ref()),
            self.payouts().await?,
            gateway(compared.as_ref(), now),
            self.mail().await?,
            self.given_up().await?,
        ];
        let late_at = beat.map(|beat| beat.plus(LATE_AFTER));
        Ok(Status {
            parts,
            holds_until: late_at.filter(|at| *at > now),
            gaps: self.store.heartbeats().list_gaps(gaps).await?,
        })
    }

    fn clocks(&self, beat: Option<Timestamp>) -> PartStatus {
        let health = match beat {
            None => Health::Unknown,
            Some(beat) if self.now().since(beat) > LATE_AFTER => Health::Ailing,
            Some(_) => Health::Well,
        };
        status(Part::Clocks, health, beat)
    }

    async fn payouts(&self) -> Result<PartStatus, StoreError> {
        let stop = self.store.payout_switch().find().await?;
        Ok(match stop {
            Some(stop) => status(Part::Payouts, Health::Ailing, Some(stop.at)),
            None => status(Part::Payouts, Health::Well, None),
        })
    }

    async fn mail(&self) -> Result<PartStatus, StoreError> {
        let now = self.now();
        let due = self.store.mails().list_due(now, Limit::new(1)).await?;
        let waits_since = due.first().map(|letter| letter.created_at);
        let late_since = waits_since.filter(|since| now.since(*since) > LATE_AFTER);
        Ok(match late_since {
            Some(since) => status(Part::Mail, Health::Ailing, Some(since)),
            None => status(Part::Mail, Health::Well, None),
        })
    }

    async fn given_up(&self) -> Result<PartStatus, StoreError> {
        let health = match self.store.dead_letters().count_open().await? {
            0 => Health::Well,
            _ => Health::Ailing,
        };
        Ok(status(Part::GivenUp, health, None))
    }
}

const fn status(part: Part, health: Health, at: Option<Timestamp>) -> PartStatus {
    PartStatus { part, health, at }
}

fn money(compared: Option<&Reconciliation>) -> PartStatus {
    let health = match compared {
        None => Health::Unknown,
        Some(compared) if compared.has_breach() => Health::Ailing,
        Some(_) => Health::Well,
    };
    status(Part::Money, health, compared.map(|compared| compared.at))
}

/// The gateway is asked for its holdings with each comparison. Where nothing is owed there is
/// nothing to ask.
fn gateway(compared: Option<&Reconciliation>, now: Timestamp) -> PartStatus {
    let health = match compared {
        None => Health::Unknown,
        Some(compared) if now.since(compared.at) > LATE_AFTER => Health::Unknown,
        Some(compared) if compared.lines.is_empty() => Health::Unknown,
        Some(compared) if compared.is_complete() => Health::Well,
        Some(_) => Health::Ailing,
    };
    status(Part::Gateway, health, compared.map(|compared| compared.at))
}
