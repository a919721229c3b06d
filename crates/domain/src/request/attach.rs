//! Pictures and documents of a request and of its offers. They are named here and nowhere else, by whoever has looked
//! whose they are: writing and editing leave them as they stand.

use super::details::{ATTACHMENTS_MAX, What};
use super::event::Happened;
use super::offer::{OFFER_ATTACHMENTS_MAX, REVISIONS_MAX};
use super::rejection::Rejection;
use super::{Content, Part, Request, Stage};
use crate::id::{FileId, OfferId, UserId};
use crate::time::Timestamp;

impl Request {
    /// How many files more it takes from this person.
    ///
    /// # Errors
    /// [`Rejection`]: it is another's, or what it shows is settled.
    pub fn room_for_files(&self, by: UserId) -> Result<usize, Rejection> {
        self.check_buyer(by)?;
        let what = match (&self.content, self.stage) {
            (Content::Draft(draft), Stage::Draft) => draft.what.as_ref(),
            (Content::Complete(details), Stage::Open) => Some(&details.what),
            _ => return Err(Rejection::NotOpen),
        };
        self.check_no_deal()?;
        let what = what.ok_or(Rejection::Incomplete(Part::What))?;
        Ok(ATTACHMENTS_MAX.saturating_sub(what.attachments.len()))
    }

    /// Shows files with what is asked for; those that are shown already stay. Pictures come before
    /// documents, so that a list has one to show. On a published request each offer binds only after
    /// its seller has looked again.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn attach(
        &mut self,
        by: UserId,
        files: &[FileId],
        is_picture: impl Fn(FileId) -> bool,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.change_attachments(by, now, |shown| add(shown, files, is_picture))
    }

    /// Shows a file no more; one that is not shown is no harm.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn detach(&mut self, by: UserId, file: FileId, now: Timestamp) -> Result<(), Rejection> {
        self.change_attachments(by, now, |shown| shown.retain(|known| *known != file))
    }

    /// Shows files with an offer that still waits for its answer, to the buyer alone. That makes
    /// another version of it: the buyer accepts what was looked at.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn attach_to_offer(
        &mut self,
        by: UserId,
        id: OfferId,
        files: &[FileId],
        is_picture: impl Fn(FileId) -> bool,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.change_offer_files(by, id, now, |shown| add(shown, files, is_picture))
    }

    /// Shows a file with an offer no more; one that is not shown is no harm.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn detach_from_offer(
        &mut self,
        by: UserId,
        id: OfferId,
        file: FileId,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        self.change_offer_files(by, id, now, |shown| shown.retain(|known| *known != file))
    }

    /// How many files more an offer takes from this person.
    ///
    /// # Errors
    /// [`Rejection`]: it is another's, or accepted.
    pub fn room_for_offer_files(&self, by: UserId, id: OfferId) -> Result<usize, Rejection> {
        let offer = self.pending_offer_of(by, id)?;
        if offer.revisions.len() >= REVISIONS_MAX {
            return Err(Rejection::TooManyRevisions);
        }
        let shown = offer.proposal.attachments.len();
        Ok(OFFER_ATTACHMENTS_MAX.saturating_sub(shown))
    }

    /// Whether this person may see a file because it is shown here: those of the request are for
    /// all who may know of it, those of an offer for the buyer and the one who offers.
    pub fn shows_file_to(&self, file: FileId, user: Option<UserId>) -> bool {
        if self.shows_file(file) {
            // A draft is its writer's alone, also one that staff took down from where all saw it.
            let is_draft = matches!(self.content, Content::Draft(_));
            return if is_draft {
                user == Some(self.buyer)
            } else {
                self.is_visible_to(user)
            };
        }
        self.offers
            .iter()
            .filter(|offer| offer.proposal.attachments.contains(&file))
            .any(|offer| user == Some(self.buyer) || user == Some(offer.seller))
    }

    /// Whether a file is shown here, to whomever.
    pub fn refers_to_file(&self, file: FileId) -> bool {
        let mut offers = self.offers.iter();
        self.shows_file(file) || offers.any(|offer| offer.proposal.attachments.contains(&file))
    }

    fn shows_file(&self, file: FileId) -> bool {
        let what = match &self.content {
            Content::Draft(draft) => draft.what.as_ref(),
            Content::Complete(details) => Some(&details.what),
        };
        what.is_some_and(|what| what.attachments.contains(&file))
    }

    fn change_offer_files(
        &mut self,
        by: UserId,
        id: OfferId,
        now: Timestamp,
        change: impl FnOnce(&mut Vec<FileId>),
    ) -> Result<(), Rejection> {
        self.room_for_offer_files(by, id)?;
        let offer = self.offer_mut(id).ok_or(Rejection::NoSuchOffer)?;
        let mut proposal = offer.proposal.clone();
        change(&mut proposal.attachments);
        if proposal.attachments == offer.proposal.attachments {
            return Ok(());
        }
        if proposal.attachments.len() > OFFER_ATTACHMENTS_MAX {
            return Err(Rejection::TooManyAttachments);
        }
        let (edition, counter) = (offer.edition, offer.counter.take());
        offer.revise(proposal, edition, now);
        // Pictures answer no wish of the buyer's.
        offer.counter = counter;
        let version = offer.version;
        self.log(Some(by), now, Happened::OfferRevised { offer: id, version });
        Ok(())
    }

    fn change_attachments(
        &mut self,
        by: UserId,
        now: Timestamp,
        change: impl FnOnce(&mut Vec<FileId>),
    ) -> Result<(), Rejection> {
        self.room_for_files(by)?;
        let what = self.what_mut().ok_or(Rejection::Incomplete(Part::What))?;
        let mut files = what.attachments.clone();
        change(&mut files);
        if files == what.attachments {
            return Ok(());
        }
        if files.len() > ATTACHMENTS_MAX {
            return Err(Rejection::TooManyAttachments);
        }
        what.attachments = files;
        self.updated_at = now;
        if self.stage == Stage::Open {
            self.edition = self.edition.saturating_add(1);
            let edition = self.edition;
            self.log(Some(by), now, Happened::Edited { edition });
        }
        Ok(())
    }

    const fn what_mut(&mut self) -> Option<&mut What> {
        match &mut self.content {
            Content::Draft(draft) => draft.what.as_mut(),
            Content::Complete(details) => Some(&mut details.what),
        }
    }
}

/// Puts files where they are not yet, pictures before documents.
fn add(shown: &mut Vec<FileId>, files: &[FileId], is_picture: impl Fn(FileId) -> bool) {
    for file in files {
        if !shown.contains(file) {
            shown.push(*file);
        }
    }
    shown.sort_by_key(|file| !is_picture(*file));
}

#[cfg(test)]
mod tests {
    use super::super::Proposal;
    use super::super::details::ATTACHMENTS_MAX;
    use super::super::samples::*;
    use super::*;

    fn file(number: u8) -> FileId {
        FileId::derived(&[&[number]])
    }

    fn files(count: u8) -> Vec<FileId> {
        (0..count).map(file).collect()
    }

    fn shown(request: &Request) -> Vec<FileId> {
        request.draft().what.unwrap().attachments
    }

    #[test]
    fn files_are_shown_once_and_pictures_come_first() {
        let mut request = complete_draft();
        let is_picture = |one| one == file(2);
        request
            .attach(buyer(), &[file(1), file(1)], is_picture, NOON)
            .unwrap();
        request
            .attach(buyer(), &[file(2), file(1)], is_picture, NOON)
            .unwrap();
        assert_eq!(shown(&request), [file(2), file(1)]);
        request.detach(buyer(), file(2), NOON).unwrap();
        request.detach(buyer(), file(2), NOON).unwrap();
        assert_eq!(shown(&request), [file(1)]);
        assert!(request.refers_to_file(file(1)) && !request.refers_to_file(file(2)));
    }

    #[test]
    fn there_is_room_for_so_many() {
        let mut request = complete_draft();
        let most = u8::try_from(ATTACHMENTS_MAX).unwrap();
        request
            .attach(buyer(), &files(most), |_| true, NOON)
            .unwrap();
        assert_eq!(request.room_for_files(buyer()), Ok(0));
        let more = request.attach(buyer(), &[file(most)], |_| true, NOON);
        assert_eq!(more, Err(Rejection::TooManyAttachments));
        assert_eq!(shown(&request), files(most));
    }

    #[test]
    fn writing_and_editing_name_no_files() {
        let mut request = complete_draft();
        request.attach(buyer(), &[file(1)], |_| true, NOON).unwrap();
        let other = What {
            attachments: vec![file(9)],
            ..what()
        };
        request.write_what(buyer(), other.clone(), NOON).unwrap();
        assert_eq!(shown(&request), [file(1)]);
        publish(&mut request, false, NOON).unwrap();
        let mut details = details();
        details.what = other;
        details.conditions.inspection_days = 5;
        edit(&mut request, details, NOON).unwrap();
        assert_eq!(shown(&request), [file(1)]);
    }

    #[test]
    fn sellers_look_again_after_the_pictures_changed() {
        let mut request = open_request();
        offer_from(&mut request, "seller", "100");
        let before = request.edition;
        request.attach(buyer(), &[file(1)], |_| true, NOON).unwrap();
        assert!(request.edition > before);
        let seq = request.last_seq;
        request.attach(buyer(), &[file(1)], |_| true, NOON).unwrap();
        assert_eq!(request.last_seq, seq, "the same again is no change");
    }

    #[test]
    fn only_the_buyer_changes_them_and_only_before_a_deal() {
        let mut request = draft();
        let refused = request.attach(buyer(), &[file(1)], |_| true, NOON);
        assert_eq!(refused, Err(Rejection::Incomplete(Part::What)));
        let mut request = open_request();
        let refused = request.attach(seller(), &[file(1)], |_| true, NOON);
        assert_eq!(refused, Err(Rejection::NotTheBuyer));
        let offer = offer_from(&mut request, "seller", "100");
        accept(&mut request, offer, NOON).unwrap();
        let refused = request.attach(buyer(), &[file(1)], |_| true, NOON);
        assert_eq!(refused, Err(Rejection::DealRunning));
        let mut request = open_request();
        request.cancel(buyer(), NOON).unwrap();
        let refused = request.detach(buyer(), file(1), NOON);
        assert_eq!(refused, Err(Rejection::NotOpen));
    }

    #[test]
    fn files_of_an_offer_are_for_the_buyer_and_its_seller() {
        let mut request = open_request();
        let offer = offer_from(&mut request, "seller", "100");
        offer_from(&mut request, "other", "90");
        let version = request.offer(offer).unwrap().version;
        request
            .attach_to_offer(seller(), offer, &[file(1)], |_| true, NOON)
            .unwrap();
        assert!(request.offer(offer).unwrap().version > version);
        for (user, sees) in [
            (Some(buyer()), true),
            (Some(seller()), true),
            (Some(person("other")), false),
            (None, false),
        ] {
            assert_eq!(request.shows_file_to(file(1), user), sees, "{user:?}");
        }
        let refused = request.attach_to_offer(buyer(), offer, &[file(2)], |_| true, NOON);
        assert_eq!(refused, Err(Rejection::NotTheSeller));
        let many = request.attach_to_offer(seller(), offer, &files(9), |_| true, NOON);
        assert_eq!(many, Err(Rejection::TooManyAttachments));
        request
            .detach_from_offer(seller(), offer, file(1), NOON)
            .unwrap();
        assert!(!request.refers_to_file(file(1)));
    }

    #[test]
    fn a_revised_offer_keeps_its_files() {
        let mut request = open_request();
        let offer = offer_from(&mut request, "seller", "100");
        request
            .attach_to_offer(seller(), offer, &[file(1)], |_| true, NOON)
            .unwrap();
        let version = request.offer(offer).unwrap().version;
        let other = Proposal {
            attachments: vec![file(9)],
            ..proposal("95")
        };
        request
            .revise_offer(seller(), offer, version, other, &standing(), FEES, NOON)
            .unwrap();
        let proposal = &request.offer(offer).unwrap().proposal;
        assert_eq!(proposal.attachments, [file(1)]);
    }
}
