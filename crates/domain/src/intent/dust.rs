//! Dust: transfers below the asset's minimum deposit.
//!
//! Alone they are neither seen nor credited. Their sum is, all at once, when it reaches the minimum
//! or completes what is due. What then counts together is one deposit for the deal, so that a flood
//! of tiny transfers cannot swell the deal faster than one entry for each minimum deposit.

use serde::{Deserialize, Serialize};

use super::transfer::{Standing, Transfer};
use super::{Intent, RECORDED_MAX};
use crate::deal::DepositKey;
use crate::digest::Digest;
use crate::money::Units;

/// Dust that counts together. Its members never change; when the chain takes one back, the batch is
/// gone, and what is left of it waits for company again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DustBatch {
    /// Made from the keys of all members.
    pub key: DepositKey,
    /// The transfers, in the order of their keys.
    pub members: Vec<DepositKey>,
    /// Their sum, in base units.
    pub units: Units,
    /// A member was taken back: what is left of it waits for company again.
    pub(super) broken: bool,
}

impl Intent {
    pub(super) fn is_dust(&self, units: Units) -> bool {
        units < self.asset.min_deposit()
    }

    /// Confirmed dust in no batch.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Transfer> {
        self.arrived.iter().filter(|transfer| {
            self.is_dust(transfer.units)
                && transfer.standing() == Standing::Confirmed
                && !self.is_batched(&transfer.key)
        })
    }

    /// What is to be believed of the whole: it counts while every member does.
    pub(super) fn batch_standing(&self, batch: &DustBatch) -> Standing {
        let whole = if batch.broken {
            Standing::Gone
        } else {
            Standing::Confirmed
        };
        self.arrived
            .iter()
            .filter(|transfer| batch.members.contains(&transfer.key))
            .map(|transfer| match transfer.standing() {
                // One that is unconfirmed now was gone before: what counted it is no more.
                Standing::Unconfirmed => Standing::Gone,
                firm => firm,
            })
            .fold(whole, Standing::max)
    }

    /// Breaks batches that lost a member and makes a new one when what waits is enough.
    pub(super) fn sweep_dust(&mut self) {
        let broken: Vec<bool> = self
            .dust
            .iter()
            .map(|batch| self.batch_standing(batch) == Standing::Gone)
            .collect();
        for (batch, broken) in self.dust.iter_mut().zip(broken) {
            batch.broken = broken;
        }
        let waiting = self.waiting_dust();
        let missing = self.missing();
        let completes_due = !missing.is_zero() && waiting >= missing;
        if waiting.is_zero() || (self.is_dust(waiting) && !completes_due) {
            return;
        }
        let members: Vec<DepositKey> = self
            .waiting()
            .map(|transfer| transfer.key.clone())
            .collect();
        let key = batch_key(&members, self.address.as_deref().unwrap_or_default());
        let is_full = self.dust.len() >= RECORDED_MAX;
        match self.dust.iter_mut().find(|batch| batch.key == key) {
            // All members of a broken batch came back.
            Some(batch) => batch.broken = false,
            None if is_full => self.overflowed = true,
            None => self.dust.push(DustBatch {
                key,
                members,
                units: waiting,
                broken: false,
            }),
        }
    }

    fn is_batched(&self, key: &DepositKey) -> bool {
        self.dust
            .iter()
            .any(|batch| !batch.broken && batch.members.contains(key))
    }
}

fn batch_key(members: &[DepositKey], address: &str) -> DepositKey {
    DepositKey::from_gateway("dust", &Digest::of_value(&members).to_string(), address)
}
