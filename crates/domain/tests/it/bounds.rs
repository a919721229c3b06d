//! What people can repeat is bounded, so that a deal stays below a megabyte.

use domain::deal::{
    Actor, Claim, Command, DEPOSITS_MAX, EVIDENCE_NOTE_CHARS_MAX, EVIDENCE_PER_SIDE_MAX,
    LABEL_CHARS_MAX, LegFault, LegResult, LegState, MAX_BYTES, NOTE_CHARS_MAX, Offer, Party,
    QUESTION_ANSWER_CHARS_MAX, QUESTION_CHARS_MAX, QUESTIONS_PER_SIDE_MAX, Rejection,
    STATEMENT_CHARS_MAX, State,
};
use domain::digest::Digest;
use domain::id::FileId;
use domain::{Span, Units};

use crate::world::{World, address, admin, ask, claim, paid, person, resolver, usd, user};

/// So many of the letters that take the most room.
fn text(chars: usize) -> String {
    "🜚".repeat(chars)
}

/// The longest text is taken, and one letter more is not.
#[track_caller]
fn takes_up_to(world: &World, who: Actor, chars: usize, command: impl Fn(String) -> Command) {
    assert!(world.try_as(who, command(text(chars))).is_ok());
    let longer = world.try_as(who, command(text(chars + 1)));
    assert_eq!(longer.err(), Some(Rejection::TextTooLong));
}

fn long_evidence(n: usize, note: String) -> Command {
    let name = n.to_string();
    Command::AddEvidence {
        file: FileId::derived(&[name.as_bytes()]),
        sha256: Digest::of(name.as_bytes()),
        item: None,
        note,
    }
}

fn long_claim(statement: String) -> Command {
    Command::OpenDispute {
        claim: Claim {
            statement,
            ..claim()
        },
    }
}

#[test]
fn no_text_is_longer_than_a_deal_keeps() {
    let (buyer, seller) = (person("buyer"), person("seller"));
    let funded = World::funded();
    takes_up_to(&funded, seller, LABEL_CHARS_MAX, |carrier| Command::Ship {
        carrier,
        tracking: String::new(),
    });
    takes_up_to(&funded, seller, LABEL_CHARS_MAX, |tracking| Command::Ship {
        carrier: "Post".into(),
        tracking,
    });
    takes_up_to(&funded, buyer, STATEMENT_CHARS_MAX, long_claim);
    takes_up_to(&funded, buyer, EVIDENCE_NOTE_CHARS_MAX, |note| {
        long_evidence(1, note)
    });
    takes_up_to(&funded, admin("joe"), NOTE_CHARS_MAX, |reason| {
        Command::Hold { reason }
    });
    let delivered = World::delivered();
    takes_up_to(&delivered, buyer, STATEMENT_CHARS_MAX, |note| {
        Command::AskForChanges { note }
    });
    let mut open = World::shipped();
    open.open_dispute(Party::Buyer);
    takes_up_to(&open, seller, STATEMENT_CHARS_MAX, |statement| {
        Command::AnswerDispute { statement }
    });
    let mut judged = World::disputed(State::InDelivery);
    takes_up_to(&judged, resolver("ann"), QUESTION_CHARS_MAX, |question| {
        Command::AskParty {
            to: Party::Seller,
            question,
        }
    });
    judged.act(resolver("ann"), ask(Party::Seller));
    takes_up_to(&judged, seller, QUESTION_ANSWER_CHARS_MAX, |statement| {
        Command::AnswerQuestion { statement }
    });
    let seller_part = judged.deal.division(usd(50)).unwrap().seller;
    takes_up_to(&judged, resolver("ann"), STATEMENT_CHARS_MAX, |reasoning| {
        Command::Rule {
            buyer: usd(50),
            seller: seller_part,
            reasoning,
        }
    });
    takes_up_to(&World::ruled(), seller, STATEMENT_CHARS_MAX, |statement| {
        Command::Appeal { statement }
    });
}

#[test]
fn resolvers_are_drawn_forty_times_at_most() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer);
    for n in 0..40 {
        world.draw(["ann", "ben"][n % 2]);
    }
    let draw = Command::DrawResolver {
        resolver: user("cid"),
    };
    world.refuses(Actor::System, draw, Rejection::Full);
    world.answer(Party::Seller);
    world.limits.ruling_alone = Units::ZERO;
    world.rule("ben", usd(50));
    let draw = Command::DrawApprover {
        approver: user("ann"),
    };
    world.refuses(Actor::System, draw, Rejection::Full);
    for _ in 0..5 {
        world.wait(Span::days(15));
    }
    world.expect(State::Settling);
}

#[test]
fn rulings_are_proposed_eight_times_at_most() {
    let mut world = World::disputed(State::InDelivery);
    world.limits.ruling_alone = Units::ZERO;
    for _ in 0..8 {
        world.rule("ann", usd(50)).draw_approver("cid");
        world.act(resolver("cid"), Command::RejectRuling);
    }
    let ruling = world.ruling(usd(50));
    world.refuses(resolver("ann"), ruling, Rejection::Full);
    for _ in 0..5 {
        world.wait(Span::days(15));
    }
    world.expect(State::Settling);
}

#[test]
fn deposits_that_come_and_go_are_entered_110_times_at_most() {
    let mut world = World::new();
    for n in 0..110 {
        world.pays("a", usd(1));
        assert_eq!(world.deal.counts.deposit_entries, n + 1);
        if n < 109 {
            world.takes_back("a");
        }
    }
    world.takes_back("a").pays("a", usd(1));
    assert_eq!(world.logged("deposit_rescued"), 1, "people have to look");
    let known = world.deal.clone();
    world.pays("b", usd(100));
    assert_eq!(world.deal, known, "left to the rescue desk");
}

/// Everybody uses up all that a deal takes of them, in the longest words.
#[test]
fn a_deal_that_took_all_it_can_is_below_a_megabyte() {
    let long = || text(STATEMENT_CHARS_MAX);
    let mut world = World::new();
    for n in 0..20 {
        let destination = address(if n % 2 == 0 { 'b' } else { 'c' });
        world.buyer(Command::SetRefundAddress { destination });
    }
    for n in 1..DEPOSITS_MAX {
        world.pays(&format!("{n:066}"), usd(2));
    }
    world.wait(Span::hours(1)).pays("all", usd(10));
    world.expect(State::Funded);
    for n in 0..300 {
        let from = world.now;
        world.now = from.plus(Span::minutes(11));
        world.system(Command::Downtime {
            from,
            until: world.now,
        });
        if n < 10 {
            let by = Span::hours(24);
            world.propose(Party::Seller, Offer::Extension { by });
        }
        if n < EVIDENCE_PER_SIDE_MAX {
            world.buyer(long_evidence(n, text(EVIDENCE_NOTE_CHARS_MAX)));
            world.seller(long_evidence(n, text(EVIDENCE_NOTE_CHARS_MAX)));
        }
    }
    for n in 0..4 {
        let reason = text(NOTE_CHARS_MAX);
        world.act(admin(["joe", "kim"][n % 2]), Command::Hold { reason });
    }
    world.lift().seller(Command::Ship {
        carrier: text(LABEL_CHARS_MAX),
        tracking: text(LABEL_CHARS_MAX),
    });
    for _ in 0..2 {
        world.buyer(Command::MakeCode).enter_right_code();
        world.buyer(Command::AskForChanges { note: long() });
    }
    world.buyer(long_claim(long()));
    world.seller(Command::AnswerDispute { statement: long() });
    world.buyer(Command::WithdrawDispute);
    world.seller(long_claim(long()));
    world.buyer(Command::AnswerDispute { statement: long() });
    world.seller(Command::WithdrawDispute);
    world.buyer(long_claim(long()));
    world.seller(Command::AnswerDispute { statement: long() });
    world.limits.ruling_alone = Units::ZERO;
    rule_as_often_as_can_be(&mut world);
    world.limits.payout_auto = Units::ZERO;
    fail_for_a_month(&mut world);
    let stored = serde_json::to_string(&world.deal).unwrap();
    assert!(stored.len() < MAX_BYTES, "{} bytes", stored.len());
}

fn rule_as_often_as_can_be(world: &mut World) {
    let ruling = |world: &World| Command::Rule {
        buyer: usd(50),
        seller: world.deal.division(usd(50)).unwrap().seller,
        reasoning: text(STATEMENT_CHARS_MAX),
    };
    world.draw("ann");
    for _ in 0..QUESTIONS_PER_SIDE_MAX {
        for to in [Party::Buyer, Party::Seller] {
            let question = text(QUESTION_CHARS_MAX);
            world.act(resolver("ann"), Command::AskParty { to, question });
            let statement = text(QUESTION_ANSWER_CHARS_MAX);
            let answer = Command::AnswerQuestion { statement };
            world.act(Actor::Person(world.deal.person(to)), answer);
        }
    }
    for n in 0..7 {
        let proposed = ruling(world);
        world.act(resolver("ann"), proposed).draw_approver("cid");
        let answer = if n < 6 {
            Command::RejectRuling
        } else {
            Command::ApproveRuling
        };
        world.act(resolver("cid"), answer);
    }
    let statement = text(STATEMENT_CHARS_MAX);
    world.buyer(Command::Appeal { statement }).draw("ben");
    let proposed = ruling(world);
    world.act(resolver("ben"), proposed).draw_approver("dan");
    world.act(resolver("dan"), Command::ApproveRuling);
    world.expect(State::Settling);
}

/// The gateway is down for a month, then tells of each payout again and again.
fn fail_for_a_month(world: &mut World) {
    let legs: Vec<_> = world.deal.legs.iter().map(|leg| leg.id.clone()).collect();
    for leg in legs {
        for name in ["joe", "kim"] {
            if world.leg(&leg).state == LegState::Planned {
                world.act(admin(name), Command::ApproveLeg { leg: leg.clone() });
            }
        }
        for _ in 0..60 {
            let from = world.leg(&leg).not_before.unwrap_or(world.now);
            world.now = world.now.max(from);
            world.send(&leg);
            world.report(&leg, LegResult::Failed(LegFault::Operator));
        }
        world.now = world.leg(&leg).not_before.unwrap();
        world.send(&leg);
        for n in 0..10 {
            world.report(&leg, paid(&format!("{n:066}")));
        }
        assert_eq!(world.leg(&leg).state, LegState::Paid);
    }
}
