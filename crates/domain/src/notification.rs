//! What people are told about, and by which way.

use serde::{Deserialize, Serialize};

/// How a notification is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// News.
    Info,
    /// Something went well.
    Success,
    /// Something has to be done, or time runs short.
    Warning,
    /// Something went wrong.
    Error,
}

/// What a notification belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationTopic {
    /// A purchase request.
    PurchaseRequest,
    /// An offer.
    Offer,
    /// Money.
    Payment,
    /// Goods on their way.
    Delivery,
    /// A dispute.
    Dispute,
    /// A conversation.
    Chat,
    /// The account, or the place itself.
    System,
}

impl NotificationTopic {
    /// All there are, in the order in which preferences list them.
    pub const ALL: [Self; 7] = [
        Self::PurchaseRequest,
        Self::Offer,
        Self::Payment,
        Self::Delivery,
        Self::Dispute,
        Self::Chat,
        Self::System,
    ];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PurchaseRequest => "purchase_request",
            Self::Offer => "offer",
            Self::Payment => "payment",
            Self::Delivery => "delivery",
            Self::Dispute => "dispute",
            Self::Chat => "chat",
            Self::System => "system",
        }
    }

    /// The topic of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// By which ways somebody wants to hear of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Channels {
    /// In the list of notifications.
    pub in_app: bool,
    /// By mail.
    pub email: bool,
}

impl Channels {
    /// Both ways.
    pub const BOTH: Self = Self {
        in_app: true,
        email: true,
    };

    /// What somebody gets who chose nothing: all in the list, and by mail what concerns money and
    /// deadlines. News that come by the dozen stay in the list.
    pub const fn default_of(topic: NotificationTopic) -> Self {
        use NotificationTopic as T;
        let email = match topic {
            T::Offer | T::Payment | T::Delivery | T::Dispute | T::System => true,
            T::PurchaseRequest | T::Chat => false,
        };
        Self {
            in_app: true,
            email,
        }
    }
}
