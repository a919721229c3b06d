//! What a program has written, read: all that is wrong with it is said at once.

use domain::category::Catalogue;
use domain::deal::{EvidenceItem, ProductKind};
use domain::link::WebLink;
use domain::postal::{Country, PostalAddress};
use domain::price::{Budget, Currency};
use domain::request::details::USUAL_INSPECTION_DAYS;
use domain::request::{Conditions, Delivery, Draft, Rejection, Specification, Urgency, What};
use domain::text::{Block, Line, TextError};
use domain::{Bps, Span, Timestamp};

use super::super::refusals::field_of;
use super::written::{AddressSent, BudgetSent, DeliverySent, Property, RequestSent};
use crate::problem::Problem;
use crate::refusals::Fields;

/// How long offers are taken when nothing is said.
const USUAL_OFFERS_OPEN: Span = Span::days(14);

/// Reads a request part by part.
pub struct Reading<'r> {
    /// Where categories are found.
    pub catalogue: &'r Catalogue,
    /// What there is already; nothing for a new request, which has to be complete.
    pub before: Option<&'r Draft>,
    /// The moment of the call.
    pub now: Timestamp,
    fields: Fields,
}

impl<'r> Reading<'r> {
    /// A reading of a new request, or of one that changes.
    pub fn new(catalogue: &'r Catalogue, before: Option<&'r Draft>, now: Timestamp) -> Self {
        Self {
            catalogue,
            before,
            now,
            fields: Fields::default(),
        }
    }

    /// The parts. One that there was not and of which nothing was sent stays missing in a change.
    pub fn read(mut self, sent: &RequestSent) -> Result<Draft, Problem> {
        let wants = |was_there: fn(&Draft) -> bool, was_sent: bool| {
            was_sent || self.before.is_none_or(was_there)
        };
        let wants_what = wants(|draft| draft.what.is_some(), !sent.title.is_empty());
        let wants_delivery = wants(
            |draft| draft.delivery.is_some(),
            sent.delivery_info.is_some(),
        );
        let wants_conditions = wants(|draft| draft.conditions.is_some(), sent.budget.is_some());
        let kind = ProductKind::from_code(&sent.product_type);
        let what = wants_what.then(|| self.what(sent, kind)).flatten();
        let delivery = wants_delivery
            .then(|| self.delivery(sent.delivery_info.as_ref()))
            .flatten();
        let conditions = wants_conditions
            .then(|| self.conditions(sent, kind))
            .flatten();
        if let (Some(what), Some(delivery)) = (&what, &delivery)
            && !delivery.suits(what.kind)
        {
            self.refuse(Rejection::DeliveryDoesNotSuit);
        }
        if self.fields.are_right() {
            Ok(Draft {
                what,
                delivery,
                conditions,
            })
        } else {
            Err(self.fields.problem())
        }
    }

    fn refuse(&mut self, rejection: Rejection) {
        let field = field_of(rejection).unwrap_or_default();
        let wrong: Result<(), _> = Err((rejection.code(), rejection.to_string()));
        self.fields.take(field, wrong);
    }

    fn what(&mut self, sent: &RequestSent, kind: Option<ProductKind>) -> Option<What> {
        let title = self.fields.text("title", Line::new(&sent.title));
        let description = self
            .fields
            .text("description", Block::new(&sent.description));
        let found = match sent.category_id.parse() {
            Ok(id) => self.catalogue.find(id),
            Err(_) => self.catalogue.find_slug(&sent.category_id),
        };
        let category = found.map(|found| found.category.id);
        if category.is_none() {
            self.refuse(Rejection::NoSuchCategory);
        }
        let kinds = ProductKind::ALL.map(ProductKind::code);
        let kind = self.fields.choice("productType", kind, &kinds);
        let link = WebLink::optional(sent.product_link.as_deref().unwrap_or_default());
        let link = link.map_err(|error| ("INVALID_LINK", error.to_string()));
        let link = self.fields.take("productLink", link);
        let size = self.optional("size", sent.size.as_deref(), Line::optional);
        let color = self.optional("color", sent.color.as_deref(), Line::optional);
        let brand = self.optional("brand", sent.brand.as_deref(), Line::optional);
        let specifications = self.specifications(&sent.specifications);
        let tags = self.tags(&sent.tags);
        let before = self.before.and_then(|before| before.what.as_ref());
        let what = What {
            title: title?,
            description: description?,
            category: category?,
            kind: kind?,
            quantity: sent.quantity.unwrap_or(1),
            link: link?,
            size,
            color,
            brand,
            specifications: specifications?,
            tags: tags?,
            attachments: before
                .map(|before| before.attachments.clone())
                .unwrap_or_default(),
        };
        what.faults().for_each(|fault| self.refuse(fault));
        Some(what)
    }

    /// A text that may be missing.
    fn optional<T>(
        &mut self,
        field: &'static str,
        sent: Option<&str>,
        read: impl Fn(&str) -> Result<Option<T>, TextError>,
    ) -> Option<T> {
        self.fields
            .text(field, read(sent.unwrap_or_default()))
            .flatten()
    }

    fn specifications(&mut self, sent: &[Property]) -> Option<Vec<Specification>> {
        let mut read = Vec::new();
        for (at, one) in sent.iter().enumerate() {
            let name = |part: &str| format!("specifications[{at}].{part}");
            let key = self.fields.text(name("key"), Line::new(&one.key));
            let value = self.fields.text(name("value"), Line::new(&one.value));
            let label = Line::optional(one.label.as_deref().unwrap_or_default());
            let label = self.fields.text(name("label"), label);
            read.push(
                key.zip(value)
                    .zip(label)
                    .map(|((key, value), label)| Specification { key, value, label }),
            );
        }
        read.into_iter().collect()
    }

    fn tags(&mut self, sent: &[String]) -> Option<Vec<Line<30>>> {
        let mut read = Vec::new();
        for (at, tag) in sent.iter().enumerate() {
            read.push(self.fields.text(format!("tags[{at}]"), Line::new(tag)));
        }
        let mut tags = Vec::new();
        for tag in read {
            let tag = tag?;
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Some(tags)
    }

    fn delivery(&mut self, sent: Option<&DeliverySent>) -> Option<Delivery> {
        let missing = || ("MISSING", "say where it goes".to_owned());
        let sent = self.fields.take("deliveryInfo", sent.ok_or_else(missing))?;
        let notes = self.optional("deliveryInfo.notes", sent.notes.as_deref(), Block::optional);
        match sent.kind.as_str() {
            "physical" => {
                let missing = || ("MISSING", "a parcel goes to an address".to_owned());
                let address = sent.address.as_ref().ok_or_else(missing);
                let address = self.fields.take("deliveryInfo.address", address)?;
                let address = self.address(address)?;
                Some(Delivery::Physical { address, notes })
            }
            "online" => {
                let email = sent.email.as_deref();
                let email = self.optional("deliveryInfo.email", email, Line::optional);
                Some(Delivery::Online { email, notes })
            }
            _ => {
                let words = ["physical", "online"];
                self.fields.choice("deliveryInfo.type", None, &words)
            }
        }
    }

    fn address(&mut self, sent: &AddressSent) -> Option<PostalAddress> {
        let fields = &mut self.fields;
        let recipient = fields.text("deliveryInfo.address.recipient", Line::new(&sent.recipient));
        let street = fields.text("deliveryInfo.address.street", Line::new(&sent.street));
        let city = fields.text("deliveryInfo.address.city", Line::new(&sent.city));
        let country: Result<Country, _> = sent.country.trim().to_ascii_uppercase().parse();
        let country = country.map_err(|error| ("UNKNOWN_COUNTRY", error.to_string()));
        let country = fields.take("deliveryInfo.address.country", country);
        let extra = sent.extra.as_deref();
        let extra = self.optional("deliveryInfo.address.extra", extra, Line::optional);
        let region = sent.region.as_deref();
        let region = self.optional("deliveryInfo.address.region", region, Line::optional);
        let code = sent.postal_code.as_deref();
        let postal_code = self.optional("deliveryInfo.address.postalCode", code, Line::optional);
        let phone = sent.phone.as_deref();
        let phone = self.optional("deliveryInfo.address.phone", phone, Line::optional);
        Some(PostalAddress {
            recipient: recipient?,
            street: street?,
            extra,
            city: city?,
            region,
            postal_code,
            country: country?,
            phone,
        })
    }

    fn conditions(&mut self, sent: &RequestSent, kind: Option<ProductKind>) -> Option<Conditions> {
        let budget = self.budget(sent.budget.as_ref());
        let urgency = match sent.urgency.as_deref() {
            None => Some(Urgency::default()),
            Some(code) => {
                let words = Urgency::ALL.map(Urgency::code);
                self.fields
                    .choice("urgency", Urgency::from_code(code), &words)
            }
        };
        let offers_until = match sent.offers_until.as_deref() {
            None => Some(self.now.plus(USUAL_OFFERS_OPEN)),
            Some(text) => self.fields.moment("offersUntil", text),
        };
        let evidence = self.evidence(sent.evidence.as_deref(), kind);
        let silence = match sent.buyer_on_silence_bps {
            None => Some(None),
            Some(bps) => {
                let wrong = || ("INVALID_BPS", "0 to 10,000 basis points".to_owned());
                let part = Bps::new(bps).ok_or_else(wrong);
                self.fields.take("buyerOnSilenceBps", part).map(Some)
            }
        };
        let mut invited = Vec::new();
        for (at, id) in sent.preferred_seller_ids.iter().enumerate() {
            invited.push(self.fields.id(format!("preferredSellerIds[{at}]"), id));
        }
        let conditions = Conditions {
            budget: budget?,
            urgency: urgency?,
            offers_until: offers_until?,
            inspection_days: sent.inspection_days.unwrap_or(USUAL_INSPECTION_DAYS),
            evidence: evidence?,
            buyer_on_silence: silence?,
            invited: invited.into_iter().collect::<Option<_>>()?,
        };
        conditions.faults().for_each(|fault| self.refuse(fault));
        Some(conditions)
    }

    fn budget(&mut self, sent: Option<&BudgetSent>) -> Option<Budget> {
        let missing = || ("MISSING", "say what you mean to spend".to_owned());
        let sent = self.fields.take("budget", sent.ok_or_else(missing))?;
        let words = Currency::ALL.map(Currency::code);
        let currency = Currency::from_code(&sent.currency);
        let currency = self.fields.choice("budget.currency", currency, &words);
        let max = self.fields.millionths("budget.max", &sent.max);
        let min = match &sent.min {
            None => Some(None),
            Some(min) => self.fields.millionths("budget.min", min).map(Some),
        };
        let budget = Budget::new(min?, max?, currency?);
        let budget = budget.map_err(|error| (error.code(), error.to_string()));
        self.fields.take("budget", budget)
    }

    fn evidence(
        &mut self,
        sent: Option<&[String]>,
        kind: Option<ProductKind>,
    ) -> Option<Vec<EvidenceItem>> {
        let Some(sent) = sent else {
            return kind.map(EvidenceItem::usual_for);
        };
        let words = EvidenceItem::ALL.map(EvidenceItem::code);
        let mut read = Vec::new();
        for (at, code) in sent.iter().enumerate() {
            let item = EvidenceItem::from_code(code);
            read.push(self.fields.choice(format!("evidence[{at}]"), item, &words));
        }
        read.into_iter().collect()
    }
}
