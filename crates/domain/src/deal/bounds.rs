//! How much a deal takes of each thing, so that it stays below [`MAX_BYTES`] whatever people do.

use super::rejection::Rejection;
use crate::time::Span;

/// The largest a stored deal may become, in bytes of JSON; asserted where it is stored.
pub const MAX_BYTES: usize = 1_000_000;
/// Proposals a deal takes.
pub const PROPOSALS_MAX: u32 = 10;
/// Files of evidence a side can add.
pub const EVIDENCE_PER_SIDE_MAX: usize = 50;
/// How often changes can be asked for.
pub const CHANGES_MAX: u8 = 2;
/// Disputes a party can open.
pub const DISPUTES_PER_PARTY_MAX: usize = 2;
/// Periods of hold of a deal.
pub const HOLDS_MAX: usize = 4;
/// Transfers that a deal keeps. Each is at least the asset's minimum deposit, or sums up dust.
pub const DEPOSITS_MAX: usize = 50;
/// How often transfers are seen or credited, all together: each return of one after the chain took
/// it back counts again.
pub const DEPOSIT_ENTRIES_MAX: u32 = 110;
/// Questions that each side is asked in a deal, by everybody who judges.
pub const QUESTIONS_PER_SIDE_MAX: usize = 3;
/// Rulings that resolvers make or put before an approver, in all tiers.
pub const RULINGS_PROPOSED_MAX: u32 = 8;
/// Resolvers and approvers who are drawn, in all tiers.
pub const DRAWS_MAX: u32 = 40;
/// How often a payee can say where one leg goes.
pub const ADDRESSES_PER_LEG_MAX: u32 = 8;
/// How often one leg is sent, alone or taken over by a joint payout, until joint payouts leave it
/// to people.
pub const JOINED_SENDS_MAX: u32 = 20;
/// The same with what is claimed later: whoever used up the first can still come back for money.
pub const CLAIMS_PER_LEG_MAX: u32 = 16;
/// Gaps of ours that are given back to a deal.
pub const DOWNTIMES_MAX: usize = 300;
/// How often the buyer can say where refunds go.
pub const REFUND_ADDRESSES_MAX: u32 = 20;
/// Transactions of one leg that are kept besides the one that paid it.
pub const OTHER_TXS_MAX: usize = 4;
/// The shortest and the longest extension that one proposal asks for.
pub const EXTENSION: (Span, Span) = (Span::hours(1), Span::days(90));

/// Characters of a statement: a claim, an answer, an appeal, the reasons of a ruling.
pub const STATEMENT_CHARS_MAX: usize = 2_000;
/// Characters of a question to a party.
pub const QUESTION_CHARS_MAX: usize = 500;
/// Characters of the answer to it.
pub const QUESTION_ANSWER_CHARS_MAX: usize = 1_000;
/// Characters of the reason of a hold.
pub const NOTE_CHARS_MAX: usize = 200;
/// Characters of a note to a file of evidence. A deal has each twice, in its list and in its log,
/// with up to four bytes a character: all the notes of both sides stay below half of [`MAX_BYTES`].
pub const EVIDENCE_NOTE_CHARS_MAX: usize = 500;
const _: () = assert!(2 * 2 * EVIDENCE_PER_SIDE_MAX * 4 * EVIDENCE_NOTE_CHARS_MAX < MAX_BYTES / 2);
/// Characters of a carrier's name, and of its number for a parcel.
pub const LABEL_CHARS_MAX: usize = 100;

/// Refuses a text that is longer than `chars_max`.
pub(super) fn require_short(text: &str, chars_max: usize) -> Result<(), Rejection> {
    if text.chars().count() > chars_max {
        Err(Rejection::TextTooLong)
    } else {
        Ok(())
    }
}
