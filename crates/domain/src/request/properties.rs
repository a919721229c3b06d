//! Whatever people do, in whatever order: what must hold of every request.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the numbers of a test are small"
)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::samples::*;
use super::*;
use crate::asset::{Asset, Network, Token};
use crate::deal::{Deal, Outcome, State};
use crate::price::Price;
use crate::time::Span;

/// Who acts: mostly the right person.
#[derive(Debug, Clone, Copy)]
struct Who(u8);

impl Who {
    fn id(self) -> UserId {
        match self.0 {
            0 => buyer(),
            number => person(&format!("seller {number}")),
        }
    }
}

/// One step of somebody.
#[derive(Debug, Clone)]
enum Step {
    Wait(u32),
    Edit(Who, u32),
    Cancel(Who),
    Offer(Who, u16, Option<u32>),
    Revise(Who, u8, i8, u16),
    Withdraw(Who, u8),
    Counter(Who, u8, i8),
    /// Looks at an offer, to accept it later.
    Look(u8),
    /// Accepts what was looked at longest ago.
    Accept(Who),
    Expire,
    Deal(u8, DealStep),
    Reopen(u8),
}

#[derive(Debug, Clone, Copy)]
enum DealStep {
    Fund,
    Unfund,
    Lapse(State),
    Close,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = || (0u8..5).prop_map(Who);
    let lapse = prop::sample::select(vec![State::Expired, State::Cancelled, State::Refunded]);
    let deal = prop_oneof![
        3 => Just(DealStep::Fund),
        1 => Just(DealStep::Unfund),
        4 => lapse.prop_map(DealStep::Lapse),
        1 => Just(DealStep::Close),
    ];
    let step = prop_oneof![
        2 => (1u32..200).prop_map(Step::Wait),
        2 => (who(), 1u32..4).prop_map(|(who, quantity)| Step::Edit(who, quantity)),
        1 => (0u8..30).prop_map(|who| Step::Cancel(Who(who))),
        8 => (who(), 50u16..60, prop::option::of(1u32..100))
            .prop_map(|(who, price, hours)| Step::Offer(who, price, hours)),
        4 => (who(), 0u8..4, -1i8..1, 50u16..60)
            .prop_map(|(who, offer, version, price)| Step::Revise(who, offer, version, price)),
        3 => (who(), 0u8..4).prop_map(|(who, offer)| Step::Withdraw(who, offer)),
        2 => (who(), 0u8..4, -1i8..1)
            .prop_map(|(who, offer, version)| Step::Counter(who, offer, version)),
        8 => (0u8..4).prop_map(Step::Look),
        8 => (0u8..2).prop_map(|who| Step::Accept(Who(who))),
        2 => Just(Step::Expire),
        6 => (0u8..3, deal).prop_map(|(attempt, step)| Step::Deal(attempt, step)),
        2 => (0u8..3).prop_map(Step::Reopen),
    ];
    prop::collection::vec(step, 0..60)
}

/// The world around one request.
struct World {
    request: Request,
    now: Timestamp,
    looked_at: Vec<(AcceptOffer, Offer, u32)>,
    deal_seq: u64,
    made: u32,
}

impl World {
    fn new() -> Self {
        Self {
            request: open_request(),
            now: NOON,
            looked_at: Vec::new(),
            deal_seq: 0,
            made: 0,
        }
    }

    fn nth_offer(&self, nth: u8) -> Option<Offer> {
        self.request.offers.get(usize::from(nth)).cloned()
    }

    fn nth_deal(&self, nth: u8) -> Option<DealId> {
        let mut attempts = self.request.attempts.iter().rev();
        attempts.nth(usize::from(nth)).map(|attempt| attempt.deal)
    }

    fn take(&mut self, step: &Step) -> Result<(), Rejection> {
        let now = self.now;
        match step {
            Step::Wait(minutes) => self.now = now.plus(Span::minutes(minutes * 30)),
            Step::Edit(who, quantity) => {
                let mut details = details();
                details.what.quantity = *quantity;
                let seen = self
                    .request
                    .details()
                    .map_or(Digest::ZERO, Digest::of_value);
                self.request.edit(who.id(), seen, details, &shelf(), now)?;
            }
            Step::Cancel(who) => self.request.cancel(who.id(), now)?,
            Step::Offer(who, price, hours) => {
                self.made += 1;
                let id = offer_id(&self.made.to_string());
                let mut proposal = proposal(&price.to_string());
                proposal.valid_until = hours.map(|hours| now.plus(Span::hours(hours)));
                self.request
                    .make_offer(who.id(), id, proposal, &standing(), FEES, now)?;
            }
            Step::Revise(who, nth, version, price) => {
                let Some(offer) = self.nth_offer(*nth) else {
                    return Ok(());
                };
                let version = offer.version.saturating_add_signed(i32::from(*version));
                let proposal = proposal(&price.to_string());
                self.request.revise_offer(
                    who.id(),
                    offer.id,
                    version,
                    proposal,
                    &standing(),
                    FEES,
                    now,
                )?;
            }
            Step::Withdraw(who, nth) => {
                let Some(offer) = self.nth_offer(*nth) else {
                    return Ok(());
                };
                self.request.withdraw_offer(who.id(), offer.id, now)?;
            }
            Step::Counter(who, nth, version) => {
                let Some(offer) = self.nth_offer(*nth) else {
                    return Ok(());
                };
                let counter = Counter {
                    version: offer.version.saturating_add_signed(i32::from(*version)),
                    price: Price::parse("49", Token::Usdt).unwrap(),
                    delivery: None,
                    note: None,
                    at: now,
                };
                self.request
                    .counter_offer(who.id(), offer.id, counter, now)?;
            }
            Step::Look(nth) => {
                let Some(offer) = self.nth_offer(*nth) else {
                    return Ok(());
                };
                let shown = as_shown(&self.request, offer.id);
                self.looked_at.push((shown, offer, self.request.edition));
            }
            Step::Accept(who) => self.accept(*who)?,
            Step::Expire => {
                self.request.tick(now);
            }
            Step::Deal(nth, step) => self.follow(*nth, *step)?,
            Step::Reopen(nth) => {
                let Some(deal) = self.nth_deal(*nth) else {
                    return Ok(());
                };
                self.request.reopen_deal(deal, self.deal_seq, now)?;
            }
        }
        Ok(())
    }

    fn accept(&mut self, who: Who) -> Result<(), Rejection> {
        if self.looked_at.is_empty() {
            return Ok(());
        }
        let (shown, seen, edition) = self.looked_at.remove(0);
        let live = self.request.offer(shown.offer).cloned();
        let address = address(polygon());
        let accepted = self
            .request
            .accept_offer(who.id(), &shown, FEES, address, self.now)
            .cloned()?;
        // What was withdrawn, changed, expired or answers another request never binds.
        let live = live.expect("an accepted offer was live");
        assert_eq!(live.proposal, seen.proposal);
        assert_eq!(live.version, seen.version);
        assert_eq!((live.edition, self.request.edition), (edition, edition));
        assert!(
            live.proposal
                .valid_until
                .is_none_or(|until| until > self.now)
        );
        assert_eq!(accepted.terms.hash(), shown.terms_hash);
        assert_eq!(accepted.terms.seller, live.seller);
        Ok(())
    }

    /// What a deal may report, given what it reported before.
    fn follow(&mut self, nth: u8, step: DealStep) -> Result<(), Rejection> {
        let Some(deal) = self.nth_deal(nth) else {
            return Ok(());
        };
        let standing = self.request.attempt_of(deal).unwrap().standing;
        let (state, outcome, next) = match (standing, step) {
            (AttemptStanding::Unfunded, DealStep::Fund) => {
                (State::Funded, None, AttemptStanding::Funded)
            }
            (AttemptStanding::Unfunded, DealStep::Lapse(state)) => {
                (state, None, AttemptStanding::Lapsed)
            }
            (AttemptStanding::Funded, DealStep::Unfund) => {
                (State::AwaitingPayment, None, AttemptStanding::Unfunded)
            }
            (AttemptStanding::Funded, DealStep::Close) => (
                State::Released,
                Some(Outcome::Release),
                AttemptStanding::Closed,
            ),
            // What is over may still meet a loss.
            (AttemptStanding::Lapsed | AttemptStanding::Closed, DealStep::Unfund) => {
                (State::Loss, None, AttemptStanding::Funded)
            }
            _ => return Ok(()),
        };
        self.deal_seq += 1;
        let news = DealNews {
            seq: self.deal_seq,
            state,
            outcome,
            standing: next,
        };
        self.request.follow_deal(deal, &news, self.now)
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let request = &self.request;
        let sellers: BTreeSet<UserId> = request.offers.iter().map(|offer| offer.seller).collect();
        prop_assert_eq!(
            sellers.len(),
            request.offers.len(),
            "one live offer a seller"
        );
        prop_assert!(
            !sellers.contains(&buyer()),
            "nobody offers on a request of their own"
        );

        let not_lapsed: Vec<&Attempt> = request
            .attempts
            .iter()
            .filter(|attempt| attempt.standing != AttemptStanding::Lapsed)
            .collect();
        prop_assert!(not_lapsed.len() <= 1, "one deal at a time");
        let deals: BTreeSet<DealId> = request
            .attempts
            .iter()
            .map(|attempt| attempt.deal)
            .collect();
        prop_assert_eq!(deals.len(), request.attempts.len(), "one deal an attempt");
        for (number, attempt) in (1..).zip(&request.attempts) {
            prop_assert_eq!(attempt.number, number);
            prop_assert_eq!(attempt.deal, Deal::id_of(request.id, number));
            prop_assert_eq!(attempt.terms.check(), Ok(()));
        }

        let accepted: Vec<OfferId> = request
            .offers
            .iter()
            .filter(|offer| offer.status == LiveStatus::Accepted)
            .map(|offer| offer.id)
            .collect();
        let deals_own: Vec<OfferId> = not_lapsed.iter().map(|attempt| attempt.offer).collect();
        prop_assert!(
            accepted.is_empty() || accepted == deals_own,
            "only the deal's own offer is accepted"
        );
        if not_lapsed
            .iter()
            .any(|attempt| attempt.standing == AttemptStanding::Funded)
        {
            prop_assert!(
                request.offers.len() <= 1,
                "a funded deal ends the other offers"
            );
        }
        if request.stage == Stage::Cancelled {
            prop_assert_eq!(
                &request.offers,
                &vec![],
                "a cancelled request has no live offer"
            );
        }
        let seqs: Vec<u64> = request.events.iter().map(|event| event.seq).collect();
        prop_assert!(
            seqs.is_sorted_by(|one, next| one + 1 == *next),
            "no event is lost"
        );
        prop_assert_eq!(seqs.last().copied(), Some(request.last_seq));
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_people_do_a_request_stays_sound(steps in steps()) {
        let mut world = World::new();
        for step in &steps {
            let before = world.request.clone();
            if world.take(step).is_err() {
                prop_assert_eq!(&world.request, &before, "a refusal changes nothing");
            }
            world.check()?;
        }
    }
}

/// A price that is refused on one network is refused for the offer, whatever the order of networks.
#[test]
fn every_network_of_an_offer_is_looked_at() {
    let price = Price::parse("45", Token::Usdt).unwrap();
    for networks in [
        vec![Network::Bsc, Network::Ethereum],
        vec![Network::Ethereum, Network::Bsc],
    ] {
        let mut request = open_request();
        let proposal = Proposal {
            price,
            networks,
            ..proposal("45")
        };
        let refused =
            request.make_offer(seller(), offer_id("o"), proposal, &standing(), FEES, NOON);
        let ethereum = Asset::new(Network::Ethereum, Token::Usdt).unwrap();
        assert!(price.in_asset(ethereum).unwrap() < ethereum.min_deal());
        assert!(matches!(
            refused,
            Err(Rejection::Price(Network::Ethereum, _))
        ));
    }
}
