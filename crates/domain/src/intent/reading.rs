//! Taking a reading of the address into the intent.

use super::transfer::{Sighted, Stray, Transfer};
use super::{Intent, RECORDED_MAX};
use crate::deal::DepositKey;
use crate::money::Units;
use crate::time::Timestamp;

/// All that a rail said about an address at one moment. What it leaves out it says nothing about:
/// a transfer is gone only when a reading says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// When the rail was asked.
    pub at: Timestamp,
    /// What it said.
    pub sightings: Vec<Sighting>,
}

/// What a reading says of one transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// What makes the transfer one and the same.
    pub key: DepositKey,
    /// The transaction.
    pub txid: String,
    /// Where it arrived.
    pub address: String,
    /// What arrived.
    pub arrived: Arrived,
    /// How far it counts.
    pub sighted: Sighted,
}

/// What a transfer brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrived {
    /// The intent's own asset, in its base units.
    Own(Units),
    /// Anything else, as the rail names and writes it.
    Other {
        /// What.
        crypto: String,
        /// How much.
        amount: String,
    },
}

/// What a reading changed, apart from the facts that the deal has to be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observation {
    /// Strays that were not known before: their sender and the operator are told.
    pub new_strays: Vec<DepositKey>,
    /// Transfers whose amount is not what it was: nothing is changed, the operator is told.
    pub contradicted: Vec<DepositKey>,
    /// Transfers to another address than the intent's: ignored, the operator is told.
    pub misplaced: Vec<DepositKey>,
    /// For the first time more arrived than is recorded: the operator is told.
    pub overflowed: bool,
}

impl Observation {
    /// Whether somebody has to be told something.
    pub fn is_quiet(&self) -> bool {
        *self == Self::default()
    }
}

impl Intent {
    /// Takes a reading into the state. The same reading again, or readings in another order,
    /// leave the same transfers in the same standing.
    pub fn observe(&mut self, reading: &Reading, now: Timestamp) -> Observation {
        let mut observation = Observation::default();
        let was_overflowed = self.overflowed;
        for sighting in &reading.sightings {
            self.take(sighting, reading.at, &mut observation);
        }
        self.sweep_dust();
        self.last_read_at = self.last_read_at.max(Some(reading.at));
        self.updated_at = now;
        observation.overflowed = self.overflowed && !was_overflowed;
        observation
    }

    fn take(&mut self, sighting: &Sighting, at: Timestamp, observation: &mut Observation) {
        let own_address = self.address.as_deref().is_some_and(|own| {
            // Hexadecimal addresses are one address in either case; base-58 ones are not.
            let hexadecimal = own.starts_with("0x");
            own == sighting.address || (hexadecimal && own.eq_ignore_ascii_case(&sighting.address))
        });
        if !own_address {
            observation.misplaced.push(sighting.key.clone());
            return;
        }
        match &sighting.arrived {
            Arrived::Own(units) => self.take_own(sighting, *units, at, observation),
            Arrived::Other { crypto, amount } => {
                self.take_stray(sighting, crypto, amount, at, observation);
            }
        }
    }

    fn take_own(
        &mut self,
        sighting: &Sighting,
        units: Units,
        at: Timestamp,
        observation: &mut Observation,
    ) {
        if units.is_zero() {
            return;
        }
        match self
            .arrived
            .binary_search_by(|known| known.key.cmp(&sighting.key))
        {
            Ok(index) => {
                let Some(known) = self.arrived.get_mut(index) else {
                    return;
                };
                if known.units == units {
                    known.sight(sighting.sighted, at);
                } else {
                    observation.contradicted.push(sighting.key.clone());
                }
            }
            Err(_) if self.is_full_for(units) => self.overflowed = true,
            Err(index) => {
                let (key, txid) = (sighting.key.clone(), sighting.txid.clone());
                let mut transfer = Transfer::new(key, txid, units, at);
                transfer.sight(sighting.sighted, at);
                self.arrived.insert(index, transfer);
            }
        }
    }

    /// Dust has a room of its own: a flood of it never keeps a payment out.
    fn is_full_for(&self, units: Units) -> bool {
        let is_dust = self.is_dust(units);
        let alike = self.arrived.iter();
        let alike = alike.filter(|known| self.is_dust(known.units) == is_dust);
        alike.count() >= RECORDED_MAX
    }

    fn take_stray(
        &mut self,
        sighting: &Sighting,
        crypto: &str,
        amount: &str,
        at: Timestamp,
        observation: &mut Observation,
    ) {
        match self
            .strays
            .binary_search_by(|known| known.key.cmp(&sighting.key))
        {
            Ok(index) => {
                if let Some(known) = self.strays.get_mut(index) {
                    known.first_seen_at = known.first_seen_at.min(at);
                }
            }
            Err(_) if self.strays.len() >= RECORDED_MAX => self.overflowed = true,
            Err(index) => {
                self.strays.insert(
                    index,
                    Stray {
                        key: sighting.key.clone(),
                        txid: sighting.txid.clone(),
                        crypto: crypto.to_owned(),
                        amount: amount.to_owned(),
                        first_seen_at: at,
                    },
                );
                observation.new_strays.push(sighting.key.clone());
            }
        }
    }
}
