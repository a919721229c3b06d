//! A request as programs write it.

use domain::Asset;
use domain::postal::PostalAddress;
use domain::price::Budget;
use domain::request::{Conditions, Delivery, Draft, Specification, What};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// What a buyer wants: all of it, or, in a change, the fields that change.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestSent {
    /// In one line, up to 200 characters.
    #[schema(example = "A used camera in good order")]
    pub(super) title: String,
    /// At length, up to 2,000 characters.
    #[schema(example = "Any brand, with a charger; the shutter must work.")]
    pub(super) description: String,
    /// The id or the slug of an open category.
    #[schema(example = "phones")]
    pub(super) category_id: String,
    /// `physical_product`, `digital_product`, `service` or `consultation`.
    #[schema(example = "physical_product")]
    pub(super) product_type: String,
    /// How many; one when it is not said.
    #[schema(example = 1)]
    pub(super) quantity: Option<u32>,
    /// A page that shows it.
    #[schema(example = "https://example.com/camera")]
    pub(super) product_link: Option<String>,
    #[schema(example = "M")]
    pub(super) size: Option<String>,
    #[schema(example = "black")]
    pub(super) color: Option<String>,
    #[schema(example = "Leica")]
    pub(super) brand: Option<String>,
    /// Up to 30 further properties.
    pub(super) specifications: Vec<Property>,
    /// Up to 10 words to find it by.
    #[schema(example = json!(["camera"]))]
    pub(super) tags: Vec<String>,
    pub(super) budget: Option<BudgetSent>,
    /// `low`, `medium`, `high` or `urgent`; medium when it is not said.
    #[schema(example = "medium")]
    pub(super) urgency: Option<String>,
    pub(super) delivery_info: Option<DeliverySent>,
    /// The only sellers who may offer; empty is everybody.
    #[schema(example = json!([]))]
    pub(super) preferred_seller_ids: Vec<String>,
    /// Until when offers are taken, an hour to 90 days from now; 14 days when it is not said.
    #[schema(example = json!(null))]
    pub(super) offers_until: Option<String>,
    /// How many days the buyer looks at the goods, 1 to 30; 3 when it is not said.
    #[schema(example = 3)]
    pub(super) inspection_days: Option<u8>,
    /// What a seller must show to deliver without a code: `photo_of_goods`, `photo_of_parcel`,
    /// `carrier_receipt`, `delivery_record`, `signed_note`, `handed_over_file`, `work_record`;
    /// what is usual for goods of the kind when it is not said.
    #[schema(example = json!(["photo_of_parcel", "carrier_receipt"]))]
    pub(super) evidence: Option<Vec<String>>,
    /// The buyer's part in basis points when nobody rules; none leaves it to the evidence.
    #[schema(example = 5000)]
    pub(super) buyer_on_silence_bps: Option<u16>,
}

/// One property: `memory: 16 GB`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Property {
    #[schema(example = "memory")]
    pub(super) key: String,
    #[schema(example = "16 GB")]
    pub(super) value: String,
    /// How a form named the property.
    #[schema(example = "Memory")]
    pub(super) label: Option<String>,
}

/// What a buyer means to spend.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct BudgetSent {
    /// The least.
    #[schema(example = "80")]
    pub(super) min: Option<String>,
    /// The most.
    #[schema(example = "120.5")]
    pub(super) max: String,
    /// `USDT`, `USDC`, `USD`, `EUR` or `IRR`.
    #[schema(example = "USDT")]
    pub(super) currency: String,
}

/// Where it goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeliverySent {
    /// `physical` or `online`.
    #[serde(rename = "type")]
    #[schema(example = "physical")]
    pub(super) kind: String,
    /// Where a parcel goes.
    pub(super) address: Option<AddressSent>,
    /// Where to send what has no weight.
    #[schema(example = json!(null))]
    pub(super) email: Option<String>,
    /// For whoever delivers, up to 500 characters.
    #[schema(example = "Second floor")]
    pub(super) notes: Option<String>,
}

/// A postal address.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AddressSent {
    #[schema(example = "Sara Ahmadi")]
    pub(super) recipient: String,
    #[schema(example = "12 Valiasr Street")]
    pub(super) street: String,
    #[schema(example = "Flat 3")]
    pub(super) extra: Option<String>,
    #[schema(example = "Tehran")]
    pub(super) city: String,
    #[schema(example = "Tehran")]
    pub(super) region: Option<String>,
    #[schema(example = "1966733435")]
    pub(super) postal_code: Option<String>,
    /// Two letters (ISO 3166-1).
    #[schema(example = "IR")]
    pub(super) country: String,
    #[schema(example = "+982112345678")]
    pub(super) phone: Option<String>,
}

impl RequestSent {
    /// What is there already, as it would be sent.
    pub fn of(draft: &Draft) -> Self {
        let mut written = Self::default();
        if let Some(what) = &draft.what {
            written.put_what(what);
        }
        if let Some(conditions) = &draft.conditions {
            written.put_conditions(conditions);
        }
        written.delivery_info = draft.delivery.as_ref().map(DeliverySent::from);
        written
    }

    fn put_what(&mut self, what: &What) {
        let text = ToString::to_string;
        self.title = what.title.to_string();
        self.description = what.description.to_string();
        self.category_id = what.category.to_string();
        what.kind.code().clone_into(&mut self.product_type);
        self.quantity = Some(what.quantity);
        self.product_link = what.link.as_ref().map(|link| link.as_str().to_owned());
        self.size = what.size.as_ref().map(text);
        self.color = what.color.as_ref().map(text);
        self.brand = what.brand.as_ref().map(text);
        self.specifications = what.specifications.iter().map(Property::from).collect();
        self.tags = what.tags.iter().map(ToString::to_string).collect();
    }

    fn put_conditions(&mut self, conditions: &Conditions) {
        self.budget = Some(BudgetSent::from(conditions.budget));
        self.urgency = Some(conditions.urgency.code().to_owned());
        self.preferred_seller_ids = conditions.invited.iter().map(ToString::to_string).collect();
        self.offers_until = Some(rfc3339(conditions.offers_until));
        self.inspection_days = Some(conditions.inspection_days);
        let codes = conditions
            .evidence
            .iter()
            .map(|item| item.code().to_owned());
        self.evidence = Some(codes.collect());
        self.buyer_on_silence_bps = conditions.buyer_on_silence.map(domain::Bps::get);
    }
}

impl From<&Specification> for Property {
    fn from(one: &Specification) -> Self {
        Self {
            key: one.key.to_string(),
            value: one.value.to_string(),
            label: one.label.as_ref().map(ToString::to_string),
        }
    }
}

impl From<Budget> for BudgetSent {
    fn from(budget: Budget) -> Self {
        let plain = |units: domain::Units| units.to_plain(Asset::PRICE_PLACES);
        Self {
            min: budget.min().map(plain),
            max: plain(budget.max()),
            currency: budget.currency().code().to_owned(),
        }
    }
}

impl From<&Delivery> for DeliverySent {
    fn from(delivery: &Delivery) -> Self {
        let text = |notes: &domain::text::Block<500>| notes.to_string();
        match delivery {
            Delivery::Physical { address, notes } => Self {
                kind: "physical".to_owned(),
                address: Some(AddressSent::from(address)),
                email: None,
                notes: notes.as_ref().map(text),
            },
            Delivery::Online { email, notes } => Self {
                kind: "online".to_owned(),
                address: None,
                email: email.as_ref().map(ToString::to_string),
                notes: notes.as_ref().map(text),
            },
        }
    }
}

impl From<&PostalAddress> for AddressSent {
    fn from(address: &PostalAddress) -> Self {
        Self {
            recipient: address.recipient.to_string(),
            street: address.street.to_string(),
            extra: address.extra.as_ref().map(ToString::to_string),
            city: address.city.to_string(),
            region: address.region.as_ref().map(ToString::to_string),
            postal_code: address.postal_code.as_ref().map(ToString::to_string),
            country: address.country.code().to_owned(),
            phone: address.phone.as_ref().map(ToString::to_string),
        }
    }
}
