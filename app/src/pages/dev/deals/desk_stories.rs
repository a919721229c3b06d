//! Deals that are told up to where staff have to do something.

use domain::deal::{Actor, Command, EvidenceItem, LegFault, LegId, LegResult, Party};
use domain::ledger::Account;

use super::samples::{answered, disputed};
use super::story::{Story, usd, user};

/// The admin who looks.
pub(super) const VIEWER: &str = "viewer";
/// Another admin, who was there before.
pub(super) const OTHER: &str = "other";
/// Why a ruling divides as it does.
pub(super) const REASONS: &str = "The photograph before packing shows no scratch, but it does not show the front lens.\nThe buyer's photograph does.";

fn by_admin(story: &mut Story, name: &str, command: Command) {
    story.act(Actor::Admin(user(name)), command);
}

pub(super) fn unanswered(story: &mut Story) {
    disputed(story);
    story.drawn();
}

pub(super) fn to_rule(story: &mut Story) {
    disputed(story);
    answered(story);
    let note = "The lens as it arrived";
    story.shows(Party::Buyer, EvidenceItem::PhotoOfGoods, note);
}

pub(super) fn large(story: &mut Story) {
    to_rule(story);
    story.takes_two();
}

pub(super) fn proposed(story: &mut Story) {
    large(story);
    story.ruled(usd(86_800), REASONS);
    let approver = user("approver");
    story.system(Command::DrawApprover { approver });
}

pub(super) fn appealed(story: &mut Story) {
    to_rule(story);
    story.ruled(usd(86_800), REASONS);
    let statement = "The photograph of the lens is of another camera.".to_owned();
    story.seller(Command::Appeal { statement });
    let resolver = user("second resolver");
    story.system(Command::DrawResolver { resolver });
}

pub(super) fn ruled(story: &mut Story) {
    to_rule(story);
    story.ruled(usd(86_800), REASONS);
}

/// A payout that takes two admins.
pub(super) fn owed(story: &mut Story) {
    story.funded().shipped().delivered();
    story.takes_two().buyer(Command::Accept);
}

fn approved_by(story: &mut Story, name: &str) {
    let leg = LegId::Seller;
    by_admin(story, name, Command::ApproveLeg { leg });
}

pub(super) fn endorsed(story: &mut Story) {
    owed(story);
    approved_by(story, OTHER);
}

pub(super) fn endorsed_by_viewer(story: &mut Story) {
    owed(story);
    approved_by(story, VIEWER);
}

pub(super) fn in_veto_time(story: &mut Story) {
    endorsed(story);
    approved_by(story, VIEWER);
}

pub(super) fn unclear(story: &mut Story) {
    story.funded().shipped().delivered().buyer(Command::Accept);
    story.sending().reported(&LegResult::Unclear);
}

pub(super) fn unclear_with_key(story: &mut Story) {
    unclear(story);
    let leg = LegId::Seller;
    by_admin(story, OTHER, Command::AgreeResend { leg });
}

pub(super) fn unclear_with_own_key(story: &mut Story) {
    unclear(story);
    let leg = LegId::Seller;
    by_admin(story, VIEWER, Command::AgreeResend { leg });
}

pub(super) fn refused(story: &mut Story) {
    story.funded().shipped().delivered().buyer(Command::Accept);
    story
        .sending()
        .reported(&LegResult::Failed(LegFault::Address));
}

pub(super) fn funded(story: &mut Story) {
    story.funded();
}

fn held(story: &mut Story) {
    story.funded();
    let reason = "The parcel's number belongs to another sender. We ask both sides.".to_owned();
    by_admin(story, OTHER, Command::Hold { reason });
}

pub(super) fn to_lift(story: &mut Story) {
    held(story);
}

pub(super) fn to_lift_second(story: &mut Story) {
    held(story);
    by_admin(story, OTHER, Command::LiftHold);
}

pub(super) fn to_lift_own(story: &mut Story) {
    held(story);
    by_admin(story, VIEWER, Command::LiftHold);
}

/// The seller's part was paid, the buyer's not yet, when the chain took the payment back.
pub(super) fn lost(story: &mut Story) {
    story.refunds_to_own_address().funded().shipped();
    story.proposes_half(Party::Seller);
    if let Some(id) = story.deal.proposals.first().map(|proposal| proposal.id) {
        story.buyer(Command::AcceptProposal { id });
    }
    let leg = LegId::Seller;
    story.system(Command::ApproveLeg { leg: leg.clone() });
    story.system(Command::StartSending { leg: leg.clone() });
    let tx = format!("0x{}", "c4".repeat(32));
    let result = LegResult::Paid { tx };
    story.system(Command::LegReported {
        leg,
        sending: 1,
        result,
    });
    story.reversed("one");
}

pub(super) fn lost_second(story: &mut Story) {
    lost(story);
    let cover = story.deal.balance(Account::Shortfall);
    by_admin(story, OTHER, Command::SettleLoss { cover });
}
