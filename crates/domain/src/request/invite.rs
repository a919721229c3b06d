//! Sellers whom the buyer names: with one of them the request is for those named and nobody else.
//!
//! They are named here and nowhere else, by whoever has looked that they sell: writing and editing
//! leave them as they stand.

use super::details::{Conditions, INVITED_MAX};
use super::event::Happened;
use super::rejection::Rejection;
use super::{Content, Part, Request, Stage};
use crate::id::UserId;
use crate::time::Timestamp;

impl Request {
    /// Invites a seller; whoever is invited already stays so. Offers that others made stay, and so
    /// does what their sellers may see.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn invite(&mut self, by: UserId, seller: UserId, now: Timestamp) -> Result<(), Rejection> {
        if seller == self.buyer {
            return Err(Rejection::OwnRequest);
        }
        let is_open = self.stage == Stage::Open;
        let invited = &mut self.conditions_to_change(by)?.invited;
        if invited.contains(&seller) {
            return Ok(());
        }
        if invited.len() >= INVITED_MAX {
            return Err(Rejection::TooManyInvited);
        }
        invited.push(seller);
        self.updated_at = now;
        if is_open {
            self.log(Some(by), now, Happened::SellerInvited { seller });
        }
        Ok(())
    }

    /// Invites these sellers and no others; with none the request is for everybody.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn invite_exactly(
        &mut self,
        by: UserId,
        sellers: &[UserId],
        now: Timestamp,
    ) -> Result<(), Rejection> {
        let before = self.invited().to_vec();
        for gone in before.iter().filter(|known| !sellers.contains(known)) {
            self.uninvite(by, *gone, true, now)?;
        }
        for seller in sellers {
            self.invite(by, *seller, now)?;
        }
        Ok(())
    }

    /// Takes an invitation back. Without the last of them the request is for everybody: the buyer
    /// says so by `open_to_all`. A seller who has offered keeps the offer, and sees the request.
    ///
    /// # Errors
    /// [`Rejection`].
    pub fn uninvite(
        &mut self,
        by: UserId,
        seller: UserId,
        open_to_all: bool,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        let is_open = self.stage == Stage::Open;
        let invited = &mut self.conditions_to_change(by)?.invited;
        if !invited.contains(&seller) {
            return Ok(());
        }
        if invited.len() == 1 && is_open && !open_to_all {
            return Err(Rejection::LastInvited);
        }
        invited.retain(|known| *known != seller);
        self.updated_at = now;
        if is_open {
            self.log(Some(by), now, Happened::SellerUninvited { seller });
        }
        Ok(())
    }

    /// The sellers who are named; nobody is everybody.
    pub fn invited(&self) -> &[UserId] {
        let conditions = match &self.content {
            Content::Draft(draft) => draft.conditions.as_ref(),
            Content::Complete(details) => Some(&details.conditions),
        };
        conditions.map_or(&[], |conditions| &conditions.invited)
    }

    fn conditions_to_change(&mut self, by: UserId) -> Result<&mut Conditions, Rejection> {
        self.check_buyer(by)?;
        self.check_no_deal()?;
        match (&mut self.content, self.stage) {
            (Content::Draft(draft), Stage::Draft) => draft
                .conditions
                .as_mut()
                .ok_or(Rejection::Incomplete(Part::Conditions)),
            (Content::Complete(details), Stage::Open) => Ok(&mut details.conditions),
            _ => Err(Rejection::NotOpen),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn whoever_is_invited_is_invited_once() {
        let mut request = complete_draft();
        for _ in 0..2 {
            request.invite(buyer(), seller(), NOON).unwrap();
        }
        assert_eq!(request.invited(), [seller()]);
        let own = request.invite(buyer(), buyer(), NOON);
        assert_eq!(own, Err(Rejection::OwnRequest));
        let stranger = request.invite(seller(), person("other"), NOON);
        assert_eq!(stranger, Err(Rejection::NotTheBuyer));
        let nothing_yet = draft().invite(buyer(), seller(), NOON);
        assert_eq!(nothing_yet, Err(Rejection::Incomplete(Part::Conditions)));
    }

    #[test]
    fn twenty_sellers_can_be_invited() {
        let mut request = complete_draft();
        for number in 0..INVITED_MAX {
            let seller = person(&format!("seller {number}"));
            request.invite(buyer(), seller, NOON).unwrap();
        }
        let one_more = request.invite(buyer(), person("one more"), NOON);
        assert_eq!(one_more, Err(Rejection::TooManyInvited));
    }

    #[test]
    fn the_first_invitation_closes_an_open_request_to_others_but_not_to_those_who_offered() {
        let mut request = open_request();
        offer_from(&mut request, "early", "100");
        request.invite(buyer(), seller(), NOON).unwrap();
        for (who, sees) in [("seller", true), ("early", true), ("late", false)] {
            assert_eq!(request.is_visible_to(Some(person(who))), sees, "{who}");
        }
        assert!(!request.is_visible_to(None));
        let last = request.events.last().unwrap();
        assert_eq!(last.happened, Happened::SellerInvited { seller: seller() });
        assert!(
            request
                .offers
                .iter()
                .all(|offer| offer.edition == request.edition)
        );
    }

    #[test]
    fn without_the_last_invitation_an_open_request_is_for_everybody_when_the_buyer_says_so() {
        let mut request = open_request();
        request.invite(buyer(), seller(), NOON).unwrap();
        let refused = request.uninvite(buyer(), seller(), false, NOON);
        assert_eq!(refused, Err(Rejection::LastInvited));
        request.uninvite(buyer(), seller(), true, NOON).unwrap();
        assert!(request.is_visible_to(None));
        request.uninvite(buyer(), seller(), false, NOON).unwrap();
        let mut draft = complete_draft();
        draft.invite(buyer(), seller(), NOON).unwrap();
        draft.uninvite(buyer(), seller(), false, NOON).unwrap();
        assert!(draft.invited().is_empty(), "a draft shows itself to nobody");
    }

    #[test]
    fn an_invitation_taken_back_leaves_the_offer_that_was_made() {
        let mut request = open_request();
        request.invite(buyer(), seller(), NOON).unwrap();
        request.invite(buyer(), person("other"), NOON).unwrap();
        let offer = offer_from(&mut request, "seller", "100");
        request.uninvite(buyer(), seller(), false, NOON).unwrap();
        assert!(request.is_visible_to(Some(seller())));
        accept(&mut request, offer, NOON).unwrap();
        let late = request.invite(buyer(), seller(), NOON);
        assert_eq!(late, Err(Rejection::DealRunning));
    }

    #[test]
    fn writing_and_editing_invite_nobody() {
        let mut request = complete_draft();
        request.invite(buyer(), seller(), NOON).unwrap();
        let others = Conditions {
            invited: vec![person("other")],
            ..conditions()
        };
        request
            .write_conditions(buyer(), others.clone(), NOON)
            .unwrap();
        assert_eq!(request.invited(), [seller()]);
        publish(&mut request, false, NOON).unwrap();
        let mut details = details();
        details.conditions = others;
        details.conditions.inspection_days = 5;
        edit(&mut request, details, NOON).unwrap();
        assert_eq!(request.invited(), [seller()]);
    }
}
