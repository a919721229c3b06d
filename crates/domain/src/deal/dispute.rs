//! Disputes: claims of both sides, two tiers of ruling, and what the evidence says when nobody rules.

use serde::{Deserialize, Serialize};

use super::Party;
use super::clock::{RULING_PAUSE, Stopped};
use super::state::State;
use crate::digest::Digest;
use crate::id::{DisputeId, FileId, UserId};
use crate::money::Units;
use crate::time::{Span, Timestamp};

/// Who opened a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opener {
    /// The buyer.
    Buyer,
    /// The seller.
    Seller,
    /// A deadline, or money that the chain took back; it cannot be withdrawn.
    System,
}

impl Opener {
    /// The party, unless it was the system.
    pub const fn party(self) -> Option<Party> {
        match self {
            Self::Buyer => Some(Party::Buyer),
            Self::Seller => Some(Party::Seller),
            Self::System => None,
        }
    }
}

impl From<Party> for Opener {
    fn from(party: Party) -> Self {
        match party {
            Party::Buyer => Self::Buyer,
            Party::Seller => Self::Seller,
        }
    }
}

/// What a dispute is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeCategory {
    /// Not as agreed.
    ProductQuality,
    /// Not delivered in time.
    DeliveryDelay,
    /// Something else came.
    WrongItem,
    /// About the money.
    PaymentIssue,
    /// About how the other behaves.
    SellerBehavior,
    /// Anything else.
    Other,
    /// The chain took the funding back (opened by the system).
    FundingLost,
    /// Delivered without a code, and the buyer never saw it (opened by the system).
    DeliveryUnseen,
}

impl DisputeCategory {
    /// Those that a person may choose.
    pub const CHOOSABLE: [Self; 6] = [
        Self::ProductQuality,
        Self::DeliveryDelay,
        Self::WrongItem,
        Self::PaymentIssue,
        Self::SellerBehavior,
        Self::Other,
    ];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ProductQuality => "product_quality",
            Self::DeliveryDelay => "delivery_delay",
            Self::WrongItem => "wrong_item",
            Self::PaymentIssue => "payment_issue",
            Self::SellerBehavior => "seller_behavior",
            Self::Other => "other",
            Self::FundingLost => "funding_lost",
            Self::DeliveryUnseen => "delivery_unseen",
        }
    }

    /// The category that a person chose by its [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::CHOOSABLE
            .into_iter()
            .find(|category| category.code() == code)
    }
}

/// Who is judging.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// The first resolver; can be appealed.
    First,
    /// Another resolver, after an appeal; final.
    Second,
}

/// A decision on the held money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The buyer's part of what is held, in base units.
    pub buyer: Units,
    /// Who decided.
    pub by: RuledBy,
    /// Why, in the resolver's words.
    pub reasoning: String,
    /// Who approved it, where it was above what one may decide alone.
    pub approved_by: Option<UserId>,
}

/// Who decided a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "user")]
pub enum RuledBy {
    /// A resolver.
    Resolver(UserId),
    /// Nobody ruled in time: the evidence, or the terms' split on silence.
    Evidence,
}

/// A ruling that waits for its approver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedRuling {
    /// The decision.
    pub ruling: Ruling,
    /// Who was drawn to approve it.
    pub approver: Option<UserId>,
    /// Who was drawn before and let the time pass.
    pub missed_by: Option<UserId>,
    /// Whether the first approver's time has passed.
    pub second_call: bool,
}

/// One dispute of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// Who opened it.
    pub opener: Opener,
    /// What it is about.
    pub category: DisputeCategory,
    /// What the opener says.
    pub statement: String,
    /// The buyer's part that the opener asks for.
    pub wanted: Option<Units>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Where the deal stood.
    pub opened_in: State,
    /// What was answered: by the other party, or by both where the system opened it.
    pub answers: Vec<Answer>,
    /// What whoever judges asked, oldest first.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The answers, or their deadline, are behind us: a ruling may be made.
    pub may_be_ruled: bool,
    /// The tier that is judging.
    pub tier: Tier,
    /// Who was drawn for this tier.
    pub resolver: Option<UserId>,
    /// Who judged the first tier.
    pub first_resolver: Option<UserId>,
    /// Who approved the first tier's ruling.
    #[serde(default)]
    pub first_approver: Option<UserId>,
    /// A ruling that waits for approval.
    pub proposed: Option<ProposedRuling>,
    /// The ruling that stands, unless it is appealed.
    pub ruling: Option<Ruling>,
    /// What the first tier ruled, while the second judges.
    pub first_ruling: Option<Ruling>,
    /// The appellant's words.
    pub appeal: Option<Appeal>,
    /// The deal's own deadlines, stopped while the dispute lasts.
    pub parked: Vec<Stopped>,
    /// What the ruling clock had left when a proposed ruling stopped it, and when that was.
    pub ruling_stopped: Option<(Span, Timestamp)>,
    /// How long proposed rulings may still stop the clock in this tier.
    pub pause_left: Span,
    /// When it ended, and how.
    pub closed: Option<DisputeEnd>,
}

/// An answer to a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who answered.
    pub by: Party,
    /// What.
    pub statement: String,
    /// When.
    pub at: Timestamp,
}

/// A question of whoever judges to one party. It moves no clock, and nobody has to wait for the
/// answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Who is asked.
    pub to: Party,
    /// What.
    pub question: String,
    /// When.
    pub at: Timestamp,
    /// What they answered.
    pub answer: Option<Answer>,
}

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Who appealed.
    pub by: Party,
    /// Why.
    pub statement: String,
}

/// How a dispute ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeEnd {
    /// Its opener withdrew it.
    Withdrawn,
    /// Both agreed, or one conceded.
    Agreed,
    /// A ruling was carried out.
    Ruled,
}

impl Dispute {
    /// Whether this party has answered.
    pub fn has_answered(&self, party: Party) -> bool {
        self.answers.iter().any(|answer| answer.by == party)
    }

    /// Whether this person ruled in the first tier, or approved its ruling: the second is judged by
    /// others.
    pub fn has_judged_first(&self, user: UserId) -> bool {
        [self.first_resolver, self.first_approver].contains(&Some(user))
    }

    /// The oldest question that waits for this party's answer.
    pub fn open_question(&self, party: Party) -> Option<&Question> {
        let mut asked = self.questions.iter();
        asked.find(|question| question.to == party && question.answer.is_none())
    }

    /// Whether this party is to answer, and has not.
    pub fn awaits_answer_of(&self, party: Party) -> bool {
        self.opener != party.into() && !self.has_answered(party)
    }

    pub(super) fn new(
        id: DisputeId,
        opener: Opener,
        claim: Claim,
        opened_in: State,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            opener,
            category: claim.category,
            statement: claim.statement,
            wanted: claim.wanted,
            opened_at: now,
            opened_in,
            answers: Vec::new(),
            questions: Vec::new(),
            may_be_ruled: false,
            tier: Tier::First,
            resolver: None,
            first_resolver: None,
            first_approver: None,
            proposed: None,
            ruling: None,
            first_ruling: None,
            appeal: None,
            parked: Vec::new(),
            ruling_stopped: None,
            pause_left: RULING_PAUSE,
            closed: None,
        }
    }
}

/// What the opener of a dispute says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about.
    pub category: DisputeCategory,
    /// What happened.
    pub statement: String,
    /// The buyer's part that is asked for, in base units.
    pub wanted: Option<Units>,
}

/// A piece of evidence: kept by the digest of its original bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Who gave it.
    pub by: Party,
    /// The stored file.
    pub file: FileId,
    /// The digest of the bytes as they were captured.
    pub sha256: Digest,
    /// Which item of the evidence contract it is meant to satisfy.
    pub item: Option<super::EvidenceItem>,
    /// What the giver says of it.
    pub note: String,
    /// When.
    pub at: Timestamp,
}
