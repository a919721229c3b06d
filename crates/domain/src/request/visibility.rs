//! Who may know of a request, and how much of it.

use super::{AttemptStanding, DealNews, Request, Stage};
use crate::deal::Deal;
use crate::id::UserId;

impl Request {
    /// Whether somebody may know that it exists; none is somebody without an account. Open requests
    /// are for everybody, or for those who were invited. Whoever had a part in it keeps seeing it.
    pub fn is_visible_to(&self, user: Option<UserId>) -> bool {
        if user.is_some_and(|user| user == self.buyer || self.had_part(user)) {
            return true;
        }
        let invited = self.details().map(|details| &details.conditions.invited);
        let is_for_them = invited.is_some_and(|invited| {
            invited.is_empty() || user.is_some_and(|user| invited.contains(&user))
        });
        self.stage == Stage::Open && self.status().is_open() && is_for_them
    }

    /// Whether somebody ever offered on it, or was accepted.
    pub fn had_part(&self, seller: UserId) -> bool {
        let ended = self.ended_offers.iter().any(|offer| offer.seller == seller);
        let accepted = self
            .attempts
            .iter()
            .any(|attempt| attempt.terms.seller == seller);
        self.offer_of(seller).is_some() || ended || accepted
    }

    /// Whether somebody may know the whole address: the buyer, and the seller from the moment that
    /// the deal is funded. Others know city and country.
    pub fn shows_address_to(&self, user: UserId) -> bool {
        let is_paid_seller = self
            .paid_attempt()
            .is_some_and(|attempt| attempt.terms.seller == user);
        user == self.buyer || is_paid_seller
    }

    /// The same for somebody in a deal on this request, by what the deal itself says: the request
    /// hears of its payment a little later.
    pub fn shows_address_in(&self, deal: &Deal, user: UserId) -> bool {
        let is_paid = matches!(
            DealNews::of(deal).standing,
            AttemptStanding::Funded | AttemptStanding::Closed
        );
        deal.request == self.id
            && (user == deal.terms.buyer || (is_paid && user == deal.terms.seller))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::super::{AttemptStanding, DealNews, Request};
    use crate::deal::State;
    use crate::id::UserId;

    fn sees(request: &Request, user: UserId) -> bool {
        request.is_visible_to(Some(user))
    }

    #[test]
    fn an_unpublished_request_is_its_buyers_alone() {
        let mut request = complete_draft();
        for needs_review in [false, true] {
            if needs_review {
                publish(&mut request, true, NOON).unwrap();
            }
            assert!(sees(&request, buyer()));
            assert!(!sees(&request, seller()));
            assert!(!request.is_visible_to(None));
        }
    }

    #[test]
    fn an_open_request_is_for_everybody_or_for_the_invited() {
        assert!(open_request().is_visible_to(None));
        let mut request = complete_draft();
        request.invite(buyer(), seller(), NOON).unwrap();
        publish(&mut request, false, NOON).unwrap();
        assert!(sees(&request, seller()));
        assert!(!sees(&request, person("other")));
        assert!(!request.is_visible_to(None));
    }

    #[test]
    fn whoever_had_a_part_in_it_keeps_seeing_it() {
        let mut request = open_request();
        offer_from(&mut request, "seller", "100");
        request.cancel(buyer(), NOON).unwrap();
        assert!(sees(&request, seller()));
        assert!(!sees(&request, person("other")));
        assert!(!request.is_visible_to(None));
    }

    #[test]
    fn the_address_is_shown_to_the_paid_seller_only() {
        let mut request = open_request();
        let offer = offer_from(&mut request, "seller", "100");
        offer_from(&mut request, "other", "90");
        let deal = accept(&mut request, offer, NOON).unwrap();
        assert!(!request.shows_address_to(seller()), "accepted is not paid");
        let funded = DealNews {
            seq: 3,
            state: State::Funded,
            outcome: None,
            standing: AttemptStanding::Funded,
        };
        request.follow_deal(deal, &funded, NOON).unwrap();
        assert!(request.shows_address_to(seller()));
        assert!(request.shows_address_to(buyer()));
        assert!(!request.shows_address_to(person("other")));
    }
}
