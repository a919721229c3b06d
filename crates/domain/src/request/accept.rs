//! The buyer accepts, and the request follows what becomes of the deal.
//!
//! An accepted offer is stored with its terms and the id of its deal before the deal exists. The
//! deal is inserted from here, again after a crash: its id comes from the request and the number
//! of the attempt, so there is one.

use serde::{Deserialize, Serialize};

use super::event::Happened;
use super::offer::{FeeSchedule, LiveStatus, OfferEnd};
use super::rejection::Rejection;
use super::{ATTEMPTS_MAX, Request, Stage};
use crate::asset::Asset;
use crate::deal::{Deal, Destination, Outcome, SettledBy, State, Terms};
use crate::digest::Digest;
use crate::id::{DealId, OfferId, UserId};
use crate::time::Timestamp;

/// Where an attempt stands, as far as the request is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptStanding {
    /// The price is not, or no longer, reached.
    Unfunded,
    /// The price is held, or on its way out of a deal that was paid.
    Funded,
    /// Expired, cancelled or refunded before the price was reached: another attempt may follow.
    Lapsed,
    /// Over, after it had been paid.
    Closed,
}

impl AttemptStanding {
    /// The deal waits for its payment or runs.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Unfunded | Self::Funded)
    }
}

/// One accepted offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// The deal; [`Deal::id_of`] request and number.
    pub deal: DealId,
    /// The offer.
    pub offer: OfferId,
    /// The version of it that was accepted.
    pub offer_version: u32,
    /// What both agreed to.
    pub terms: Terms,
    /// When.
    pub accepted_at: Timestamp,
    /// Where it stands.
    pub standing: AttemptStanding,
    /// The deal's state, as last heard.
    pub deal_state: State,
    /// The deal's last state in which its clocks ran: what a frozen deal is shown as.
    pub shown_state: State,
    /// How the price was or is being divided.
    pub outcome: Option<Outcome>,
    /// The number of the deal's event that was last heard; older news changes nothing.
    pub deal_seq: u64,
}

/// What the buyer saw and says yes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptOffer {
    /// Which offer.
    pub offer: OfferId,
    /// The version that was shown.
    pub version: u32,
    /// What it is to be paid with.
    pub asset: Asset,
    /// The hash of the terms that were shown.
    pub terms_hash: Digest,
}

/// What became of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealNews {
    /// The number of the deal's last event.
    pub seq: u64,
    /// Its state.
    pub state: State,
    /// How the price was or is being divided.
    pub outcome: Option<Outcome>,
    /// What that means for the request.
    pub standing: AttemptStanding,
}

impl DealNews {
    /// What the request has to know of this deal.
    pub fn of(deal: &Deal) -> Self {
        let settlement = deal.settlement.as_ref();
        // Refunded because too little came: the request goes on as if nobody had paid.
        let for_want_of_money = settlement
            .is_some_and(|one| matches!(one.by, SettledBy::Withdrawal | SettledBy::NotPaidInFull));
        // A loss leaves what is over over: where it was before counts.
        let standing = match deal.underlying_state() {
            State::Expired | State::Cancelled => AttemptStanding::Lapsed,
            State::Refunded if for_want_of_money => AttemptStanding::Lapsed,
            State::Released | State::Refunded | State::Split => AttemptStanding::Closed,
            state if state.is_before_funding() || for_want_of_money => AttemptStanding::Unfunded,
            _ => AttemptStanding::Funded,
        };
        Self {
            seq: deal.last_seq(),
            state: deal.state,
            outcome: settlement.map(|settlement| settlement.outcome),
            standing,
        }
    }
}

impl Request {
    /// The buyer accepts an offer, exactly as it was shown. Until the deal is funded the other
    /// offers wait; so does this one, should the deal come to nothing.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn accept_offer(
        &mut self,
        by: UserId,
        accept: &AcceptOffer,
        fees: FeeSchedule,
        seller_address: Destination,
        now: Timestamp,
    ) -> Result<&Attempt, Rejection> {
        self.check_buyer(by)?;
        self.takes_answers()?;
        if self.attempts.len() >= ATTEMPTS_MAX {
            return Err(Rejection::TooManyAttempts);
        }
        let offer = self.offer(accept.offer).ok_or(Rejection::NoSuchOffer)?;
        if offer.version != accept.version {
            return Err(Rejection::OfferChanged);
        }
        if offer.edition != self.edition {
            return Err(Rejection::OfferOutdated);
        }
        if offer.is_over(now) {
            return Err(Rejection::OfferExpired);
        }
        let terms = self.terms_for(accept.offer, accept.asset, fees, seller_address)?;
        if terms.hash() != accept.terms_hash {
            return Err(Rejection::TermsChanged);
        }
        let number = self
            .attempts
            .iter()
            .map(|attempt| attempt.number)
            .max()
            .unwrap_or(0);
        let number = number.saturating_add(1);
        let deal = Deal::id_of(self.id, number);
        self.set_offer_status(accept.offer, LiveStatus::Accepted);
        self.attempts.push(Attempt {
            number,
            deal,
            offer: accept.offer,
            offer_version: accept.version,
            terms,
            accepted_at: now,
            standing: AttemptStanding::Unfunded,
            deal_state: State::AwaitingPayment,
            shown_state: State::AwaitingPayment,
            outcome: None,
            deal_seq: 0,
        });
        let happened = Happened::OfferAccepted {
            offer: accept.offer,
            deal,
        };
        self.log(Some(by), now, happened);
        self.attempt_of(deal).ok_or(Rejection::NoSuchDeal)
    }

    /// Takes in what became of a deal. Facts are never refused; old ones change nothing. A deal that
    /// is over stays so, whatever is heard of it: only [`Self::reopen_deal`] takes one up again.
    ///
    /// # Errors
    /// [`Rejection::NoSuchDeal`].
    pub fn follow_deal(
        &mut self,
        deal: DealId,
        news: &DealNews,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        let attempt = self.attempt_mut(deal)?;
        if news.seq <= attempt.deal_seq {
            return Ok(());
        }
        let before = attempt.standing;
        attempt.deal_seq = news.seq;
        attempt.deal_state = news.state;
        attempt.outcome = news.outcome;
        if before.is_live() {
            attempt.standing = news.standing;
        }
        if !matches!(
            news.state,
            State::Disputed | State::Ruled | State::Suspended
        ) {
            attempt.shown_state = news.state;
        }
        let offer = attempt.offer;
        self.updated_at = now;
        if before == news.standing || !before.is_live() {
            return Ok(());
        }
        match news.standing {
            AttemptStanding::Unfunded => {}
            AttemptStanding::Funded => {
                self.log(None, now, Happened::DealFunded { deal });
                let others = |other: &super::Offer| other.id != offer;
                self.end_offers(others, OfferEnd::Rejected, now);
            }
            AttemptStanding::Lapsed => {
                self.log(None, now, Happened::DealLapsed { deal });
                self.set_offer_status(offer, LiveStatus::Pending);
            }
            AttemptStanding::Closed => self.log(None, now, Happened::DealClosed { deal }),
        }
        Ok(())
    }

    /// Takes a deal up again that expired or was cancelled, because money came late and both want
    /// to go on. It is committed here before the deal hears of it, so that no other offer can be
    /// accepted in between. `seq` is the number of the deal's last event.
    ///
    /// # Errors
    /// [`Rejection`]: another deal runs or was paid, or this one did not lapse like that.
    pub fn reopen_deal(&mut self, deal: DealId, seq: u64, now: Timestamp) -> Result<(), Rejection> {
        if self.is_finished() {
            return Err(Rejection::Finished);
        }
        if self.live_attempt().is_some_and(|live| live.deal != deal) {
            return Err(Rejection::DealRunning);
        }
        let attempt = self.attempt_mut(deal)?;
        let lapsed_unpaid = matches!(attempt.deal_state, State::Expired | State::Cancelled);
        if !attempt.standing.is_live() && !lapsed_unpaid {
            return Err(Rejection::NotReopenable);
        }
        // The news that it lapsed may still be on its way; it comes too late then.
        attempt.deal_seq = attempt.deal_seq.max(seq);
        if attempt.standing.is_live() {
            return Ok(());
        }
        attempt.standing = AttemptStanding::Unfunded;
        attempt.shown_state = State::AwaitingPayment;
        let offer = attempt.offer;
        self.set_offer_status(offer, LiveStatus::Accepted);
        self.log(None, now, Happened::DealReopened { deal });
        Ok(())
    }

    /// Whether the buyer may answer offers: also after the time for offers is over.
    pub(super) fn takes_answers(&self) -> Result<(), Rejection> {
        if self.stage != Stage::Open {
            return Err(Rejection::NotOpen);
        }
        self.check_no_deal()
    }

    fn attempt_mut(&mut self, deal: DealId) -> Result<&mut Attempt, Rejection> {
        self.attempts
            .iter_mut()
            .find(|attempt| attempt.deal == deal)
            .ok_or(Rejection::NoSuchDeal)
    }

    fn set_offer_status(&mut self, id: OfferId, status: LiveStatus) {
        if let Some(offer) = self.offer_mut(id) {
            offer.status = status;
        }
    }
}
