//! Reading what arrived at an address, and telling the deal.
//!
//! The order makes it safe to die anywhere: the reading is committed to the intent, each deposit is
//! claimed, the deal commits the fact, the claim is marked. What the deal has yet to be told follows
//! from comparing the two, so whatever was cut off is done by the next reading, and nothing twice.

use domain::deal::{Command, Deal, DepositKey, DepositState};
use domain::id::IntentId;
use domain::intent::{Arrived, Intent, Reading, Sighted, Sighting};
use domain::{Timestamp, Units};
use storage::{CommitError, DepositClaim, DepositClaimState};

use crate::Services;
use crate::deals::{DealError, Order};
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::ports::gateway::{ExternalId, GatewayError, ObservedTransfer, Received, Watched};

/// Rounds of facts that one reading can lead to: seen, gone, seen again, confirmed.
const ROUNDS_MAX: u32 = 8;

/// Why an address was not read to the end. Reading it again later goes on from there.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReadAddressError {
    /// The gateway has no answer.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The deal could not be told.
    #[error(transparent)]
    Deal(#[from] DealError),
}

impl From<storage::StoreError> for ReadAddressError {
    fn from(error: storage::StoreError) -> Self {
        Self::Deal(error.into())
    }
}

impl Services {
    /// Asks the gateway what arrived for an intent and tells its deal. Says when that was true;
    /// none while the intent has no address yet.
    ///
    /// # Errors
    /// [`ReadAddressError`].
    pub(crate) async fn read_address(
        &self,
        id: IntentId,
    ) -> Result<Option<Timestamp>, ReadAddressError> {
        let Some(intent) = self.store.intents().find(id).await? else {
            return Ok(None);
        };
        let Some(address) = intent.address.clone() else {
            return Ok(None);
        };
        let watched = Watched {
            external_id: ExternalId::of_intent(id),
            asset: intent.asset,
            address,
        };
        // Asked before: what arrives while the gateway answers belongs to the next reading.
        let at = self.clock.now();
        let observed = self.gateway.observed_transfers(&watched).await?;
        let sightings = observed
            .iter()
            .map(|seen| sighting(&intent, seen))
            .collect();
        let reading = Reading { at, sightings };
        let intent = self
            .change_intent(id, |intent, now| {
                let told = intent.observe(&reading, now);
                if !told.is_quiet() {
                    tracing::warn!(intent = %intent.id, ?told, "an address needs the operator");
                }
            })
            .await?;
        self.tell_deal(&intent).await?;
        Ok(Some(at))
    }

    /// Tells the deal every fact of an intent that it does not know, claims first.
    async fn tell_deal(&self, intent: &Intent) -> Result<(), ReadAddressError> {
        for _ in 0..ROUNDS_MAX {
            let deal = self.store.deals().find(intent.deal).await?;
            let deal = deal.ok_or(DealError::NotFound)?;
            let facts = intent.facts(&deal);
            if facts.is_empty() {
                let unplaced = intent.unplaced(&deal).count();
                if unplaced > 0 {
                    tracing::warn!(intent = %intent.id, unplaced, "transfers await the rescue desk");
                }
                return Ok(());
            }
            for fact in facts {
                self.tell_fact(intent, fact).await?;
            }
        }
        tracing::error!(intent = %intent.id, "an intent does not run out of facts");
        Ok(())
    }

    async fn tell_fact(&self, intent: &Intent, fact: Command) -> Result<(), ReadAddressError> {
        if let Command::DepositConfirmed { key, units, .. } = &fact {
            self.claim(intent, key, *units).await?;
        }
        let receipt = self
            .carry_out(Order::by_system(intent.deal), |_: &Deal| Ok(fact.clone()))
            .await?;
        let counts = |key: &DepositKey| {
            let deposit = receipt.deal.deposit(key);
            deposit.is_some_and(|known| known.state == DepositState::Credited)
        };
        let moved = match &fact {
            // What went to the rescue desk stays claimed, and no more.
            Command::DepositConfirmed { key, .. } if counts(key) => {
                Some((key, DepositClaimState::Credited))
            }
            // A deposit that was never credited has no claim to move.
            Command::DepositReversed { key } => Some((key, DepositClaimState::Reversed)),
            _ => None,
        };
        if let Some((key, next)) = moved {
            let at = self.clock.now();
            self.store
                .deposit_claims()
                .advance(key.as_str(), next, at)
                .await?;
        }
        Ok(())
    }

    async fn claim(
        &self,
        intent: &Intent,
        key: &DepositKey,
        units: Units,
    ) -> Result<(), ReadAddressError> {
        let now = self.clock.now();
        let claim = DepositClaim {
            key: key.as_str().to_owned(),
            intent: intent.id,
            deal: intent.deal,
            units,
            state: DepositClaimState::Claimed,
            claimed_at: now,
            updated_at: now,
        };
        self.store.deposit_claims().claim(&claim).await?;
        Ok(())
    }

    /// Lets the intents of a deal go with it: closed when it is over, open again with it.
    pub(crate) async fn tell_intents(&self, deal: &Deal) -> Result<(), DealError> {
        for known in self.store.intents().list_of_deal(deal.id).await? {
            if !known.clone().follow(deal, self.clock.now()) {
                continue;
            }
            let followed = self.change_intent(known.id, |intent, now| {
                intent.follow(deal, now);
            });
            followed.await?;
        }
        Ok(())
    }

    /// Loads an intent, changes it and commits; again when somebody else was faster.
    async fn change_intent(
        &self,
        id: IntentId,
        change: impl Fn(&mut Intent, Timestamp) + Send + Sync,
    ) -> Result<Intent, DealError> {
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let known = self.store.intents().find(id).await?;
            let mut intent = known.ok_or(DealError::NotFound)?;
            let expected = intent.version;
            change(&mut intent, self.clock.now());
            intent.version = expected.saturating_add(1);
            match self.store.intents().commit(&intent, expected).await {
                Ok(()) => return Ok(intent),
                Err(CommitError::Stale) => {}
                Err(CommitError::Conflict { field }) => {
                    unreachable!("an intent's {field} never changes")
                }
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Err(Failure::Contended.into())
    }
}

fn sighting(intent: &Intent, seen: &ObservedTransfer) -> Sighting {
    let arrived = match &seen.received {
        Received::Asset { asset, amount } if *asset == intent.asset => Arrived::Own(*amount),
        Received::Asset { asset, amount } => Arrived::Other {
            crypto: seen.crypto.clone(),
            amount: amount.to_plain(asset.decimals()),
        },
        Received::Other { amount } => Arrived::Other {
            crypto: seen.crypto.clone(),
            amount: amount.clone(),
        },
    };
    Sighting {
        key: DepositKey::from_gateway(&seen.crypto, &seen.txid, &seen.address),
        txid: seen.txid.clone(),
        address: seen.address.clone(),
        arrived,
        sighted: if seen.confirmed {
            Sighted::Confirmed
        } else {
            Sighted::Unconfirmed
        },
    }
}
