//! Why a request refuses a command.

use super::details::Part;
use crate::asset::Network;
use crate::deal::TermsError;

/// A refusal, with nothing changed. Each text says what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    // Who.
    /// Not the buyer's own request.
    #[error("only the buyer of this request can do this")]
    NotTheBuyer,
    /// The buyer's own request.
    #[error("nobody can offer on a request of their own")]
    OwnRequest,
    /// The request is kept for others.
    #[error("the buyer asked only certain sellers")]
    NotInvited,
    /// Somebody else's offer.
    #[error("only the seller who made this offer can do this")]
    NotTheSeller,

    /// Begun without an account.
    #[error("sign in or make an account to post this request; it is kept for you")]
    AccountNeeded,

    // Where the request stands.
    /// Published already.
    #[error("this request is published; edit it instead")]
    NotADraft,
    /// Not published, or over.
    #[error("this request is not open")]
    NotOpen,
    /// Not waiting for a review.
    #[error("this request does not wait for a review")]
    NotInReview,
    /// The time for offers is over.
    #[error("this request takes no more offers; the buyer can extend its date")]
    OffersClosed,
    /// An accepted offer waits for its payment, or a deal runs.
    #[error("an offer on this request is accepted; its deal comes first")]
    DealRunning,
    /// A deal on this request was paid.
    #[error("this request led to a deal; post a new one")]
    Finished,

    // What is asked for.
    /// Changed meanwhile.
    #[error("this request changed while you were reading; look at it again")]
    RequestChanged,
    /// A part is missing.
    #[error("the request is not complete: {0:?} is missing")]
    Incomplete(Part),
    /// Nothing can be filed there.
    #[error("this category takes no requests; choose another")]
    NoSuchCategory,
    /// Named as what may not be traded here.
    #[error("this may not be traded here; the page on prohibited goods says what may not")]
    Prohibited,
    /// Not within its limits.
    #[error("the quantity is a whole number from 1 to 100,000")]
    Quantity,
    /// Too many.
    #[error("a request has at most 30 specifications; put the rest in the description")]
    TooManySpecifications,
    /// Too many.
    #[error("a request has at most 10 tags; remove some")]
    TooManyTags,
    /// Too many.
    #[error("too many attachments; remove some")]
    TooManyAttachments,
    /// Too many.
    #[error("a request is kept for at most 20 sellers; open it to everybody instead")]
    TooManyInvited,
    /// Somebody who does not sell here, or not to this buyer.
    #[error("this seller cannot be invited; choose another")]
    NoSuchSeller,
    /// Without it everybody may see the request.
    #[error("this is the last invitation; say that the request is to be open to everybody")]
    LastInvited,
    /// Not within its limits.
    #[error("the inspection takes 1 to 30 days")]
    InspectionDays,
    /// None, or one twice.
    #[error("choose at least one proof of delivery, each once")]
    Evidence,
    /// Goods cannot be handed over like this.
    #[error("goods need a postal address, files an online delivery; change one of the two")]
    DeliveryDoesNotSuit,
    /// Too soon or too late.
    #[error("offers are taken for at least an hour and at most 90 days; choose another date")]
    OffersUntil,

    // What is offered.
    /// No such live offer.
    #[error("this offer is not there any more")]
    NoSuchOffer,
    /// The seller has a live offer here.
    #[error("you have an offer on this request; revise it instead")]
    OfferExists,
    /// The seller came back too often.
    #[error("you have offered five times on this request; the buyer has seen enough")]
    TooManyOffersOfSeller,
    /// No more room.
    #[error("this request has as many offers as it can take")]
    RequestFull,
    /// A new seller's limit.
    #[error("a new seller has at most five open offers; withdraw one first")]
    NewSellerLimit,
    /// No time at all.
    #[error("the time of delivery is at least one")]
    DeliveryTime,
    /// None, or one twice.
    #[error("choose at least one network to be paid on, each once")]
    Networks,
    /// The token is not taken there.
    #[error("this token is not taken on one of the networks; leave that one out")]
    TokenNotOnNetwork,
    /// No confirmed address.
    #[error("confirm a payout address on {} first", .0.name())]
    NoPayoutAddress(Network),
    /// Too soon or too late.
    #[error("an offer stands for at least an hour and at most 90 days; choose another date")]
    ValidUntil,
    /// The price makes no sound deal on this network.
    #[error("on {network}: {1}", network = .0.name())]
    Price(Network, TermsError),
    /// The offer makes no sound deal anywhere.
    #[error("{0}")]
    Terms(TermsError),
    /// Too many.
    #[error("an offer can be revised 20 times; withdraw it and make a new one")]
    TooManyRevisions,
    /// The same once more.
    #[error("nothing was changed")]
    NothingChanged,
    /// Accepted.
    #[error("this offer is accepted; cancel its deal instead")]
    OfferAccepted,

    // Accepting.
    /// The seller revised it.
    #[error("this offer changed while you were reading; look at it again")]
    OfferChanged,
    /// It answers an earlier edition of the request.
    #[error("the request changed after this offer; its seller has to confirm or revise it")]
    OfferOutdated,
    /// It stood until now.
    #[error("this offer has expired; its seller can make it again")]
    OfferExpired,
    /// Cannot be paid like this.
    #[error("this offer cannot be paid with this token on this network; choose another")]
    AssetNotOffered,
    /// Something in the terms is not what was shown.
    #[error("the terms changed while you were reading; look at them again")]
    TermsChanged,
    /// Too many deals came to nothing.
    #[error("too many deals on this request came to nothing; post a new one")]
    TooManyAttempts,
    /// No such deal here.
    #[error("this deal does not belong to this request")]
    NoSuchDeal,
    /// Not a deal that can be taken up again.
    #[error("only an expired or cancelled deal can be taken up again")]
    NotReopenable,
}

impl Rejection {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotTheBuyer => "NOT_THE_BUYER",
            Self::OwnRequest => "OWN_REQUEST",
            Self::NotInvited => "NOT_INVITED",
            Self::NotTheSeller => "NOT_THE_SELLER",
            Self::AccountNeeded => "ACCOUNT_NEEDED",
            Self::NotADraft => "NOT_A_DRAFT",
            Self::NotOpen => "REQUEST_NOT_OPEN",
            Self::NotInReview => "NOT_IN_REVIEW",
            Self::OffersClosed => "OFFERS_CLOSED",
            Self::DealRunning => "DEAL_RUNNING",
            Self::Finished => "REQUEST_FINISHED",
            Self::RequestChanged => "REQUEST_CHANGED",
            Self::Incomplete(Part::What) => "WHAT_MISSING",
            Self::Incomplete(Part::Delivery) => "DELIVERY_MISSING",
            Self::Incomplete(Part::Conditions) => "CONDITIONS_MISSING",
            Self::NoSuchCategory => "NO_SUCH_CATEGORY",
            Self::Prohibited => "PROHIBITED",
            Self::Quantity => "QUANTITY",
            Self::TooManySpecifications => "TOO_MANY_SPECIFICATIONS",
            Self::TooManyTags => "TOO_MANY_TAGS",
            Self::TooManyAttachments => "TOO_MANY_ATTACHMENTS",
            Self::TooManyInvited => "TOO_MANY_INVITED",
            Self::NoSuchSeller => "NO_SUCH_SELLER",
            Self::LastInvited => "LAST_INVITED",
            Self::InspectionDays => "INSPECTION_DAYS",
            Self::Evidence => "EVIDENCE_CONTRACT",
            Self::DeliveryDoesNotSuit => "DELIVERY_DOES_NOT_SUIT",
            Self::OffersUntil => "OFFERS_UNTIL",
            Self::NoSuchOffer => "NO_SUCH_OFFER",
            Self::OfferExists => "OFFER_EXISTS",
            Self::TooManyOffersOfSeller => "TOO_MANY_OFFERS_OF_SELLER",
            Self::RequestFull => "REQUEST_FULL",
            Self::NewSellerLimit => "NEW_SELLER_LIMIT",
            Self::DeliveryTime => "DELIVERY_TIME",
            Self::Networks => "NETWORKS",
            Self::TokenNotOnNetwork => "TOKEN_NOT_ON_NETWORK",
            Self::NoPayoutAddress(_) => "NO_PAYOUT_ADDRESS",
            Self::ValidUntil => "VALID_UNTIL",
            Self::Price(_, error) | Self::Terms(error) => error.code(),
            Self::TooManyRevisions => "TOO_MANY_REVISIONS",
            Self::NothingChanged => "NOTHING_CHANGED",
            Self::OfferAccepted => "OFFER_ACCEPTED",
            Self::OfferChanged => "OFFER_CHANGED",
            Self::OfferOutdated => "OFFER_OUTDATED",
            Self::OfferExpired => "OFFER_EXPIRED",
            Self::AssetNotOffered => "ASSET_NOT_OFFERED",
            Self::TermsChanged => "TERMS_CHANGED",
            Self::TooManyAttempts => "TOO_MANY_ATTEMPTS",
            Self::NoSuchDeal => "NO_SUCH_DEAL",
            Self::NotReopenable => "NOT_REOPENABLE",
        }
    }
}
