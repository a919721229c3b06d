//! The payment intent: one address on one rail for one deal, what is due there and what arrived.
//!
//! An address belongs to its intent for ever and is watched for ever, also after the deal ended
//! without it: money that comes late is found and told to the deal like any other.
//!
//! The way from the gateway to the deal has two steps, each of which may be repeated after a crash.
//! [`Intent::observe`] takes a reading of the address into the state, which is committed.
//! [`Intent::facts`] compares it with the deal and says what the deal has to be told.

mod dust;
mod facts;
mod reading;
mod transfer;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::asset::Asset;
use crate::deal::Deal;
use crate::id::{DealId, IntentId};
use crate::money::Units;
use crate::time::{Span, Timestamp};

pub use dust::DustBatch;
pub use reading::{Arrived, Observation, Reading, Sighting};
pub use transfer::{Sighted, Standing, Stray, Transfer};

/// The way money comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rail {
    /// Through the payment gateway, to an address that it watches.
    Shkeeper,
    /// From the payer's wallet, watched by our own scanner.
    Decentralized,
}

impl Rail {
    /// The word used in ids, stores and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shkeeper => "shkeeper",
            Self::Decentralized => "decentralized",
        }
    }
}

/// Whether the payer is shown the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum IntentState {
    /// The rail has not given an address yet: asked again until it does.
    Requested,
    /// The address may be paid to.
    Open,
    /// Nobody should pay here any more. The address stays watched.
    Closed {
        /// Since when.
        at: Timestamp,
    },
}

/// Why an intent refuses a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// It has an address, and it is another one.
    #[error("this intent has an address already")]
    AddressFixed,
    /// The text is no address on the asset's network.
    #[error("this is no address on the network of the intent")]
    NotAnAddress,
}

impl Rejection {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AddressFixed => "ADDRESS_FIXED",
            Self::NotAnAddress => "NOT_AN_ADDRESS",
        }
    }
}

/// One address, what is due there and what arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Derived from deal and rail, so that asking twice makes one.
    pub id: IntentId,
    /// Raised by every commit.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// The deal that is paid.
    pub deal: DealId,
    /// The way money comes in.
    pub rail: Rail,
    /// The only thing that counts here.
    pub asset: Asset,
    /// What is due, in base units of the asset.
    pub due: Units,
    /// How long the price is held.
    pub expires_at: Timestamp,
    /// Where to pay to, once the rail has said it.
    pub address: Option<String>,
    /// Whether the payer is shown the address.
    pub state: IntentState,
    /// Transfers of the intent's own asset, in the order of their keys.
    pub arrived: Vec<Transfer>,
    /// Sets of transfers, each below the minimum deposit, that count together.
    pub dust: Vec<DustBatch>,
    /// What else came to the address: cases for rescue.
    pub strays: Vec<Stray>,
    /// When the address was last read.
    pub last_read_at: Option<Timestamp>,
    /// More arrived than is recorded here: a case for the operator.
    pub overflowed: bool,
}

/// The most payments, the most dust and the most strays that one intent records, each counted by
/// itself. An address that gets more is being flooded.
pub const RECORDED_MAX: usize = 500;

impl Intent {
    /// The id of a deal's intent on a rail: the same again for the same two.
    pub fn id_for(deal: DealId, rail: Rail) -> IntentId {
        IntentId::derived(&[deal.as_uuid().as_bytes(), rail.code().as_bytes()])
    }

    /// Begins an intent that has no address yet. It is stored before the rail is asked for one.
    pub fn request(
        deal: DealId,
        rail: Rail,
        asset: Asset,
        due: Units,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Self {
        Self {
            id: Self::id_for(deal, rail),
            version: 0,
            created_at: now,
            updated_at: now,
            deal,
            rail,
            asset,
            due,
            expires_at,
            address: None,
            state: IntentState::Requested,
            arrived: Vec::new(),
            dust: Vec::new(),
            strays: Vec::new(),
            last_read_at: None,
            overflowed: false,
        }
    }

    /// Takes the address that the rail gave; the same one again changes nothing.
    ///
    /// # Errors
    /// [`Rejection`]: it has another address, or the text is none.
    pub fn give_address(&mut self, address: &str, now: Timestamp) -> Result<(), Rejection> {
        if !self.asset.network().has_shape_of_address(address) {
            return Err(Rejection::NotAnAddress);
        }
        match &self.address {
            Some(known) if known == address => return Ok(()),
            Some(_) => return Err(Rejection::AddressFixed),
            None => {}
        }
        self.address = Some(address.to_owned());
        if self.state == IntentState::Requested {
            self.state = IntentState::Open;
        }
        self.updated_at = now;
        Ok(())
    }

    /// Goes with its deal, and says whether that changed anything: closed while the deal is over,
    /// open again when the deal goes on, and the price held as long as the deal waits for payment.
    /// A closed intent shows its address to nobody; it stays watched, ever more rarely.
    pub fn follow(&mut self, deal: &Deal, now: Timestamp) -> bool {
        let before = (self.state, self.expires_at);
        let is_closed = matches!(self.state, IntentState::Closed { .. });
        match (deal.state.is_final(), is_closed) {
            (true, false) => self.state = IntentState::Closed { at: now },
            (false, true) if self.address.is_some() => self.state = IntentState::Open,
            (false, true) => self.state = IntentState::Requested,
            _ => {}
        }
        if let Some(until) = deal.paid_until() {
            self.expires_at = until;
        }
        let is_changed = before != (self.state, self.expires_at);
        if is_changed {
            self.updated_at = now;
        }
        is_changed
    }

    /// How long after a reading the address is to be read again. Callbacks come sooner; this finds
    /// what a lost callback would have told.
    pub fn next_reading_at(&self) -> Timestamp {
        let Some(last) = self.last_read_at else {
            return self.created_at;
        };
        let pause = match self.state {
            IntentState::Requested | IntentState::Open => Span::seconds(30),
            IntentState::Closed { at } => {
                let age = last.since(at);
                if age < Span::days(1) {
                    Span::minutes(5)
                } else if age < Span::days(30) {
                    Span::hours(1)
                } else {
                    Span::days(1)
                }
            }
        };
        last.plus(pause)
    }

    /// Whether its payer may just be paying: the price is still held for them, or something was
    /// seen and is not confirmed.
    pub fn is_in_play(&self, now: Timestamp) -> bool {
        (self.address.is_some() && now < self.expires_at) || !self.unconfirmed().is_zero()
    }

    /// What is confirmed and counts, in base units; dust that does not count yet is not in it.
    pub fn confirmed(&self) -> Units {
        self.total(Standing::Confirmed)
    }

    /// What was seen and is not confirmed, in base units, dust left out.
    pub fn unconfirmed(&self) -> Units {
        self.total(Standing::Unconfirmed)
    }

    /// Confirmed dust that does not count yet, in base units.
    pub fn waiting_dust(&self) -> Units {
        sum(self.waiting().map(|transfer| transfer.units))
    }

    /// What is missing until due is reached by what is confirmed and counts, in base units.
    pub fn missing(&self) -> Units {
        self.due.less(self.confirmed())
    }

    /// What a wallet opens with all fields filled, where the network has such links (EIP-681) and
    /// something is missing.
    pub fn wallet_link(&self) -> Option<String> {
        let address = self.address.as_deref()?;
        let chain = self.asset.network().chain_id()?;
        let contract = self.asset.contract();
        let due = Some(self.missing()).filter(|due| !due.is_zero())?;
        Some(format!(
            "ethereum:{contract}@{chain}/transfer?address={address}&uint256={due}"
        ))
    }

    fn total(&self, standing: Standing) -> Units {
        let alone = self
            .arrived
            .iter()
            .filter(|transfer| transfer.standing() == standing)
            .filter(|transfer| !self.is_dust(transfer.units))
            .map(|transfer| transfer.units);
        let together = self
            .dust
            .iter()
            .filter(|batch| self.batch_standing(batch) == standing)
            .map(|batch| batch.units);
        sum(alone.chain(together))
    }
}

/// The sum of amounts that one chain carries; it stays at the largest number there is.
fn sum(amounts: impl Iterator<Item = Units>) -> Units {
    amounts.fold(Units::ZERO, |total, units| {
        total.checked_add(units).unwrap_or(Units::new(u128::MAX))
    })
}
