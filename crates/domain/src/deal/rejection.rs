//! Why a command was refused. Facts are never refused.

use crate::time::Timestamp;

macro_rules! rejections {
    ($($(#[doc = $doc:literal])* $name:ident $(($field:ty))? = $code:literal, $text:literal;)+) => {
        /// A refusal that names what is wrong; nothing has changed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        pub enum Rejection {
            $($(#[doc = $doc])* #[error($text)] $name $(($field))?,)+
        }

        impl Rejection {
            /// A stable word for clients.
            pub const fn code(&self) -> &'static str {
                match self {
                    $(rejections!(@pattern $name $($field)?) => $code,)+
                }
            }

            /// Every code there is, for documents and translations.
            pub const CODES: &'static [&'static str] = &[$($code,)+];
        }
    };
    (@pattern $name:ident) => { Self::$name };
    (@pattern $name:ident $field:ty) => { Self::$name(_) };
}

rejections! {
    /// The caller is no party and no staff of this deal.
    NotYours = "NOT_YOURS", "this deal is not yours";
    /// Only the buyer may.
    BuyerOnly = "BUYER_ONLY", "only the buyer may do this";
    /// Only the seller may.
    SellerOnly = "SELLER_ONLY", "only the seller may do this";
    /// Only the other party may.
    OtherPartyOnly = "OTHER_PARTY_ONLY", "only the other party may do this";
    /// Only staff of the right role may.
    StaffOnly = "STAFF_ONLY", "only staff may do this";
    /// Only the system may.
    SystemOnly = "SYSTEM_ONLY", "only the system may do this";
    /// Staff never act on a deal of their own.
    OwnDeal = "OWN_DEAL", "nobody on the staff acts on a deal of their own";
    /// The page was older than the deal.
    Stale = "STALE", "this deal changed while you were reading";
    /// Not in this state.
    WrongState = "WRONG_STATE", "the deal is not in a state where this can be done";
    /// Nothing is sent while the deal is held.
    OnHold = "ON_HOLD", "the deal is paused for review";
    /// There is no leg or money that a hold could stop.
    NothingToHold = "NOTHING_TO_HOLD", "there is nothing that a hold could stop";
    /// All legs have left.
    TooLate = "TOO_LATE", "the money is already on its way";
    /// Four periods have been used.
    NoMoreHolds = "NO_MORE_HOLDS", "this deal has been held as often as a deal may be";
    /// A further hold takes another admin.
    AnotherAdmin = "ANOTHER_ADMIN", "a different person must do this";
    /// The text is longer than a deal keeps.
    TextTooLong = "TEXT_TOO_LONG", "this text is longer than a deal keeps";
    /// The deal has taken as many steps of this kind as it can keep.
    Full = "DEAL_FULL", "this deal has taken as much as a deal can keep";
    /// The deal is not held.
    NotHeld = "NOT_HELD", "the deal is not on hold";

    /// There is no such proposal any more.
    NoSuchProposal = "NO_SUCH_PROPOSAL", "this proposal is no longer open";
    /// Ten proposals were made.
    TooManyProposals = "TOO_MANY_PROPOSALS", "a deal takes at most ten proposals";
    /// The parts are more than what is held.
    SplitTooLarge = "SPLIT_TOO_LARGE", "the parts are more than what is held";
    /// The proposal names another sum than has arrived.
    SumChanged = "SUM_CHANGED", "another sum has arrived since";
    /// After fees nothing could be paid out.
    PriceTooLow = "PRICE_TOO_LOW", "at this price nothing could be paid out after fees";
    /// An extension of nothing, or of more than a deal may take.
    ExtensionOutOfRange = "EXTENSION_OUT_OF_RANGE", "an extension is between one hour and 90 days";

    /// No code was made, or it was used.
    NoCode = "NO_CODE", "the buyer has not made a code yet";
    /// It is no longer valid.
    CodeExpired = "CODE_EXPIRED", "the code has expired; the buyer can make a new one";
    /// Five wrong tries.
    CodeLocked(Timestamp) = "CODE_LOCKED", "too many wrong tries; wait 15 minutes";
    /// Ten wrong tries.
    CodeUsedUp = "CODE_USED_UP", "too many wrong tries; ask the buyer for a new code";
    /// Twenty wrong tries, or codes, in this deal.
    CodesExhausted = "CODES_EXHAUSTED", "no more tries in this deal; deliver with proof, or open a dispute";
    /// The earliest time is given.
    TooEarly(Timestamp) = "TOO_EARLY", "it is too early for this";
    /// Goods that are carried, and nobody is named who carries them.
    CarrierMissing = "CARRIER_MISSING", "it must be said who carries the goods";
    /// An item of the evidence contract is missing.
    EvidenceMissing = "EVIDENCE_MISSING", "an item of the evidence contract is missing";
    /// Fifty files of one side.
    TooMuchEvidence = "TOO_MUCH_EVIDENCE", "each side can add at most 50 files";
    /// Changes were asked for twice.
    NoMoreChanges = "NO_MORE_CHANGES", "changes can be asked for twice";

    /// Two disputes of one party.
    NoMoreDisputes = "NO_MORE_DISPUTES", "each party can open two disputes in a deal";
    /// Only the system opens a dispute for this.
    NotChoosable = "NOT_CHOOSABLE", "a person cannot dispute for this reason";
    /// It cannot be withdrawn: a timer opened it, it is the second, or a ruling is near.
    CannotWithdraw = "CANNOT_WITHDRAW", "this dispute can no longer be withdrawn";
    /// It was answered.
    AlreadyAnswered = "ALREADY_ANSWERED", "the dispute was answered";
    /// Nothing was asked, or it was answered.
    NoQuestion = "NO_QUESTION", "no question waits for your answer";
    /// Each side answers so many, and no more.
    NoMoreQuestions = "NO_MORE_QUESTIONS", "each side can be asked three questions in a deal";
    /// The answer or its deadline comes first.
    AnswerFirst = "ANSWER_FIRST", "the other party may answer first";
    /// Another resolver was drawn.
    NotAssigned = "NOT_ASSIGNED", "this case was not drawn for you";
    /// Not one who may be drawn for this.
    CannotBeDrawn = "CANNOT_BE_DRAWN", "this person cannot be drawn for this case";
    /// Buyer's part, seller's part and fee are not what is held.
    DoesNotAddUp = "DOES_NOT_ADD_UP", "the parts and the fee must add up to what is held";
    /// A ruling waits for approval already.
    RulingPending = "RULING_PENDING", "a ruling waits for approval";
    /// No ruling waits.
    NoRulingPending = "NO_RULING_PENDING", "no ruling waits for approval";
    /// The appeal was used.
    NoMoreAppeals = "NO_MORE_APPEALS", "a deal can be appealed once";

    /// There is no such leg.
    NoSuchLeg = "NO_SUCH_LEG", "there is no such payout in this deal";
    /// The leg is not where this can be done.
    WrongLegState = "WRONG_LEG_STATE", "the payout is not in a state where this can be done";
    /// Not the payee.
    NotThePayee = "NOT_THE_PAYEE", "only the payee may do this";
    /// The address was changed as often as a deal allows.
    TooManyAddresses = "TOO_MANY_ADDRESSES", "the address was changed as often as a deal allows";
    /// Above what is sent without a person.
    NeedsApproval = "NEEDS_APPROVAL", "a payout of this size needs approval";
    /// Too little to send by itself.
    BelowMinimum = "BELOW_MINIMUM", "this is less than the smallest payout";
    /// There is no surplus.
    NoSurplus = "NO_SURPLUS", "there is no surplus";
    /// The price did not come late.
    NoLateFunds = "NO_LATE_FUNDS", "there is no late payment to decide on";
    /// Both must agree first.
    NotAgreed = "NOT_AGREED", "both parties must agree first";
    /// The operator must cover what cannot be cut.
    CoverTooSmall = "COVER_TOO_SMALL", "unsent payouts do not cover the rest of the loss";
    /// More than was lost.
    CoverTooLarge = "COVER_TOO_LARGE", "this is more than was lost";
}
