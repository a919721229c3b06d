//! Divisions, waivers and extensions that both agree to; conceding.

use super::{Decided, Draft};
use crate::deal::Party;
use crate::deal::bounds::{EXTENSION, PROPOSALS_MAX};
use crate::deal::event::{EventBody, SettledBy};
use crate::deal::proposal::{Offer, Proposal};
use crate::deal::rejection::Rejection;
use crate::deal::state::State;
use crate::id::ProposalId;
use crate::money::Units;

impl Draft<'_> {
    pub(super) fn propose(&mut self, by: Party, offer: Offer) -> Decided {
        self.require_possible(offer)?;
        if self.deal.proposals_made >= PROPOSALS_MAX {
            return Err(Rejection::TooManyProposals);
        }
        let id = ProposalId::derived(&[
            self.deal.id.as_uuid().as_bytes(),
            &self.deal.proposals_made.to_be_bytes(),
        ]);
        let (made_in, at) = (self.deal.state, self.context.now);
        let proposal = Proposal {
            id,
            by,
            made_in,
            offer,
            at,
        };
        self.emit(EventBody::Proposed { proposal });
        Ok(())
    }

    fn require_possible(&self, offer: Offer) -> Decided {
        match offer {
            Offer::Split { buyer } => {
                // Money is held and nobody has ruled on it.
                let (funded, disputed) = (State::Funded, State::Disputed);
                self.require(&[funded, State::InDelivery, State::Inspection, disputed])?;
                self.deal
                    .division(buyer)
                    .map(|_| ())
                    .ok_or(Rejection::SplitTooLarge)
            }
            Offer::Waiver { arrived } => {
                self.require(&[State::Underpaid])?;
                if arrived != self.deal.held() {
                    return Err(Rejection::SumChanged);
                }
                let is_enough = self.deal.terms.leaves_enough(arrived);
                if is_enough {
                    Ok(())
                } else {
                    Err(Rejection::PriceTooLow)
                }
            }
            Offer::Extension { by } => {
                self.require(&[State::Funded, State::InDelivery])?;
                let (shortest, longest) = EXTENSION;
                if (shortest..=longest).contains(&by) {
                    Ok(())
                } else {
                    Err(Rejection::ExtensionOutOfRange)
                }
            }
        }
    }

    pub(super) fn accept_proposal(&mut self, party: Party, id: ProposalId) -> Decided {
        let proposal = self.live_proposal(id)?;
        if proposal.by == party {
            return Err(Rejection::OtherPartyOnly);
        }
        // A division is agreed to on the very deal that was shown.
        let was_shown = self.context.expected_version.is_some();
        if matches!(proposal.offer, Offer::Split { .. }) && !was_shown {
            return Err(Rejection::Stale);
        }
        self.require_possible(proposal.offer)?;
        self.emit(EventBody::ProposalAccepted { id });
        match proposal.offer {
            Offer::Split { buyer } => self.settle(SettledBy::Agreement, buyer),
            Offer::Waiver { arrived } => {
                self.emit(EventBody::ShortfallWaived { price: arrived });
                self.emit(EventBody::Funded);
                Ok(())
            }
            Offer::Extension { by } => {
                self.emit(EventBody::DeadlinesExtended { by });
                Ok(())
            }
        }
    }

    pub(super) fn withdraw_proposal(&mut self, party: Party, id: ProposalId) -> Decided {
        if self.live_proposal(id)?.by != party {
            return Err(Rejection::OtherPartyOnly);
        }
        self.emit(EventBody::ProposalWithdrawn { id });
        Ok(())
    }

    fn live_proposal(&self, id: ProposalId) -> Result<Proposal, Rejection> {
        let found = self
            .deal
            .proposals
            .iter()
            .find(|proposal| proposal.id == id);
        found.cloned().ok_or(Rejection::NoSuchProposal)
    }

    pub(super) fn concede(&mut self, party: Party) -> Decided {
        self.require(&[State::InDelivery, State::Inspection, State::Disputed])?;
        let to_buyer = match party {
            Party::Buyer => Units::ZERO,
            Party::Seller => self.deal.held(),
        };
        self.settle(SettledBy::Concession, to_buyer)
    }
}
