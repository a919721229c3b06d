//! An offer as programs write it.

use domain::price::Price;
use domain::request::{DeliveryTime, Offer, Proposal, TimeUnit};
use domain::text::{Block, Line};
use domain::{Network, Token};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::moment::rfc3339;
use crate::problem::Problem;
use crate::refusals::Fields;

/// What a seller proposes: all of it, or, in a change, the fields that change.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OfferSent {
    /// In one line, up to 200 characters.
    #[schema(example = "Leica M6, black, with charger")]
    title: String,
    /// At length, up to 1,000 characters.
    #[schema(example = "Serviced last year.")]
    description: String,
    price: PriceSent,
    delivery_time: TimeSent,
    /// The networks that it can be paid on, cheapest first: `bsc`, `polygon`, `tron`, `ethereum`.
    #[schema(example = json!(["bsc"]))]
    networks: Vec<String>,
    /// Until when it stands; as long as the request when it is not said.
    #[schema(example = json!(null))]
    valid_until: Option<String>,
    /// For the seller's own eyes, up to 500 characters.
    #[schema(example = "Costs me 90")]
    notes: Option<String>,
}

/// A price.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PriceSent {
    /// With at most six decimal places.
    #[schema(example = "120.5")]
    amount: String,
    /// `USDT` or `USDC`.
    #[schema(example = "USDT")]
    currency: String,
}

/// A time of delivery, counted from the payment.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TimeSent {
    #[schema(example = 10)]
    amount: u16,
    /// `hours`, `days` or `weeks`.
    #[schema(example = "days")]
    unit: String,
}

impl PriceSent {
    /// The price, if it is one.
    pub fn read(&self, fields: &mut Fields) -> Option<Price> {
        let amount = fields.millionths("price.amount", &self.amount);
        let words = Token::ALL.map(Token::code);
        let token = Token::from_code(&self.currency);
        let token = fields.choice("price.currency", token, &words);
        Some(Price::new(amount?, token?))
    }
}

impl TimeSent {
    /// The time, if it is one.
    pub fn read(&self, fields: &mut Fields) -> Option<DeliveryTime> {
        let words = TimeUnit::ALL.map(TimeUnit::code);
        let unit = TimeUnit::from_code(&self.unit);
        let unit = fields.choice("deliveryTime.unit", unit, &words)?;
        let amount = self.amount;
        Some(DeliveryTime { amount, unit })
    }
}

impl From<DeliveryTime> for TimeSent {
    fn from(time: DeliveryTime) -> Self {
        Self {
            amount: time.amount,
            unit: time.unit.code().to_owned(),
        }
    }
}

impl OfferSent {
    /// What is there already, as it would be sent.
    pub fn of(offer: &Offer) -> Self {
        let proposal = &offer.proposal;
        let networks = proposal.networks.iter();
        Self {
            title: proposal.title.to_string(),
            description: proposal.description.to_string(),
            price: PriceSent {
                amount: proposal.price.to_plain(),
                currency: proposal.price.token().code().to_owned(),
            },
            delivery_time: TimeSent::from(proposal.delivery),
            networks: networks.map(|network| network.code().to_owned()).collect(),
            valid_until: proposal.valid_until.map(rfc3339),
            notes: proposal.notes.as_ref().map(ToString::to_string),
        }
    }

    /// What was meant; all that is wrong is said at once. `before` is the offer that changes.
    pub fn read(&self, before: Option<&Offer>) -> Result<Proposal, Problem> {
        let mut fields = Fields::default();
        let proposal = self.proposal(before, &mut fields);
        match proposal.filter(|_| fields.are_right()) {
            Some(proposal) => Ok(proposal),
            None => Err(fields.problem()),
        }
    }

    fn proposal(&self, before: Option<&Offer>, fields: &mut Fields) -> Option<Proposal> {
        let title = fields.text("title", Line::new(&self.title));
        let description = fields.text("description", Block::new(&self.description));
        let price = self.price.read(fields);
        let delivery = self.delivery_time.read(fields);
        let words = Network::ALL.map(Network::code);
        let mut networks = Vec::new();
        for (at, code) in self.networks.iter().enumerate() {
            let network = Network::from_code(code);
            networks.push(fields.choice(format!("networks[{at}]"), network, &words));
        }
        let valid_until = self.valid_until.as_deref();
        let valid_until = valid_until.and_then(|text| fields.moment("validUntil", text));
        let notes = Block::optional(self.notes.as_deref().unwrap_or_default());
        let notes = fields.text("notes", notes);
        Some(Proposal {
            title: title?,
            description: description?,
            price: price?,
            delivery: delivery?,
            networks: networks.into_iter().collect::<Option<_>>()?,
            valid_until,
            notes: notes?,
            attachments: before
                .map(|offer| offer.proposal.attachments.clone())
                .unwrap_or_default(),
        })
    }
}
