//! What one party proposes and the other may agree to.

use domain::deal::{
    Command, Context, DeadlineKind as D, Offer, Outcome, Party, Rejection, SettledBy, State,
};
use domain::{Span, Units};

use crate::world::{World, person, plus, usd};

const fn half() -> Offer {
    Offer::Split {
        buyer: Units::new(50_000_000_000_000_000_000),
    }
}

fn longer(by: Span) -> Command {
    Command::Propose {
        offer: Offer::Extension { by },
    }
}

#[test]
fn a_split_is_agreed_by_both_from_funding_to_dispute() {
    for mut world in [
        World::funded(),
        World::shipped(),
        World::delivered(),
        World::disputed(State::Inspection),
    ] {
        world.propose(Party::Buyer, half());
        let own = world.agreement();
        world.refuses(person("buyer"), own, Rejection::OtherPartyOnly);
        world.agree(Party::Seller).expect(State::Settling);
        let settlement = world.deal.settlement.unwrap();
        assert_eq!(settlement.by, SettledBy::Agreement);
        assert_eq!(settlement.outcome, Outcome::Split);
        let parts = plus(settlement.seller, settlement.fee);
        assert_eq!((settlement.buyer, parts), (usd(50), usd(50)));
    }
}

#[test]
fn nobody_divides_what_is_ruled_or_not_there() {
    for mut world in [World::new(), World::ruled(), World::settling()] {
        let propose = Command::Propose { offer: half() };
        world.refuses(person("buyer"), propose, Rejection::WrongState);
    }
    let mut world = World::funded();
    let offer = Offer::Split {
        buyer: plus(usd(100), Units::new(1)),
    };
    let propose = Command::Propose { offer };
    world.refuses(person("buyer"), propose, Rejection::SplitTooLarge);
}

#[test]
fn a_split_of_everything_is_a_refund_or_a_release() {
    for (buyer, outcome) in [(usd(100), Outcome::Refund), (Units::ZERO, Outcome::Release)] {
        let mut world = World::funded();
        world.propose(Party::Seller, Offer::Split { buyer });
        world.agree(Party::Buyer);
        assert_eq!(world.deal.settlement.unwrap().outcome, outcome);
    }
}

#[test]
fn a_proposal_lapses_with_the_state_it_was_made_in() {
    let mut world = World::funded();
    world.propose(Party::Buyer, half());
    let agreement = world.agreement();
    world.ship();
    world.refuses(person("seller"), agreement, Rejection::NoSuchProposal);
}

#[test]
fn a_proposal_can_be_withdrawn_by_who_made_it() {
    let mut world = World::funded();
    world.propose(Party::Buyer, half());
    let id = world.deal.proposals[0].id;
    let agreement = world.agreement();
    let withdraw = Command::WithdrawProposal { id };
    world.refuses(
        person("seller"),
        withdraw.clone(),
        Rejection::OtherPartyOnly,
    );
    world.buyer(withdraw.clone());
    world.refuses(person("seller"), agreement, Rejection::NoSuchProposal);
    world.refuses(person("buyer"), withdraw, Rejection::NoSuchProposal);
}

#[test]
fn a_deal_takes_ten_proposals() {
    let mut world = World::funded();
    for n in 0..10 {
        world.propose(Party::Buyer, half());
        if n % 2 == 0 {
            let id = world.deal.proposals[0].id;
            world.buyer(Command::WithdrawProposal { id });
        }
    }
    let eleventh = Command::Propose { offer: half() };
    world.refuses(person("seller"), eleventh, Rejection::TooManyProposals);
    world.agree(Party::Seller).expect(State::Settling);
}

#[test]
fn a_split_lapses_when_what_is_held_changes() {
    let mut world = World::shipped();
    world.takes_back("a").wait_for(D::Suspension);
    world
        .pays("b", usd(60))
        .propose(Party::Buyer, Offer::Split { buyer: usd(30) });
    let agreement = world.agreement();
    world.pays("c", usd(40)).expect(State::Disputed);
    world.refuses(person("seller"), agreement, Rejection::NoSuchProposal);
}

#[test]
fn an_extension_moves_shipping_and_delivery() {
    let mut world = World::funded();
    world.propose(Party::Seller, Offer::Extension { by: Span::days(2) });
    world.agree(Party::Buyer).expect(State::Funded);
    assert_eq!(world.left(D::ShipBy), Span::days(9));
    assert_eq!(world.left(D::Delivery), Span::days(12));
    world.ship();
    world.propose(Party::Seller, Offer::Extension { by: Span::days(1) });
    world.agree(Party::Buyer);
    assert_eq!(world.left(D::Delivery), Span::days(13));
}

#[test]
fn an_extension_during_a_hold_counts_afterwards() {
    let mut world = World::funded();
    world.hold("joe");
    world.propose(Party::Seller, Offer::Extension { by: Span::days(2) });
    world.agree(Party::Buyer).wait_for(D::Hold);
    assert_eq!(world.left(D::ShipBy), Span::days(9));
}

#[test]
fn an_extension_is_between_an_hour_and_90_days_and_only_until_delivered() {
    let mut world = World::shipped();
    let ms = Span::from_ms(1);
    for (by, fits) in [
        (Span::hours(1).minus(ms), false),
        (Span::hours(1), true),
        (Span::days(90), true),
        (Span::days(90).plus(ms), false),
    ] {
        if fits {
            world.seller(longer(by));
        } else {
            world.refuses(person("seller"), longer(by), Rejection::ExtensionOutOfRange);
        }
    }
    let mut delivered = World::delivered();
    delivered.refuses(
        person("seller"),
        longer(Span::days(1)),
        Rejection::WrongState,
    );
}

#[test]
fn a_division_is_agreed_to_on_the_very_deal_that_was_shown() {
    let mut world = World::shipped();
    world.propose(Party::Seller, Offer::Split { buyer: usd(40) });
    let agreement = world.agreement();
    let decide = |expected_version| {
        let context = Context {
            now: world.now,
            expected_version,
            address_read_at: None,
            limits: &world.limits,
        };
        let decided = world
            .deal
            .decide(person("buyer"), agreement.clone(), &context);
        decided.map(|change| change.deal.state)
    };
    let shown = world.deal.version;
    assert_eq!(decide(None), Err(Rejection::Stale));
    assert_eq!(decide(Some(shown - 1)), Err(Rejection::Stale));
    assert_eq!(decide(Some(shown)), Ok(State::Settling));
}
