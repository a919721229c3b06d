//! Sellers offer, revise and withdraw; the buyer counters; time lets offers expire.

use super::event::Happened;
use super::offer::{
    Counter, FeeSchedule, LiveStatus, NEW_SELLER_OFFERS_MAX, Offer, OfferEnd, Proposal,
    REVISIONS_MAX, Revision, SellerStanding,
};
use super::rejection::Rejection;
use super::{LIVE_OFFERS_MAX, OFFERS_MAX, OFFERS_OF_SELLER_MAX, Request, Stage};
use crate::id::{OfferId, UserId};
use crate::time::Timestamp;

impl Request {
    /// Whether this person may offer here at all: what a page asks before it shows the form.
    ///
    /// # Errors
    /// [`Rejection`] says why not.
    pub fn may_offer(
        &self,
        by: UserId,
        seller: &SellerStanding,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        if by == self.buyer {
            return Err(Rejection::OwnRequest);
        }
        let details = self.takes_offers(now)?;
        let invited = &details.conditions.invited;
        let is_asked = invited.is_empty() || invited.contains(&by);
        // Whoever is blocked hears no more than others who are not asked.
        if !is_asked || seller.is_blocked {
            return Err(Rejection::NotInvited);
        }
        if self.offer_of(by).is_some() {
            return Err(Rejection::OfferExists);
        }
        let ended_of_seller = self
            .ended_offers
            .iter()
            .filter(|offer| offer.seller == by)
            .count();
        if ended_of_seller >= OFFERS_OF_SELLER_MAX {
            return Err(Rejection::TooManyOffersOfSeller);
        }
        let made = self.offers.len().saturating_add(self.ended_offers.len());
        if self.offers.len() >= LIVE_OFFERS_MAX || made >= OFFERS_MAX {
            return Err(Rejection::RequestFull);
        }
        if seller.is_new && seller.open_offers >= NEW_SELLER_OFFERS_MAX {
            return Err(Rejection::NewSellerLimit);
        }
        Ok(())
    }

    /// A seller offers. `id` is derived from the command, so that a repeated one makes no second.
    /// Files come later: see [`Request::attach_to_offer`].
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn make_offer(
        &mut self,
        by: UserId,
        id: OfferId,
        mut proposal: Proposal,
        seller: &SellerStanding,
        fees: FeeSchedule,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.may_offer(by, seller, now)?;
        proposal.attachments.clear();
        self.check_proposal(by, &proposal, seller, fees, now)?;
        self.offers.push(Offer {
            id,
            seller: by,
            version: 1,
            edition: self.edition,
            made_at: now,
            revised_at: now,
            proposal,
            status: LiveStatus::Pending,
            counter: None,
            revisions: Vec::new(),
        });
        self.log(Some(by), now, Happened::OfferMade { offer: id });
        Ok(())
    }

    /// A seller changes the offer, or confirms it after the request or the buyer's wish changed.
    /// `version` is the one that the seller saw.
    ///
    /// # Errors
    /// [`Rejection`].
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a fact of its own, from another source"
    )]
    pub fn revise_offer(
        &mut self,
        by: UserId,
        id: OfferId,
        version: u32,
        mut proposal: Proposal,
        seller: &SellerStanding,
        fees: FeeSchedule,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        let edition = self.edition;
        let offer = self.pending_offer_of(by, id)?;
        if offer.version != version {
            return Err(Rejection::OfferChanged);
        }
        proposal.attachments.clone_from(&offer.proposal.attachments);
        let is_confirmation = offer.edition != edition || offer.counter.is_some();
        if offer.proposal == proposal && !is_confirmation {
            return Err(Rejection::NothingChanged);
        }
        if offer.revisions.len() >= REVISIONS_MAX {
            return Err(Rejection::TooManyRevisions);
        }
        self.check_proposal(by, &proposal, seller, fees, now)?;
        let offer = self.offer_mut(id).ok_or(Rejection::NoSuchOffer)?;
        offer.revise(proposal, edition, now);
        let version = offer.version;
        self.log(Some(by), now, Happened::OfferRevised { offer: id, version });
        Ok(())
    }

    /// A seller takes the offer back.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn withdraw_offer(
        &mut self,
        by: UserId,
        id: OfferId,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.pending_offer_of(by, id)?;
        self.end_offers(|offer| offer.id == id, OfferEnd::Withdrawn, now);
        Ok(())
    }

    /// The buyer says what would be better. It binds nobody.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn counter_offer(
        &mut self,
        by: UserId,
        id: OfferId,
        counter: Counter,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_buyer(by)?;
        self.takes_answers()?;
        let offer = self.offer_mut(id).ok_or(Rejection::NoSuchOffer)?;
        if offer.status == LiveStatus::Accepted {
            return Err(Rejection::OfferAccepted);
        }
        if offer.version != counter.version {
            return Err(Rejection::OfferChanged);
        }
        let same = |known: &Counter| {
            Counter {
                at: counter.at,
                ..known.clone()
            } == counter
        };
        if offer.counter.as_ref().is_some_and(same) {
            return Err(Rejection::NothingChanged);
        }
        if offer.is_over(now) {
            return Err(Rejection::OfferExpired);
        }
        offer.counter = Some(counter);
        self.log(Some(by), now, Happened::OfferCountered { offer: id });
        Ok(())
    }

    /// Applies what time has brought: offers expire, and no more are taken. Nothing happens twice.
    pub fn tick(&mut self, now: Timestamp) {
        self.end_offers(|offer| offer.is_over(now), OfferEnd::Expired, now);
        let date = self
            .details()
            .map(|details| details.conditions.offers_until);
        let closes = self.stage == Stage::Open && date.is_some_and(|date| date <= now);
        if closes && !self.offers_closed && !self.is_finished() {
            self.offers_closed = true;
            self.log(None, now, Happened::OffersClosed);
        }
    }

    pub(super) fn end_offers(
        &mut self,
        which: impl Fn(&Offer) -> bool,
        end: OfferEnd,
        now: Timestamp,
    ) {
        let (ended, live): (Vec<Offer>, Vec<Offer>) = core::mem::take(&mut self.offers)
            .into_iter()
            .partition(which);
        self.offers = live;
        for offer in ended {
            let (id, seller) = (offer.id, offer.seller);
            self.ended_offers.push(offer.ended(end, now));
            let by = (end == OfferEnd::Withdrawn).then_some(seller);
            let happened = Happened::OfferEnded {
                offer: id,
                seller,
                end,
            };
            self.log(by, now, happened);
        }
    }

    pub(super) fn offer_mut(&mut self, id: OfferId) -> Option<&mut Offer> {
        self.offers.iter_mut().find(|offer| offer.id == id)
    }

    /// The seller's own offer, if it still waits for the buyer.
    pub(super) fn pending_offer_of(&self, by: UserId, id: OfferId) -> Result<&Offer, Rejection> {
        let offer = self.offer(id).ok_or(Rejection::NoSuchOffer)?;
        if offer.seller != by {
            return Err(Rejection::NotTheSeller);
        }
        match offer.status {
            LiveStatus::Pending => Ok(offer),
            LiveStatus::Accepted => Err(Rejection::OfferAccepted),
        }
    }

    /// Everything that an offer can be refused for by what it says: its limits, a payout address on
    /// each network, and sound terms with each asset.
    fn check_proposal(
        &self,
        by: UserId,
        proposal: &Proposal,
        seller: &SellerStanding,
        fees: FeeSchedule,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        proposal.check(now)?;
        for asset in proposal.assets() {
            let network = asset.network();
            let address = seller
                .address_on(network)
                .ok_or(Rejection::NoPayoutAddress(network))?;
            self.terms_of(by, proposal, asset, fees, address.clone())?;
        }
        Ok(())
    }
}

impl Offer {
    pub(super) fn revise(&mut self, proposal: Proposal, edition: u32, now: Timestamp) {
        self.revisions.push(Revision {
            version: self.version,
            price: self.proposal.price,
            delivery: self.proposal.delivery,
            at: now,
        });
        self.version = self.version.saturating_add(1);
        self.edition = edition;
        self.revised_at = now;
        self.proposal = proposal;
        self.counter = None;
    }
}
