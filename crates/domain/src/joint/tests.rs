//! The rules of joint payouts.

use super::*;
use crate::asset::{Network, Token};
use crate::deal::{Actor, Context, LegFault, LegResult, Limits};
use crate::time::Span;

const NOON: Timestamp = Timestamp::from_unix_ms(1_800_000_000_000);

fn asset() -> Asset {
    Asset::new(Network::Bsc, Token::Usdt).unwrap()
}

fn cents(cents: u64) -> Units {
    asset().cents(cents)
}

fn person(name: &str) -> UserId {
    UserId::derived(&[name.as_bytes()])
}

fn deal(number: usize) -> DealId {
    DealId::derived(&[&number.to_be_bytes()])
}

/// A leg of the `number`-th deal.
fn leg(number: usize, units: Units) -> Candidate {
    Candidate {
        deal: deal(number),
        leg: LegId::Seller,
        sends: 0,
        gross: units,
        network_fee: cents(30),
    }
}

fn open(candidates: Vec<Candidate>) -> Result<JointPayout, Rejection> {
    let to = "0x55d398326f99059fF775485246999027B3197955";
    let destination = Destination::new(asset(), to).unwrap();
    let id = JointPayoutId::derived(&[b"joint"]);
    JointPayout::open(id, person("payee"), asset(), destination, candidates, NOON)
}

/// Three legs of 60, 50 and 20 cents.
fn gathering() -> JointPayout {
    let legs = [60, 20, 50].into_iter().enumerate();
    open(
        legs.map(|(number, units)| leg(number, cents(units)))
            .collect(),
    )
    .unwrap()
}

fn decide(
    joint: &JointPayout,
    actor: Actor,
    command: JointCommand,
    now: Timestamp,
) -> Result<JointPayout, Rejection> {
    let limits = Limits {
        payout_auto: cents(150),
        payout_one_key: cents(1_500),
        ruling_alone: Units::ZERO,
    };
    let context = Context {
        now,
        expected_version: None,
        address_read_at: None,
        limits: &limits,
    };
    Ok(joint.decide(actor, command, &context)?.joint)
}

fn system(joint: &JointPayout, command: JointCommand) -> Result<JointPayout, Rejection> {
    decide(joint, Actor::System, command, NOON)
}

fn admin(joint: &JointPayout, name: &str, command: JointCommand) -> Result<JointPayout, Rejection> {
    decide(joint, Actor::Admin(person(name)), command, NOON)
}

/// The next part is taken, of this much.
fn take(joint: &JointPayout, gross: Units) -> JointPayout {
    let part = joint.next_wanted().unwrap();
    let command = JointCommand::TakePart {
        deal: part.deal,
        leg: part.leg.clone(),
        gross,
        fee: joint.fee_left().min(gross),
    };
    system(joint, command).unwrap()
}

fn refuse(joint: &JointPayout) -> JointPayout {
    let part = joint.next_wanted().unwrap();
    let (deal, leg) = (part.deal, part.leg.clone());
    system(joint, JointCommand::RefusePart { deal, leg }).unwrap()
}

fn gathered() -> JointPayout {
    let mut joint = gathering();
    while let Some(part) = joint.next_wanted() {
        joint = take(&joint, part.gross);
    }
    joint
}

fn sending() -> JointPayout {
    let approved = system(&gathered(), JointCommand::Approve).unwrap();
    system(&approved, JointCommand::StartSending).unwrap()
}

fn reported(joint: &JointPayout, result: LegResult) -> JointPayout {
    let sending = joint.sends;
    system(joint, JointCommand::Report { sending, result }).unwrap()
}

fn paid(tx: &str) -> LegResult {
    LegResult::Paid { tx: tx.into() }
}

#[test]
fn legs_are_named_largest_first_and_add_up_to_the_smallest_payout() {
    let joint = gathering();
    let units: Vec<_> = joint.parts.iter().map(|part| part.gross).collect();
    assert_eq!(units, [cents(60), cents(50), cents(20)]);
    assert_eq!(joint.net(), cents(100));
    let too_little = open(vec![leg(0, cents(50)), leg(1, cents(49))]);
    assert_eq!(too_little, Err(Rejection::BelowMinimum));
    assert_eq!(open(Vec::new()), Err(Rejection::BelowMinimum));
    let many = (0..80).map(|number| leg(number, cents(3))).collect();
    assert_eq!(open(many).unwrap().parts.len(), PARTS_MAX);
}

#[test]
fn a_fee_that_eats_all_up_is_no_payout() {
    let dear = |number| Candidate {
        network_fee: cents(110),
        ..leg(number, cents(55))
    };
    assert_eq!(open(vec![dear(0), dear(1)]), Err(Rejection::BelowMinimum));
}

#[test]
fn one_network_fee_the_largest_is_borne_by_the_first_parts() {
    let mut legs: Vec<_> = (0..4).map(|number| leg(number, cents(40))).collect();
    legs[1].network_fee = cents(55);
    let mut joint = open(legs).unwrap();
    while let Some(part) = joint.next_wanted() {
        joint = take(&joint, part.gross);
    }
    let fees: Vec<_> = joint.parts.iter().map(|part| part.fee).collect();
    assert_eq!(fees, [cents(40), cents(15), Units::ZERO, Units::ZERO]);
    let nets = joint.parts.iter().map(|part| part.gross.less(part.fee));
    assert_eq!(Units::sum(nets), Some(joint.net()));
    assert_eq!(joint.net(), cents(105));
    assert_eq!(joint.state, JointState::Planned);
}

#[test]
fn a_refused_part_is_left_out_and_released() {
    let joint = take(&refuse(&gathering()), cents(50));
    assert_eq!(joint.state, JointState::Gathering);
    let refused = joint.parts[0].clone();
    assert_eq!(joint.fate_of(refused.deal, &refused.leg), Fate::Released);
    assert_eq!(
        joint.fate_of(joint.parts[1].deal, &LegId::Seller),
        Fate::Open
    );
    assert_eq!(joint.fate_of(deal(9), &LegId::Seller), Fate::Released);
    let again = JointCommand::TakePart {
        deal: refused.deal,
        leg: refused.leg,
        gross: cents(60),
        fee: Units::ZERO,
    };
    assert_eq!(system(&joint, again), Err(Rejection::WrongLegState));
}

#[test]
fn too_little_after_gathering_dissolves() {
    let joint = take(&take(&refuse(&gathering()), cents(50)), cents(20));
    assert_eq!(joint.state, JointState::Dissolved);
    assert_eq!(joint.dissolved, Some(Dissolution::TooLittle));
    assert_eq!(joint.open_key(), None);
    for part in &joint.parts {
        assert_eq!(joint.fate_of(part.deal, &part.leg), Fate::Released);
    }
}

#[test]
fn what_a_deal_gives_counts_not_what_was_named() {
    let joint = take(&take(&take(&gathering(), cents(55)), cents(50)), cents(5));
    assert_eq!(joint.gross(), cents(110));
    assert_eq!(joint.state, JointState::Planned);
}

#[test]
fn an_answer_that_was_noted_is_noted_once() {
    let first = gathering().parts[0].clone();
    let joint = take(&gathering(), first.gross);
    let again = JointCommand::TakePart {
        deal: first.deal,
        leg: first.leg,
        gross: first.gross,
        fee: cents(30),
    };
    assert_eq!(system(&joint, again), Ok(joint));
}

#[test]
fn above_the_limit_an_admin_approves_and_above_theirs_two_and_it_waits() {
    let of = |units: u64| {
        let legs = (0..20).map(|number| leg(number, cents(units)));
        let mut joint = open(legs.collect()).unwrap();
        while let Some(part) = joint.next_wanted() {
            joint = take(&joint, part.gross);
        }
        joint
    };
    let approve = || JointCommand::Approve;
    let some = of(20);
    assert_eq!(system(&some, approve()), Err(Rejection::NeedsApproval));
    assert_eq!(admin(&some, "payee", approve()), Err(Rejection::OwnDeal));
    let approved = admin(&some, "joe", approve()).unwrap();
    assert_eq!(approved.state, JointState::Approved);

    let much = admin(&of(90), "joe", approve()).unwrap();
    assert_eq!(much.state, JointState::Planned);
    assert_eq!(admin(&much, "joe", approve()), Err(Rejection::AnotherAdmin));
    let approved = admin(&much, "kim", approve()).unwrap();
    let veto_over = NOON.plus(Span::hours(24));
    let early = system(&approved, JointCommand::StartSending);
    assert_eq!(early, Err(Rejection::TooEarly(veto_over)));
    let sent = decide(
        &approved,
        Actor::System,
        JointCommand::StartSending,
        veto_over,
    );
    assert_eq!(sent.unwrap().state, JointState::Sending);
}

#[test]
fn it_is_paid_once_and_a_second_transaction_is_an_alarm() {
    let joint = reported(&sending(), paid("tx"));
    assert_eq!(joint.state, JointState::Paid);
    assert_eq!(reported(&joint, paid("tx")), joint);
    let part = &joint.parts[1];
    let fate = Fate::Paid {
        sending: 1,
        tx: "tx",
    };
    assert_eq!(joint.fate_of(part.deal, &part.leg), fate);
    let again = reported(&joint, paid("other"));
    assert_eq!((again.state, again.other_txs.len()), (JointState::Paid, 1));
}

#[test]
fn an_unclear_payout_is_sent_again_by_two_admins_alone() {
    let unclear = reported(&sending(), LegResult::Unclear);
    assert_eq!(unclear.state, JointState::Unknown);
    let taken = LegResult::Taken { task: "7".into() };
    let taken = reported(&unclear, taken);
    assert_eq!(taken.state, JointState::Sending, "the sender's own answer");
    let unclear = reported(&taken, LegResult::Unclear);
    let no = LegResult::Failed(LegFault::Operator);
    assert_eq!(reported(&unclear, no), unclear, "once taken, a no is none");
    let again = || JointCommand::AgreeResend;
    assert_eq!(
        system(&unclear, JointCommand::StartSending),
        Err(Rejection::WrongLegState)
    );
    let first = admin(&unclear, "joe", again()).unwrap();
    assert_eq!(admin(&first, "joe", again()), Err(Rejection::AnotherAdmin));
    let agreed = admin(&first, "kim", again()).unwrap();
    assert_eq!(agreed.state, JointState::Approved);
    let sent = system(&agreed, JointCommand::StartSending).unwrap();
    assert_eq!(sent.sends, 2);
    let late = JointCommand::Report {
        sending: 1,
        result: LegResult::Failed(LegFault::Address),
    };
    assert_eq!(system(&sent, late), Ok(sent), "that was the first sending");
}

#[test]
fn a_failure_on_our_side_is_tried_again_after_a_pause() {
    let failed = reported(&sending(), LegResult::Failed(LegFault::Operator));
    assert_eq!((failed.state, failed.delayed), (JointState::Approved, true));
    assert_eq!(failed.not_before, Some(NOON.plus(Span::minutes(1))));
}

#[test]
fn a_refused_address_dissolves_it_so_that_another_can_be_named() {
    let refused = reported(&sending(), LegResult::Failed(LegFault::Address));
    assert_eq!(refused.state, JointState::Dissolved);
    assert_eq!(refused.dissolved, Some(Dissolution::Address));
    let paid = reported(&refused, paid("tx"));
    assert_eq!(paid.state, JointState::Dissolved, "its legs are free again");
    assert_eq!(paid.other_txs, ["tx"]);
}

#[test]
fn only_what_surely_was_not_sent_is_dissolved() {
    let dissolve = |joint: &JointPayout| system(joint, JointCommand::Dissolve);
    assert_eq!(dissolve(&gathered()).unwrap().state, JointState::Dissolved);
    let unclear = reported(&sending(), LegResult::Unclear);
    let paid = reported(&sending(), paid("tx"));
    for joint in [gathering(), sending(), unclear, paid] {
        assert_eq!(dissolve(&joint), Err(Rejection::WrongLegState));
    }
}

#[test]
fn a_stored_joint_payout_comes_back() {
    let joint = reported(&sending(), paid("tx"));
    let text = serde_json::to_string(&joint).unwrap();
    assert_eq!(serde_json::from_str::<JointPayout>(&text).unwrap(), joint);
}
