//! The terms of a deal: fixed and hashed when the buyer accepts, never changed by one side.

use serde::{Deserialize, Serialize};

use crate::asset::Asset;
use crate::digest::Digest;
use crate::id::UserId;
use crate::money::{Bps, Units};
use crate::time::Span;

/// What both agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Who pays.
    pub buyer: UserId,
    /// Who delivers.
    pub seller: UserId,
    /// What is bought.
    pub goods: Goods,
    /// What is paid with.
    pub asset: Asset,
    /// What must arrive in escrow, in base units of the asset.
    pub price: Units,
    /// The platform's part of what the seller gets.
    pub fee_rate: Bps,
    /// Taken from each payout, for the operator's gas, in base units.
    pub network_fee: Units,
    /// How long each step may take.
    pub periods: Periods,
    /// What the seller must show to deliver without a code.
    pub evidence_contract: Vec<EvidenceItem>,
    /// The buyer's part when nobody rules and the goods were on their way; none leaves it to the
    /// evidence alone.
    pub buyer_on_silence: Option<Bps>,
    /// Where the seller is paid: an address confirmed before the offer.
    pub seller_address: Destination,
}

/// What is bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    /// The offer's title.
    pub title: String,
    /// What the request asked for and the offer promised.
    pub description: String,
    /// How it is handed over.
    pub kind: ProductKind,
    /// How many.
    pub quantity: u32,
}

/// How goods are handed over; decides which periods make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// Carried from hand to hand or by a carrier.
    PhysicalProduct,
    /// A file, a key, an account.
    DigitalProduct,
    /// Work done for the buyer.
    Service,
    /// Time and advice.
    Consultation,
}

impl ProductKind {
    /// All there are.
    pub const ALL: [Self; 4] = [
        Self::PhysicalProduct,
        Self::DigitalProduct,
        Self::Service,
        Self::Consultation,
    ];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PhysicalProduct => "physical_product",
            Self::DigitalProduct => "digital_product",
            Self::Service => "service",
            Self::Consultation => "consultation",
        }
    }

    /// The kind of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The longest time the seller has to ship, counted from funding.
    pub const fn ship_by(self) -> Span {
        match self {
            Self::PhysicalProduct | Self::Service | Self::Consultation => Span::days(7),
            Self::DigitalProduct => Span::hours(24),
        }
    }

    /// How long a delivery of this kind takes at the least, before a seller may say that it
    /// arrived without the buyer's code.
    pub const fn min_transit(self) -> Span {
        match self {
            Self::PhysicalProduct => Span::hours(48),
            Self::DigitalProduct => Span::ZERO,
            Self::Service | Self::Consultation => Span::hours(24),
        }
    }
}

/// How long each step may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periods {
    /// From funding until the seller must have shipped.
    pub ship_by: Span,
    /// From funding until it must have been delivered.
    pub delivery: Span,
    /// The shortest time between shipping and a delivery without a code.
    pub min_transit: Span,
    /// How long the buyer may look at the goods.
    pub inspection: Span,
}

impl Periods {
    /// How much longer than the minimum transit a delivery time must be.
    pub const DELIVERY_MARGIN: Span = Span::hours(48);
    /// How long before delivery less transit the goods must be shipped.
    pub const SHIPPING_MARGIN: Span = Span::hours(24);
    /// The longest delivery that can be offered.
    pub const DELIVERY_MAX: Span = Span::days(365);
    /// The shortest and the longest inspection.
    pub const INSPECTION: (Span, Span) = (Span::days(1), Span::days(30));

    /// The periods of a delivery of `kind` that was promised within `delivery` of funding.
    pub fn of(kind: ProductKind, delivery: Span, inspection: Span) -> Self {
        let min_transit = kind.min_transit();
        let latest = delivery.minus(min_transit).minus(Self::SHIPPING_MARGIN);
        Self {
            ship_by: kind.ship_by().min(latest),
            delivery,
            min_transit,
            inspection,
        }
    }

    /// Whether the periods leave room for one another.
    ///
    /// # Errors
    /// The first of [`TermsError`] that holds.
    pub fn check(&self) -> Result<(), TermsError> {
        let latest = self
            .delivery
            .minus(self.min_transit)
            .minus(Self::SHIPPING_MARGIN);
        if self.delivery < self.min_transit.plus(Self::DELIVERY_MARGIN) {
            return Err(TermsError::DeliveryTooShort);
        }
        if self.delivery > Self::DELIVERY_MAX {
            return Err(TermsError::DeliveryTooLong);
        }
        if self.ship_by > latest || self.ship_by == Span::ZERO {
            return Err(TermsError::ShipByTooLate);
        }
        let (shortest, longest) = Self::INSPECTION;
        if self.inspection < shortest || self.inspection > longest {
            return Err(TermsError::Inspection);
        }
        Ok(())
    }
}

/// One thing that counts as proof of delivery, chosen at acceptance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceItem {
    /// A photograph of the goods before packing.
    PhotoOfGoods,
    /// A photograph of the sealed parcel with its label.
    PhotoOfParcel,
    /// The carrier's receipt.
    CarrierReceipt,
    /// The carrier's own record that it was delivered.
    DeliveryRecord,
    /// A signed delivery note.
    SignedNote,
    /// The file, link or key that was handed over.
    HandedOverFile,
    /// A record of the work or the conversation.
    WorkRecord,
}

impl EvidenceItem {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::PhotoOfGoods,
        Self::PhotoOfParcel,
        Self::CarrierReceipt,
        Self::DeliveryRecord,
        Self::SignedNote,
        Self::HandedOverFile,
        Self::WorkRecord,
    ];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PhotoOfGoods => "photo_of_goods",
            Self::PhotoOfParcel => "photo_of_parcel",
            Self::CarrierReceipt => "carrier_receipt",
            Self::DeliveryRecord => "delivery_record",
            Self::SignedNote => "signed_note",
            Self::HandedOverFile => "handed_over_file",
            Self::WorkRecord => "work_record",
        }
    }

    /// The item of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }

    /// What is asked for where the buyer chose nothing.
    pub fn usual_for(kind: ProductKind) -> Vec<Self> {
        match kind {
            ProductKind::PhysicalProduct => vec![Self::PhotoOfParcel, Self::CarrierReceipt],
            ProductKind::DigitalProduct => vec![Self::HandedOverFile],
            ProductKind::Service | ProductKind::Consultation => vec![Self::WorkRecord],
        }
    }
}

/// An address on the network of the deal's asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Destination(String);

impl Destination {
    /// Takes an address that has the asset's network's shape.
    pub fn new(asset: Asset, address: impl Into<String>) -> Option<Self> {
        let address = address.into();
        asset
            .network()
            .has_shape_of_address(&address)
            .then_some(Self(address))
    }

    /// The address as a wallet takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why terms cannot stand. Each names a figure that one side can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// Buyer and seller are one person.
    #[error("nobody can trade with themselves")]
    SameParty,
    /// Below the asset's smallest deal.
    #[error("the price is below the smallest deal in this token on this network")]
    PriceTooSmall,
    /// Above the asset's largest deal.
    #[error("the price is above the largest deal")]
    PriceTooLarge,
    /// More decimal places than a price has.
    #[error("a price has at most six decimal places")]
    PriceTooPrecise,
    /// Fees leave the seller too little to pay out.
    #[error("after fees nothing could be paid out")]
    FeesEatPrice,
    /// Less than the minimum transit and 48 hours.
    #[error("the delivery time is shorter than the minimum transit plus 48 hours")]
    DeliveryTooShort,
    /// More than a year.
    #[error("the delivery time is longer than a year")]
    DeliveryTooLong,
    /// Later than delivery less transit less 24 hours.
    #[error("the goods must be shipped a day and the minimum transit before delivery ends")]
    ShipByTooLate,
    /// Not between 1 and 30 days.
    #[error("an inspection takes between 1 and 30 days")]
    Inspection,
    /// No quantity.
    #[error("at least one must be bought")]
    Quantity,
    /// No proof, or the same twice.
    #[error("the evidence contract names each proof once, and at least one")]
    Evidence,
}

impl TermsError {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameParty => "SAME_PARTY",
            Self::PriceTooSmall => "PRICE_TOO_SMALL",
            Self::PriceTooLarge => "PRICE_TOO_LARGE",
            Self::PriceTooPrecise => "PRICE_TOO_PRECISE",
            Self::FeesEatPrice => "FEES_EAT_PRICE",
            Self::DeliveryTooShort => "DELIVERY_TOO_SHORT",
            Self::DeliveryTooLong => "DELIVERY_TOO_LONG",
            Self::ShipByTooLate => "SHIP_BY_TOO_LATE",
            Self::Inspection => "INSPECTION_PERIOD",
            Self::Quantity => "QUANTITY",
            Self::Evidence => "EVIDENCE_CONTRACT",
        }
    }
}

impl Terms {
    /// The fingerprint that the buyer accepts and the receipt carries.
    pub fn hash(&self) -> Digest {
        Digest::of_value(self)
    }

    /// The platform's fee when the seller's part is `gross`; rounded down, for the seller.
    pub fn fee_on(&self, gross: Units) -> Units {
        self.fee_rate.of(gross)
    }

    /// What the seller finally receives from `price`: less the fee, less one network fee.
    pub fn seller_receives(&self, price: Units) -> Units {
        price.less(self.fee_on(price)).less(self.network_fee)
    }

    /// Whether a deal at `price` leaves the seller a part that can be paid out.
    pub fn leaves_enough(&self, price: Units) -> bool {
        price.less(self.fee_on(price)) > self.network_fee
            && price.less(self.fee_on(price)) > self.asset.min_payout()
    }

    /// Whether these terms can stand.
    ///
    /// # Errors
    /// The first of [`TermsError`] that holds.
    pub fn check(&self) -> Result<(), TermsError> {
        if self.buyer == self.seller {
            return Err(TermsError::SameParty);
        }
        self.check_price()?;
        self.periods.check()?;
        if self.goods.quantity == 0 {
            return Err(TermsError::Quantity);
        }
        let mut items = self.evidence_contract.clone();
        items.sort_unstable();
        items.dedup();
        if items.is_empty() || items.len() != self.evidence_contract.len() {
            return Err(TermsError::Evidence);
        }
        Ok(())
    }

    fn check_price(&self) -> Result<(), TermsError> {
        if self.price < self.asset.min_deal() {
            return Err(TermsError::PriceTooSmall);
        }
        if self.price > self.asset.max_deal() {
            return Err(TermsError::PriceTooLarge);
        }
        if !self.asset.is_price(self.price) {
            return Err(TermsError::PriceTooPrecise);
        }
        if self.leaves_enough(self.price) {
            Ok(())
        } else {
            Err(TermsError::FeesEatPrice)
        }
    }
}
