//! What a deal has to be told, found by comparing what is believed here with what it counts.
//!
//! Nothing is remembered of what was told. Whatever was lost, repeated or overtaken on the way,
//! the next comparison finds what is missing.

use super::Intent;
use super::transfer::Standing;
use crate::deal::{Command, Deal, DepositKey, DepositState};
use crate::money::Units;

impl Intent {
    /// The facts that lead the deal towards what is believed here, what is lost first. This intent
    /// has been committed; the caller commits each fact to the deal. There are none when the deal
    /// counts what it should.
    pub fn facts(&self, deal: &Deal) -> Vec<Command> {
        let alone = self
            .arrived
            .iter()
            .filter(|transfer| !self.is_dust(transfer.units))
            .map(|transfer| (&transfer.key, transfer.units, transfer.standing()));
        let together = self
            .dust
            .iter()
            .map(|batch| (&batch.key, batch.units, self.batch_standing(batch)));
        let mut facts: Vec<Command> = alone
            .chain(together)
            .filter_map(|(key, units, standing)| self.fact(deal, key, units, standing))
            .collect();
        // So the dust of a batch that broke never counts twice, not even between two facts.
        facts.sort_by_key(|fact| !matches!(fact, Command::DepositReversed { .. }));
        facts
    }

    /// Confirmed transfers that the deal has no room for. They are the rescue desk's.
    pub fn unplaced<'a>(&'a self, deal: &'a Deal) -> impl Iterator<Item = &'a DepositKey> {
        let confirmed = self.arrived.iter().filter(|transfer| {
            transfer.standing() == Standing::Confirmed && !self.is_dust(transfer.units)
        });
        confirmed
            .map(|transfer| &transfer.key)
            .filter(|key| deal.deposit(key).is_none() && !deal.has_room_for(key))
    }

    fn fact(
        &self,
        deal: &Deal,
        key: &DepositKey,
        units: Units,
        standing: Standing,
    ) -> Option<Command> {
        use DepositState::{Credited, Dropped, Rescue, Reversed, Seen};
        let known = deal.deposit(key);
        let written_off = known.is_some_and(|deposit| deposit.written_off);
        let known = known.map(|deposit| deposit.state);
        let has_room = deal.has_room_for(key);
        let (key, intent) = (key.clone(), self.id);
        match (standing, known) {
            (Standing::Confirmed, Some(Credited | Rescue)) => None,
            // Too many to be one buyer's payment: left to the rescue desk, see `unplaced`.
            (Standing::Confirmed, None) if !has_room => None,
            (Standing::Confirmed, _) => Some(Command::DepositConfirmed { key, intent, units }),
            // It counted, left, and perhaps was seen anew: first the deal must hear that it left.
            (_, Some(Credited)) => Some(Command::DepositReversed { key }),
            (Standing::Unconfirmed, None | Some(Dropped | Reversed))
                if has_room && !written_off && deal.state.is_before_funding() =>
            {
                Some(Command::DepositSeen { key, intent, units })
            }
            (Standing::Gone, Some(Seen)) => Some(Command::DepositDropped { key }),
            _ => None,
        }
    }
}
