//! What a buyer asks for: what it is, where it goes, on which conditions.

use serde::{Deserialize, Serialize};

use super::rejection::Rejection;
use crate::deal::{EvidenceItem, ProductKind};
use crate::id::{CategoryId, FileId, UserId};
use crate::link::WebLink;
use crate::money::Bps;
use crate::postal::{Place, PostalAddress};
use crate::price::Budget;
use crate::text::{Block, Line};
use crate::time::{Span, Timestamp};

/// What a request is called.
pub type Title = Line<200>;

/// What a request says at length.
pub type Description = Block<2000>;

/// The most specifications of a request.
pub const SPECIFICATIONS_MAX: usize = 30;
/// The most tags of a request.
pub const TAGS_MAX: usize = 10;
/// The most attachments of a request.
pub const ATTACHMENTS_MAX: usize = 10;
/// The most sellers that a request can be kept for.
pub const INVITED_MAX: usize = 20;
/// The most pieces that can be asked for.
pub const QUANTITY_MAX: u32 = 100_000;
/// The shortest and the longest time that offers are taken.
pub const OFFERS_OPEN: (Span, Span) = (Span::hours(1), Span::days(90));
/// How long the buyer looks at the goods when nothing else is asked for.
pub const USUAL_INSPECTION_DAYS: u8 = 3;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct What {
    /// In one line.
    pub title: Title,
    /// At length.
    pub description: Description,
    /// The category it is filed in.
    pub category: CategoryId,
    /// How it is handed over.
    pub kind: ProductKind,
    /// How many.
    pub quantity: u32,
    /// A page that shows it.
    pub link: Option<WebLink>,
    /// Size.
    pub size: Option<Line<60>>,
    /// Colour.
    pub color: Option<Line<60>>,
    /// Brand.
    pub brand: Option<Line<60>>,
    /// Further properties, in the buyer's order.
    pub specifications: Vec<Specification>,
    /// Words to find it by.
    pub tags: Vec<Line<30>>,
    /// Pictures and documents.
    pub attachments: Vec<FileId>,
}

/// One property: `memory: 16 GB`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specification {
    /// Which property.
    pub key: Line<60>,
    /// What it should be.
    pub value: Line<200>,
    /// How a form named the property, when it asked for it.
    pub label: Option<Line<60>>,
}

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Delivery {
    /// To an address.
    Physical {
        /// As it was when the request was written: later changes of the address book are not
        /// changes of a deal.
        address: PostalAddress,
        /// For whoever delivers.
        notes: Option<Block<500>>,
    },
    /// Over the network.
    Online {
        /// Where to send it.
        email: Option<Line<254>>,
        /// How to hand it over.
        notes: Option<Block<500>>,
    },
}

impl Delivery {
    /// Whether goods of this kind can be handed over this way.
    pub const fn suits(&self, kind: ProductKind) -> bool {
        match kind {
            ProductKind::PhysicalProduct => matches!(self, Self::Physical { .. }),
            ProductKind::DigitalProduct => matches!(self, Self::Online { .. }),
            ProductKind::Service | ProductKind::Consultation => true,
        }
    }

    /// What anybody may see of it.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Physical { address, .. } => Some(address.place()),
            Self::Online { .. } => None,
        }
    }
}

/// How soon it is needed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Some time.
    Low,
    /// As usual.
    #[default]
    Medium,
    /// Soon.
    High,
    /// At once.
    Urgent,
}

impl Urgency {
    /// All there are, least urgent first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The urgency of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.code() == code)
    }
}

/// On which conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// What the buyer means to spend.
    pub budget: Budget,
    /// How soon it is needed.
    pub urgency: Urgency,
    /// Until when offers are taken.
    pub offers_until: Timestamp,
    /// How many days the buyer looks at the goods, 1 to 30.
    pub inspection_days: u8,
    /// What a seller must show to deliver without a code.
    pub evidence: Vec<EvidenceItem>,
    /// The buyer's part when nobody rules; none leaves it to the evidence alone.
    pub buyer_on_silence: Option<Bps>,
    /// The only sellers who may offer; empty is everybody.
    pub invited: Vec<UserId>,
}

impl Conditions {
    /// How long the buyer looks at the goods.
    pub fn inspection(&self) -> Span {
        Span::days(u32::from(self.inspection_days))
    }
}

/// A complete request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What is asked for.
    pub what: What,
    /// Where it goes.
    pub delivery: Delivery,
    /// On which conditions.
    pub conditions: Conditions,
}

/// A request in the making: each part is there or not, and what is there is sound in itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// What is asked for.
    pub what: Option<What>,
    /// Where it goes.
    pub delivery: Option<Delivery>,
    /// On which conditions.
    pub conditions: Option<Conditions>,
}

impl What {
    /// Whether its figures and lists are within their limits.
    ///
    /// # Errors
    /// The first limit that is broken.
    pub fn check(&self) -> Result<(), Rejection> {
        self.faults().next().map_or(Ok(()), Err)
    }

    /// Every limit that its figures and lists break.
    pub fn faults(&self) -> impl Iterator<Item = Rejection> + use<> {
        [
            (
                !(1..=QUANTITY_MAX).contains(&self.quantity),
                Rejection::Quantity,
            ),
            (
                self.specifications.len() > SPECIFICATIONS_MAX,
                Rejection::TooManySpecifications,
            ),
            (self.tags.len() > TAGS_MAX, Rejection::TooManyTags),
        ]
        .into_iter()
        .filter_map(|(is_broken, rejection)| is_broken.then_some(rejection))
    }
}

impl Conditions {
    /// Whether its figures and lists are within their limits, apart from the time, which counts
    /// when the request is published.
    ///
    /// # Errors
    /// The first limit that is broken.
    pub fn check(&self) -> Result<(), Rejection> {
        self.faults().next().map_or(Ok(()), Err)
    }

    /// Every limit that its figures and lists break, apart from the time.
    pub fn faults(&self) -> impl Iterator<Item = Rejection> + use<> {
        let mut evidence = self.evidence.clone();
        evidence.sort_unstable();
        evidence.dedup();
        [
            (
                !(1..=30).contains(&self.inspection_days),
                Rejection::InspectionDays,
            ),
            (
                evidence.is_empty() || evidence.len() != self.evidence.len(),
                Rejection::Evidence,
            ),
        ]
        .into_iter()
        .filter_map(|(is_broken, rejection)| is_broken.then_some(rejection))
    }

    /// Whether offers are taken long enough, and not for too long.
    pub(super) fn check_offers_until(&self, now: Timestamp) -> Result<(), Rejection> {
        let (shortest, longest) = OFFERS_OPEN;
        let soonest = now.plus(shortest);
        if (soonest..=now.plus(longest)).contains(&self.offers_until) {
            Ok(())
        } else {
            Err(Rejection::OffersUntil)
        }
    }
}

impl Details {
    /// Whether all parts are within their limits and suit one another.
    ///
    /// # Errors
    /// The first limit that is broken.
    pub fn check(&self) -> Result<(), Rejection> {
        self.what.check()?;
        self.conditions.check()?;
        if self.delivery.suits(self.what.kind) {
            Ok(())
        } else {
            Err(Rejection::DeliveryDoesNotSuit)
        }
    }

    pub(super) fn check_filing(&self, filed_in: &[CategoryId]) -> Result<(), Rejection> {
        if filed_in.last() == Some(&self.what.category) {
            Ok(())
        } else {
            Err(Rejection::NoSuchCategory)
        }
    }

    /// Whether an offer on `other` would be an offer on something else than these details.
    pub(super) fn differs_for_sellers(&self, other: &Self) -> bool {
        let asked = |details: &Self| {
            let mut what = details.what.clone();
            what.tags.clear();
            let mut conditions = details.conditions.clone();
            conditions.urgency = Urgency::default();
            conditions.offers_until = Timestamp::default();
            conditions.invited.clear();
            (what, details.delivery.clone(), conditions)
        };
        asked(self) != asked(other)
    }
}

impl Draft {
    /// The complete request.
    ///
    /// # Errors
    /// [`Rejection::Incomplete`] names the first part that is missing.
    pub fn complete(&self) -> Result<Details, Rejection> {
        Ok(Details {
            what: self.what.clone().ok_or(Rejection::Incomplete(Part::What))?,
            delivery: self
                .delivery
                .clone()
                .ok_or(Rejection::Incomplete(Part::Delivery))?,
            conditions: self
                .conditions
                .clone()
                .ok_or(Rejection::Incomplete(Part::Conditions))?,
        })
    }
}

/// A part of a request, as the buyer is led through them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What is asked for.
    What,
    /// Where it goes.
    Delivery,
    /// On which conditions.
    Conditions,
}
