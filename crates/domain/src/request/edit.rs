//! The buyer writes, publishes, changes and calls off.

use super::details::{Conditions, Delivery, Details, Draft, What};
use super::event::Happened;
use super::offer::OfferEnd;
use super::rejection::Rejection;
use super::{Content, Request, Stage};
use crate::command_log::CommandLog;
use crate::digest::Digest;
use crate::id::{CategoryId, RequestId, UserId};
use crate::text::Line;
use crate::time::{Span, Timestamp};

/// How long a draft waits for its writer to have an account.
pub const GUEST_DRAFT: Span = Span::days(7);

impl Request {
    /// Begins a request that only its buyer sees.
    pub fn begin(id: RequestId, buyer: UserId, now: Timestamp) -> Self {
        let mut request = Self {
            id,
            version: 1,
            created_at: now,
            updated_at: now,
            buyer,
            guest_until: None,
            stage: Stage::Draft,
            content: Content::Draft(Draft::default()),
            edition: 0,
            published_at: None,
            filed_in: Vec::new(),
            offers_closed: false,
            review_note: None,
            offers: Vec::new(),
            ended_offers: Vec::new(),
            attempts: Vec::new(),
            events: Vec::new(),
            last_seq: 0,
            commands: CommandLog::default(),
        };
        request.log(Some(buyer), now, Happened::Drafted);
        request
    }

    /// Begins a request of somebody without an account, known by a secret in their browser.
    pub fn begin_as_guest(id: RequestId, guest: UserId, now: Timestamp) -> Self {
        Self {
            guest_until: Some(now.plus(GUEST_DRAFT)),
            ..Self::begin(id, guest, now)
        }
    }

    /// Gives a draft that was begun without an account to the person who then made one.
    ///
    /// # Errors
    /// [`Rejection`]: it is another guest's, or somebody has claimed it.
    pub fn claim(&mut self, guest: UserId, by: UserId, now: Timestamp) -> Result<(), Rejection> {
        self.check_buyer(guest)?;
        if self.guest_until.take().is_none() {
            return Err(Rejection::NotADraft);
        }
        self.buyer = by;
        self.updated_at = now;
        Ok(())
    }

    /// Writes what is asked for into the draft. Its files stay: see [`Request::attach`].
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn write_what(
        &mut self,
        by: UserId,
        mut what: What,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_buyer(by)?;
        what.check()?;
        let draft = self.draft_mut()?;
        let before = draft.what.take();
        what.attachments = before.map(|before| before.attachments).unwrap_or_default();
        draft.what = Some(what);
        self.updated_at = now;
        Ok(())
    }

    /// Writes where it goes into the draft.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn write_delivery(
        &mut self,
        by: UserId,
        delivery: Delivery,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_buyer(by)?;
        let draft = self.draft_mut()?;
        if draft
            .what
            .as_ref()
            .is_some_and(|what| !delivery.suits(what.kind))
        {
            return Err(Rejection::DeliveryDoesNotSuit);
        }
        draft.delivery = Some(delivery);
        self.updated_at = now;
        Ok(())
    }

    /// Writes the conditions into the draft. Invitations stay: see [`Request::invite`].
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn write_conditions(
        &mut self,
        by: UserId,
        mut conditions: Conditions,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_buyer(by)?;
        conditions.check()?;
        conditions.check_offers_until(now)?;
        let draft = self.draft_mut()?;
        let before = draft.conditions.take();
        conditions.invited = before.map(|before| before.invited).unwrap_or_default();
        draft.conditions = Some(conditions);
        self.updated_at = now;
        Ok(())
    }

    /// Publishes the draft, or puts it before staff first. `filed_in` leads through the open
    /// categories to its own.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn publish(
        &mut self,
        by: UserId,
        filed_in: &[CategoryId],
        needs_review: bool,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_buyer(by)?;
        if self.guest_until.is_some() {
            return Err(Rejection::AccountNeeded);
        }
        let details = self.draft_mut()?.complete()?;
        details.check()?;
        details.check_filing(filed_in)?;
        details.conditions.check_offers_until(now)?;
        self.filed_in = filed_in.to_vec();
        self.content = Content::Complete(details);
        // What staff objected to once, they look at again.
        let was_objected = self.review_note.take().is_some();
        if needs_review || was_objected {
            self.stage = Stage::InReview;
            self.log(Some(by), now, Happened::HeldForReview);
        } else {
            self.open(Some(by), now);
        }
        Ok(())
    }

    /// Staff let it be seen.
    ///
    /// # Errors
    /// [`Rejection::NotInReview`]; [`Rejection::OwnRequest`]: nobody looks at their own.
    pub fn approve(&mut self, by: UserId, now: Timestamp) -> Result<(), Rejection> {
        self.check_not_buyer(by)?;
        if self.stage != Stage::InReview {
            return Err(Rejection::NotInReview);
        }
        self.open(Some(by), now);
        Ok(())
    }

    /// Staff send it back to its buyer, with the reason.
    ///
    /// # Errors
    /// [`Rejection::NotInReview`]; [`Rejection::OwnRequest`].
    pub fn send_back(
        &mut self,
        by: UserId,
        reason: Line<300>,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_not_buyer(by)?;
        if self.stage != Stage::InReview {
            return Err(Rejection::NotInReview);
        }
        self.content = Content::Draft(self.draft());
        self.stage = Stage::Draft;
        self.review_note = Some(reason);
        self.log(Some(by), now, Happened::SentBack);
        Ok(())
    }

    /// Staff hide a published request, with the reason: it is a draft again, all offers end, and
    /// whoever posts it again waits for a look. Repeating it is no harm.
    ///
    /// # Errors
    /// [`Rejection`]: a deal comes first, or there is nothing to hide, or it is one's own.
    pub fn take_down(
        &mut self,
        by: UserId,
        reason: Line<300>,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_not_buyer(by)?;
        if self.stage == Stage::Draft && self.review_note.as_ref() == Some(&reason) {
            return Ok(());
        }
        if !matches!(self.stage, Stage::Open | Stage::InReview) {
            return Err(Rejection::NotOpen);
        }
        self.check_no_deal()?;
        self.content = Content::Draft(self.draft());
        self.stage = Stage::Draft;
        self.review_note = Some(reason);
        self.log(Some(by), now, Happened::TakenDown);
        self.end_offers(|_| true, OfferEnd::Rejected, now);
        Ok(())
    }

    fn open(&mut self, by: Option<UserId>, now: Timestamp) {
        self.stage = Stage::Open;
        self.edition = self.edition.saturating_add(1);
        self.published_at = self.published_at.or(Some(now));
        self.log(by, now, Happened::Published);
    }

    /// Changes a published request. `seen` is the digest of the details that the buyer changed.
    /// Offers stay; where something changed that sellers priced, each binds only after its seller
    /// has looked again. Files and invitations stay: see [`Request::attach`], [`Request::invite`].
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn edit(
        &mut self,
        by: UserId,
        seen: Digest,
        mut details: Details,
        filed_in: &[CategoryId],
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.check_buyer(by)?;
        let before = self.details().ok_or(Rejection::NotOpen)?;
        if self.stage != Stage::Open {
            return Err(Rejection::NotOpen);
        }
        self.check_no_deal()?;
        if Digest::of_value(before) != seen {
            return Err(Rejection::RequestChanged);
        }
        details
            .what
            .attachments
            .clone_from(&before.what.attachments);
        let invited = &mut details.conditions.invited;
        invited.clone_from(&before.conditions.invited);
        if *before == details {
            return Err(Rejection::NothingChanged);
        }
        details.check()?;
        details.check_filing(filed_in)?;
        if details.conditions.offers_until != before.conditions.offers_until {
            details.conditions.check_offers_until(now)?;
        }
        if before.differs_for_sellers(&details) {
            self.edition = self.edition.saturating_add(1);
        }
        self.offers_closed &= details.conditions.offers_until <= now;
        self.filed_in = filed_in.to_vec();
        self.content = Content::Complete(details);
        let edition = self.edition;
        self.log(Some(by), now, Happened::Edited { edition });
        Ok(())
    }

    /// Calls the request off; all live offers end.
    ///
    /// # Errors
    /// [`Rejection`]: a deal comes first, or it is over already.
    pub fn cancel(&mut self, by: UserId, now: Timestamp) -> Result<(), Rejection> {
        self.check_buyer(by)?;
        if self.stage == Stage::Cancelled {
            return Err(Rejection::NotOpen);
        }
        self.check_no_deal()?;
        self.stage = Stage::Cancelled;
        self.log(Some(by), now, Happened::Cancelled);
        self.end_offers(|_| true, OfferEnd::Rejected, now);
        Ok(())
    }

    fn draft_mut(&mut self) -> Result<&mut Draft, Rejection> {
        match (&mut self.content, self.stage) {
            (Content::Draft(draft), Stage::Draft) => Ok(draft),
            _ => Err(Rejection::NotADraft),
        }
    }
}
