//! The one way in which anything changes a deal.

use std::borrow::Cow;

use domain::Timestamp;
use domain::command_log::{CommandLog, Seen};
use domain::deal::{self, Command, Context, Deal, Event};
use domain::digest::Digest;
use domain::id::{CommandKey, DealId, UserId};
use storage::CommitError;

use super::DealError;
use crate::Services;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};

/// A command on its way into a deal.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) deal: DealId,
    pub(crate) actor: deal::Actor,
    /// The version on which the person decided.
    pub(crate) expected_version: Option<u64>,
    /// Makes a repeated command harmless.
    pub(crate) key: Option<Keyed>,
    /// When the deal's payment address was last read.
    pub(crate) address_read_at: Option<Timestamp>,
}

/// A client's key, whose it is, and the digest of what it asked for.
#[derive(Debug, Clone)]
pub(crate) struct Keyed {
    pub(crate) user: UserId,
    pub(crate) key: CommandKey,
    pub(crate) body: Digest,
}

impl Order {
    /// A fact or a step of the system.
    pub(crate) const fn by_system(deal: DealId) -> Self {
        Self {
            deal,
            actor: deal::Actor::System,
            expected_version: None,
            key: None,
            address_read_at: None,
        }
    }
}

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The deal after it.
    pub deal: Deal,
    /// What happened; nothing when it had been done before.
    pub events: Vec<Event>,
    /// The number of the last event that it led to the first time, when it had been done before.
    pub(super) repeats: Option<u64>,
}

impl Receipt {
    const fn nothing(deal: Deal, repeats: Option<u64>) -> Self {
        let events = Vec::new();
        Self {
            deal,
            events,
            repeats,
        }
    }
}

impl Services {
    /// Loads a deal, lets it decide, and commits in one write; decides anew when somebody else
    /// was faster.
    ///
    /// Before anything is decided the deal is given back our own downtime that it was hurt by: what
    /// somebody comes to stop must not have happened while they could not. That is part of the same
    /// commit, and makes nobody's decision stale.
    ///
    /// `command` is asked anew each round, since it may depend on the deal.
    pub(crate) async fn carry_out(
        &self,
        order: Order,
        command: impl Fn(&Deal) -> Result<Command, DealError> + Send + Sync,
    ) -> Result<Receipt, DealError> {
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let found = self.store.deals().find(order.deal).await?;
            let found = found.ok_or(DealError::NotFound)?;
            if let Some(seq) = done_before(&found.commands, order.key.as_ref())? {
                return Ok(Receipt::nothing(found, Some(seq)));
            }
            let deal = self.with_downtime(&found).await?;
            let credited = deal.version.saturating_sub(found.version);
            let seen = order.expected_version;
            let context = Context {
                now: self.clock.now(),
                expected_version: seen.map(|version| version.saturating_add(credited)),
                address_read_at: order.address_read_at,
                limits: &self.config.money.limits_of(deal.terms.asset),
            };
            let command = command(&deal)?;
            let mut change = deal.decide(order.actor, command, &context)?;
            if change.deal.version == found.version {
                return Ok(Receipt::nothing(found, None));
            }
            if let Some(Keyed { user, key, body }) = order.key.clone() {
                let seq = change.deal.last_seq();
                change.deal.commands.record(user, key, body, seq);
            }
            match self.store.deals().commit(&change.deal, found.version).await {
                Ok(()) => {
                    self.commits.send_replace(());
                    return Ok(Receipt {
                        deal: change.deal,
                        events: change.events,
                        repeats: None,
                    });
                }
                Err(CommitError::Stale) => {}
                Err(CommitError::Conflict { field }) => {
                    unreachable!("a deal's {field} never changes")
                }
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Err(Failure::Contended.into())
    }

    /// A deal with all downtime of ours that it has yet to be given back. Nothing is stored.
    async fn with_downtime<'a>(&self, found: &'a Deal) -> Result<Cow<'a, Deal>, DealError> {
        let mut deal = Cow::Borrowed(found);
        for gap in self.owed_gaps(found.downtime_until).await? {
            let context = Context {
                now: self.clock.now(),
                expected_version: None,
                address_read_at: None,
                limits: &self.config.money.limits_of(deal.terms.asset),
            };
            let downtime = Command::Downtime {
                from: gap.from,
                until: gap.to,
            };
            let change = deal.decide(deal::Actor::System, downtime, &context)?;
            deal = Cow::Owned(change.deal);
        }
        Ok(deal)
    }
}

/// The number of the event that answered a command with this key, if it was carried out before.
pub(crate) fn done_before(
    commands: &CommandLog,
    key: Option<&Keyed>,
) -> Result<Option<u64>, DealError> {
    let Some(Keyed { user, key, body }) = key else {
        return Ok(None);
    };
    match commands.seen(*user, key, *body) {
        Seen::Fresh => Ok(None),
        Seen::Repeat(seq) => Ok(Some(seq)),
        Seen::Mismatch => Err(DealError::KeyReused),
    }
}
