//! Everything that somebody can be told, with what stands in the gaps of its text.
//!
//! A notification keeps the message, not a text: it is worded when it is shown, in the language
//! that its reader uses then.

use std::collections::BTreeMap;

use domain::notification::{NotificationKind, NotificationTopic};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing to tell somebody. Amounts are finished texts such as `1,240.00 USDT`; titles are what
/// people typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the gaps are named as what stands in them")]
pub enum Message {
    // Requests and offers.
    /// To the buyer.
    OfferReceived {
        title: String,
        seller: String,
        amount: String,
    },
    /// To the buyer.
    OfferRevised {
        title: String,
        seller: String,
        amount: String,
    },
    /// To the buyer.
    OfferWithdrawn { title: String, seller: String },
    /// To the seller.
    OfferAccepted { title: String, amount: String },
    /// To a seller whose offer was not chosen.
    OfferNotChosen { title: String },
    /// To the seller.
    OfferExpired { title: String },
    /// To the seller: the buyer would rather have something else.
    OfferCountered { title: String },
    /// To a seller whose offer binds only after a new look.
    RequestChanged { title: String },
    /// To a seller who was asked by name.
    InvitedToOffer { title: String },
    /// To the buyer: no more offers are taken.
    OffersClosed { title: String },
    /// To the buyer: staff ask for changes.
    RequestSentBack { title: String },
    /// To the buyer: staff hid it.
    RequestTakenDown { title: String },
    /// To whoever shows something that breaks the rules.
    Warned { title: String, reason: String },
    /// To whoever reported something.
    ReportDecided { title: String },

    // Paying.
    /// To both: nothing is certain yet.
    PaymentSeen { title: String, amount: String },
    /// To the buyer.
    PaymentShort { title: String, missing: String },
    /// To the buyer.
    PaymentHeld { title: String, amount: String },
    /// To the seller: ship now.
    DealFunded { title: String, amount: String },
    /// To both.
    PaymentTakenBack { title: String },
    /// To both.
    LatePayment { title: String, amount: String },
    /// To the buyer.
    SurplusReturned { title: String, amount: String },
    /// To both.
    DealExpired { title: String },
    /// To the other party.
    DealCancelled { title: String },

    // Delivering.
    /// To the buyer.
    Shipped {
        title: String,
        carrier: String,
        tracking: String,
    },
    /// To both: the code was right.
    Delivered { title: String },
    /// To the buyer: the seller says so, with proof.
    DeliveredWithoutCode { title: String },
    /// To the buyer: the last day of inspection.
    InspectionEnding { title: String, amount: String },
    /// To the seller.
    ChangesAsked { title: String },
    /// To both: more time.
    DeadlinesExtended { title: String },

    // Agreeing.
    /// To the other party.
    ProposalMade { title: String },
    /// To who proposed.
    ProposalAccepted { title: String },

    // Disputes.
    /// To the other party: answer.
    DisputeOpened { title: String, amount: String },
    /// To both: nobody opened it, time did.
    DisputeByTimer { title: String },
    /// To who opened it.
    DisputeAnswered { title: String },
    /// To the party that whoever judges has asked.
    QuestionAsked { title: String },
    /// To the resolver who asked.
    QuestionAnswered { title: String },
    /// To the other party.
    DisputeWithdrawn { title: String },
    /// To the other party.
    EvidenceAdded { title: String },
    /// To the resolver.
    DisputeDrawn { title: String },
    /// To the resolver who has to approve.
    RulingToApprove { title: String },
    /// To both.
    Ruled { title: String },
    /// To the other party.
    Appealed { title: String },

    // Money out.
    /// To a payee.
    PayoutOnItsWay { title: String, amount: String },
    /// To a payee.
    PayoutSent { title: String, amount: String },
    /// To a payee.
    PayoutDelayed { title: String, amount: String },
    /// To a payee who has no address, or one that was refused.
    AddressNeeded { title: String, amount: String },
    /// To a payee.
    PayoutUnclaimed { title: String, amount: String },
    /// To a payee: small payouts, sent together.
    JointPayoutSent { amount: String },
    /// To a payee: small payouts that could not be sent together are unclaimed again.
    JointPayoutDissolved { amount: String },

    // What nobody did.
    /// To both.
    DealHeld { title: String },
    /// To both.
    HoldLifted { title: String },
    /// To both: the chain changed.
    DealSuspended { title: String },
    /// To both: it is whole again.
    DealResumed { title: String },
    /// To both.
    LossDeclared { title: String },
    /// To both.
    LossSettled { title: String },

    // To admins, about a deal.
    /// A payout is too large for the system to approve.
    PayoutToApprove { title: String, amount: String },
    /// A payout failed for the operator's reasons; it is tried again.
    PayoutFailed { title: String, amount: String },
    /// Nobody knows whether a payout left.
    PayoutUnclear { title: String, amount: String },
    /// A second transaction claims to have paid a payout.
    PaidAgain { title: String, tx: String },
    /// The transaction named for a payout has paid another one.
    PayoutNotCounted { title: String, tx: String },
    /// What was promised has lost its funding.
    LossToSettle { title: String, missing: String },
    /// Nobody could be drawn to judge a dispute.
    ResolverMissing { title: String },
    /// A hold is over by itself; another admin can place it anew.
    HoldToRenew { title: String },
    /// The deal of a suspended person goes on: its hold was refused.
    DealNotHeld { title: String },

    // To admins, about the house.
    /// The wallet holds little more than what is owed.
    WalletLow { amount: String },
    /// Less is there than is owed: payouts are stopped.
    MoneyMissing { missing: String },
    /// An admin stopped payouts.
    PayoutsStopped { reason: String },
    /// An admin lets payouts go on.
    PayoutsResumed { reason: String },
    /// Roles or a suspension were proposed, and an admin has to decide.
    PersonToDecide { name: String },
    /// A job failed at something for good.
    WorkGivenUp { subject: String },
    /// Somebody reported something.
    ReportFiled { title: String },
}

impl Message {
    /// The stable word and the gaps, as a store keeps them.
    pub(crate) fn to_stored(&self) -> (String, BTreeMap<String, String>) {
        let value = serde_json::to_value(self).expect("a message has a JSON form");
        let Value::Object(fields) = value else {
            unreachable!("a message is written as an object");
        };
        let mut params: BTreeMap<String, String> = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
            .collect();
        let word = params.remove("message");
        (word.expect("a message is tagged by its word"), params)
    }

    /// The message that a store kept; none when an older or newer program wrote it.
    pub(crate) fn from_stored(word: &str, params: &BTreeMap<String, String>) -> Option<Self> {
        let fields = params
            .iter()
            .map(|(name, text)| (name.clone(), Value::from(text.clone())))
            .chain([("message".to_owned(), Value::from(word))]);
        serde_json::from_value(Value::Object(fields.collect())).ok()
    }

    /// Whether a rule counts on it being in the person's list, whatever they prefer.
    pub(crate) const fn must_be_found(&self) -> bool {
        matches!(
            self,
            Self::InspectionEnding { .. }
                | Self::RequestTakenDown { .. }
                | Self::Warned { .. }
                | Self::MoneyMissing { .. }
                | Self::WorkGivenUp { .. }
                | Self::PayoutUnclear { .. }
                | Self::PaidAgain { .. }
                | Self::PayoutNotCounted { .. }
                | Self::LossToSettle { .. }
                | Self::ResolverMissing { .. }
                | Self::DealNotHeld { .. }
        )
    }

    /// What it belongs to.
    pub const fn topic(&self) -> NotificationTopic {
        use NotificationTopic as T;
        match self {
            Self::InvitedToOffer { .. }
            | Self::RequestChanged { .. }
            | Self::OffersClosed { .. }
            | Self::RequestSentBack { .. }
            | Self::RequestTakenDown { .. }
            | Self::Warned { .. }
            | Self::ReportDecided { .. }
            | Self::ReportFiled { .. } => T::PurchaseRequest,
            Self::OfferReceived { .. }
            | Self::OfferRevised { .. }
            | Self::OfferWithdrawn { .. }
            | Self::OfferAccepted { .. }
            | Self::OfferNotChosen { .. }
            | Self::OfferExpired { .. }
            | Self::OfferCountered { .. } => T::Offer,
            Self::PersonToDecide { .. } => T::System,
            Self::Shipped { .. }
            | Self::Delivered { .. }
            | Self::DeliveredWithoutCode { .. }
            | Self::InspectionEnding { .. }
            | Self::ChangesAsked { .. }
            | Self::DeadlinesExtended { .. } => T::Delivery,
            Self::ProposalMade { .. }
            | Self::ProposalAccepted { .. }
            | Self::DisputeOpened { .. }
            | Self::DisputeByTimer { .. }
            | Self::DisputeAnswered { .. }
            | Self::QuestionAsked { .. }
            | Self::QuestionAnswered { .. }
            | Self::DisputeWithdrawn { .. }
            | Self::EvidenceAdded { .. }
            | Self::DisputeDrawn { .. }
            | Self::ResolverMissing { .. }
            | Self::RulingToApprove { .. }
            | Self::Ruled { .. }
            | Self::Appealed { .. } => T::Dispute,
            // All else is about money: paid in, held, paid out.
            _ => T::Payment,
        }
    }

    /// How it is shown.
    pub const fn kind(&self) -> NotificationKind {
        use NotificationKind as K;
        match self {
            Self::OfferAccepted { .. }
            | Self::PaymentHeld { .. }
            | Self::DealFunded { .. }
            | Self::Delivered { .. }
            | Self::ProposalAccepted { .. }
            | Self::SurplusReturned { .. }
            | Self::PayoutSent { .. }
            | Self::JointPayoutSent { .. }
            | Self::HoldLifted { .. }
            | Self::DealResumed { .. }
            | Self::PayoutsResumed { .. }
            | Self::LossSettled { .. } => K::Success,
            Self::RequestChanged { .. }
            | Self::RequestSentBack { .. }
            | Self::RequestTakenDown { .. }
            | Self::Warned { .. }
            | Self::ReportFiled { .. }
            | Self::PaymentShort { .. }
            | Self::LatePayment { .. }
            | Self::DeliveredWithoutCode { .. }
            | Self::InspectionEnding { .. }
            | Self::ChangesAsked { .. }
            | Self::DisputeOpened { .. }
            | Self::DisputeByTimer { .. }
            | Self::QuestionAsked { .. }
            | Self::DisputeDrawn { .. }
            | Self::RulingToApprove { .. }
            | Self::PayoutDelayed { .. }
            | Self::AddressNeeded { .. }
            | Self::JointPayoutDissolved { .. }
            | Self::PayoutToApprove { .. }
            | Self::PayoutFailed { .. }
            | Self::HoldToRenew { .. }
            | Self::DealNotHeld { .. }
            | Self::WalletLow { .. }
            | Self::DealHeld { .. }
            | Self::PayoutsStopped { .. }
            | Self::PersonToDecide { .. }
            | Self::DealSuspended { .. } => K::Warning,
            Self::PaymentTakenBack { .. }
            | Self::LossDeclared { .. }
            | Self::PayoutUnclear { .. }
            | Self::PaidAgain { .. }
            | Self::PayoutNotCounted { .. }
            | Self::LossToSettle { .. }
            | Self::ResolverMissing { .. }
            | Self::MoneyMissing { .. }
            | Self::WorkGivenUp { .. } => K::Error,
            _ => K::Info,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_message_comes_back() {
        let message = Message::Shipped {
            title: "Camera".into(),
            carrier: "Post".into(),
            tracking: "T-1".into(),
        };
        let (word, params) = message.to_stored();
        assert_eq!(word, "shipped");
        assert_eq!(params["carrier"], "Post");
        assert_eq!(Message::from_stored(&word, &params), Some(message));
    }

    #[test]
    fn a_message_of_another_version_is_no_message() {
        assert_eq!(Message::from_stored("of_tomorrow", &BTreeMap::new()), None);
        assert_eq!(Message::from_stored("shipped", &BTreeMap::new()), None);
    }
}
