//! Shipping, the code, delivery without a code, inspection, acceptance.

use super::{Decided, Draft};
use crate::deal::bounds::{
    EVIDENCE_NOTE_CHARS_MAX, LABEL_CHARS_MAX, STATEMENT_CHARS_MAX, require_short,
};
use crate::deal::code::{self, DeliveryCode};
use crate::deal::dispute::Evidence;
use crate::deal::event::{EventBody, SettledBy};
use crate::deal::rejection::Rejection;
use crate::deal::state::State;
use crate::deal::terms::{EvidenceItem, ProductKind};
use crate::deal::{CHANGES_MAX, EVIDENCE_PER_SIDE_MAX, Party};
use crate::digest::Digest;
use crate::id::FileId;
use crate::money::Units;
use crate::time::Timestamp;

impl Draft<'_> {
    pub(super) fn ship(&mut self, carrier: String, tracking: String) -> Decided {
        self.require(&[State::Funded])?;
        require_short(&carrier, LABEL_CHARS_MAX)?;
        require_short(&tracking, LABEL_CHARS_MAX)?;
        let is_carried = self.deal.terms.goods.kind == ProductKind::PhysicalProduct;
        if is_carried && carrier.trim().is_empty() {
            return Err(Rejection::CarrierMissing);
        }
        self.emit(EventBody::Shipped { carrier, tracking });
        Ok(())
    }

    pub(super) fn decline(&mut self) -> Decided {
        self.require(&[State::Funded])?;
        self.settle(SettledBy::Decline, self.deal.held())
    }

    pub(super) fn make_code(&mut self) -> Decided {
        self.require(&[State::InDelivery])?;
        let made = self.deal.code;
        if made.generation >= code::CODES_PER_DEAL || made.tries_in_deal >= code::TRIES_PER_DEAL {
            return Err(Rejection::CodesExhausted);
        }
        self.emit(EventBody::CodeMade {
            generation: made.generation.saturating_add(1),
        });
        Ok(())
    }

    /// A wrong code is an event too: it is counted, and the count must survive.
    pub(super) fn enter_code(&mut self, typed: &DeliveryCode, expected: &DeliveryCode) -> Decided {
        self.require(&[State::InDelivery])?;
        self.require_usable_code()?;
        if typed.matches(expected) {
            self.emit(EventBody::CodeVerified);
        } else {
            let tries = self.deal.code.tries.saturating_add(1);
            self.emit(EventBody::CodeRefused {
                locks: tries == code::TRIES_TO_LOCK,
            });
        }
        Ok(())
    }

    fn require_usable_code(&self) -> Decided {
        let state = self.deal.code;
        let now = self.context.now;
        if state.tries_in_deal >= code::TRIES_PER_DEAL {
            return Err(Rejection::CodesExhausted);
        }
        let expires_at = state.expires_at.ok_or(Rejection::NoCode)?;
        if state.tries >= code::TRIES_PER_CODE {
            return Err(Rejection::CodeUsedUp);
        }
        match state.locked_until {
            Some(until) if now < until => Err(Rejection::CodeLocked(until)),
            _ if now >= expires_at => Err(Rejection::CodeExpired),
            _ => Ok(()),
        }
    }

    pub(super) fn deliver_without_code(&mut self) -> Decided {
        self.require(&[State::InDelivery])?;
        let earliest = self.earliest_delivery_without_code();
        if self.context.now < earliest {
            return Err(Rejection::TooEarly(earliest));
        }
        let mut contract = self.deal.terms.evidence_contract.iter();
        if !contract.all(|item| self.deal.is_proved_by(*item)) {
            return Err(Rejection::EvidenceMissing);
        }
        self.emit(EventBody::DeliveredWithoutCode);
        Ok(())
    }

    fn earliest_delivery_without_code(&self) -> Timestamp {
        let since = self
            .deal
            .shipment
            .as_ref()
            .map_or(self.context.now, |shipment| shipment.since);
        since.plus(self.deal.terms.periods.min_transit)
    }

    pub(super) fn accept(&mut self) -> Decided {
        self.require(&[State::InDelivery, State::Inspection])?;
        self.settle(SettledBy::Acceptance, Units::ZERO)
    }

    pub(super) fn ask_for_changes(&mut self, note: String) -> Decided {
        self.require(&[State::Inspection])?;
        if self.deal.changes_asked >= CHANGES_MAX {
            return Err(Rejection::NoMoreChanges);
        }
        require_short(&note, STATEMENT_CHARS_MAX)?;
        self.emit(EventBody::ChangesAsked { note });
        Ok(())
    }

    /// Showing the page twice is no second event.
    pub(super) fn see_delivery(&mut self) -> Decided {
        self.require(&[State::Inspection])?;
        if self
            .deal
            .inspection
            .is_some_and(|inspection| !inspection.seen)
        {
            self.emit(EventBody::DeliverySeen);
        }
        Ok(())
    }

    /// Counts only where an inspection waits for it.
    pub(super) fn note_reminder(&mut self) {
        if self.deal.waits_for_reminder() {
            self.emit(EventBody::ReminderWritten);
        }
    }

    pub(super) fn add_evidence(
        &mut self,
        by: Party,
        file: FileId,
        sha256: Digest,
        item: Option<EvidenceItem>,
        note: String,
    ) -> Decided {
        if !self.deal.state.is_open() && self.deal.state != State::Disputed {
            return Err(Rejection::WrongState);
        }
        require_short(&note, EVIDENCE_NOTE_CHARS_MAX)?;
        let given = self.deal.evidence.iter();
        let mut given = given.filter(|evidence| evidence.by == by);
        let count = given.clone().count();
        if given.any(|evidence| evidence.file == file) {
            return Ok(());
        }
        if count >= EVIDENCE_PER_SIDE_MAX {
            return Err(Rejection::TooMuchEvidence);
        }
        let at = self.context.now;
        self.emit(EventBody::EvidenceAdded {
            evidence: Evidence {
                by,
                file,
                sha256,
                item,
                note,
                at,
            },
        });
        Ok(())
    }
}
