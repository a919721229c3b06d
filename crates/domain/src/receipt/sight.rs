//! Which fields a receipt opens: what its holder may hand on to anybody.
//!
//! A party's words and addresses are theirs, so they stand open in their own receipt alone, though the
//! other one reads them in the deal's room. What passes between staff is open to neither.

use crate::deal::{Deal, EventBody, LegId, Opener, Party};

/// In whose receipts something stands open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// In both.
    Both,
    /// In this party's.
    Only(Party),
    /// In neither.
    Nobody,
}

impl Sight {
    /// Whether it stands open in this party's receipt.
    pub(super) fn is_open_to(self, holder: Party) -> bool {
        match self {
            Self::Both => true,
            Self::Only(party) => party == holder,
            Self::Nobody => false,
        }
    }
}

/// Of a field of the terms.
pub(super) fn of_term(name: &str) -> Sight {
    match name {
        // Their digest has no salt: closed terms could be tried until it fits.
        "hash" => Sight::Nobody,
        "terms.buyer" => Sight::Only(Party::Buyer),
        "terms.seller" | "terms.seller_address" => Sight::Only(Party::Seller),
        _ => Sight::Both,
    }
}

/// Of a field of a payout to this party.
pub(super) fn of_payout(payee: Party, name: &str) -> Sight {
    if name == "destination" {
        Sight::Only(payee)
    } else {
        Sight::Both
    }
}

/// Fields of an event, and whatever lies within them, that are not for both.
pub(super) type Private = Vec<(&'static str, Sight)>;

/// What in an event is not for both. None where nothing of it is for a party: what passes between
/// staff, or between the house and its gateway, and whatever kind nobody has thought of here yet.
pub(super) fn private(deal: &Deal, body: &EventBody) -> Option<Private> {
    use EventBody as E;
    let payee = |leg: &LegId| {
        deal.leg(leg)
            .map_or(Sight::Nobody, |leg| Sight::Only(leg.payee))
    };
    Some(match body {
        E::Opened { .. } => vec![("what.terms", Sight::Nobody)], // see `of_term`
        // Addresses.
        E::RefundAddressSet { .. } => vec![("what.destination", Sight::Only(Party::Buyer))],
        E::LegAddressGiven { leg, .. } | E::LegClaimed { leg, .. } => {
            vec![("what.destination", payee(leg))]
        }
        E::LegJoined { leg, .. } => vec![
            ("what.joining.destination", payee(leg)),
            ("what.joining.joint", payee(leg)),
        ],
        // Words.
        E::ChangesAsked { .. } => vec![("what.note", Sight::Only(Party::Buyer))],
        E::EvidenceAdded { evidence } => {
            vec![("what.evidence.note", Sight::Only(evidence.by))]
        }
        E::DisputeOpened { opener, .. } => vec![("what.claim.statement", of_opener(*opener))],
        E::DisputeAnswered { by, .. } | E::QuestionAnswered { by, .. } => {
            vec![("what.statement", Sight::Only(*by))]
        }
        E::QuestionAsked { to, .. } => vec![("what.question", Sight::Only(*to))],
        E::Appealed { appeal } => vec![("what.appeal.statement", Sight::Only(appeal.by))],
        // Who of the staff it was; and of a ruling that is not made yet, everything.
        E::ResolverDrawn { .. } => vec![("what.resolver", Sight::Nobody)],
        E::RulingProposed { .. } => vec![("what.proposed", Sight::Nobody)],
        E::Ruled { .. } => vec![
            ("what.ruling.by.user", Sight::Nobody),
            ("what.ruling.approved_by", Sight::Nobody),
        ],
        _ if is_for_both(body) => Private::new(),
        _ => return None,
    })
}

/// Whether all of an event stands open in both receipts.
const fn is_for_both(body: &EventBody) -> bool {
    use EventBody as E;
    matches!(
        body,
        E::DepositSeen { .. }
            | E::DepositDropped { .. }
            | E::DepositCredited { .. }
            | E::DepositReversed { .. }
            | E::DepositRescued { .. }
            | E::PaymentDetected
            | E::PaymentUndetected
            | E::PaymentShort
            | E::PaymentGone
            | E::TopUpExtended
            | E::ShortfallWaived { .. }
            | E::Funded
            | E::Cancelled { .. }
            | E::Expired
            | E::Shipped { .. }
            | E::CodeMade { .. }
            | E::CodeRefused { .. }
            | E::CodeVerified
            | E::DeliveredWithoutCode
            | E::DeliverySeen
            | E::ReminderDue
            | E::ReminderWritten
            | E::DeadlinesExtended { .. }
            | E::Proposed { .. }
            | E::ProposalWithdrawn { .. }
            | E::ProposalAccepted { .. }
            | E::AnswerOverdue
            | E::DisputeWithdrawn
            | E::RulingDropped
            | E::RulingVoided
            | E::Settled { .. }
            | E::SurplusPlanned { .. }
            | E::LatePlanned { .. }
            | E::LegApproved { .. }
            | E::LegSending { .. }
            | E::LegUnclear { .. }
            | E::LegFailed { .. }
            | E::LegResendAgreed { .. }
            | E::LegPaid { .. }
            | E::LegUnclaimed { .. }
            | E::LegReleased { .. }
            | E::Closed { .. }
            | E::LateFundsOffered
            | E::LateFundsGone
            | E::ReopenAgreed { .. }
            | E::Reopened
            | E::Suspended { .. }
            | E::FundingRestored
            | E::FundingLost
            | E::LossFound { .. }
            | E::LossMadeGood
            | E::LossSettled { .. }
            | E::HoldPlaced { .. }
            | E::HoldLifted
            | E::HoldLapsed
            | E::DowntimeCredited { .. }
    )
}

/// Of a field of an event in which this is not for both.
pub(super) fn of_event(private: &[(&str, Sight)], name: &str) -> Sight {
    let is_within = |part: &str| {
        name.strip_prefix(part)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let found = private.iter().find(|(part, _)| is_within(part));
    found.map_or(Sight::Both, |(_, sight)| *sight)
}

/// Of what the opener of a dispute says: the system's own words are for both.
fn of_opener(opener: Opener) -> Sight {
    opener.party().map_or(Sight::Both, Sight::Only)
}
