//! The fields of an offer.

use domain::price::Price;
use domain::request::{DeliveryTime, Offer, Proposal, TimeUnit};
use domain::{Asset, Network, Span, Timestamp, Token};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::offers::OfferForm;

use crate::components::{Checkboxes, Choice, Field, RadioCards, Select, Textarea, money_text};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::requests::fields::{Reader, whole_number};
use crate::pages::requests::words;

/// For how many days an offer can stand; besides, as long as the request is open.
const VALID_DAYS: [u32; 5] = [1, 3, 7, 14, 30];
/// Stands for the date as it is.
const KEEP: &str = "keep";
/// Stands for as long as the request is open.
const OPEN: &str = "";

/// As typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct OfferFields {
    title: String,
    description: String,
    price: String,
    token: String,
    networks: Vec<String>,
    delivery: String,
    unit: String,
    valid: String,
    notes: String,
    /// The button that was pressed, where it is not the one that offers.
    pub(crate) press: String,
}

impl OfferFields {
    /// A first proposal: paid in the first token, on every network with an address.
    pub(crate) fn usual(form: &OfferForm) -> Self {
        let ready = form.networks.iter().filter(|(_, has_address)| *has_address);
        Self {
            token: Token::Usdt.code().to_owned(),
            networks: ready
                .map(|(network, _)| network.code().to_owned())
                .collect(),
            unit: TimeUnit::Days.code().to_owned(),
            ..Self::default()
        }
    }

    /// As it would be typed again.
    pub(crate) fn of(offer: &Offer) -> Self {
        let proposal = &offer.proposal;
        Self {
            title: proposal.title.to_string(),
            description: proposal.description.to_string(),
            price: proposal.price.to_plain(),
            token: proposal.price.token().code().to_owned(),
            networks: proposal
                .networks
                .iter()
                .map(|one| one.code().to_owned())
                .collect(),
            delivery: proposal.delivery.amount.to_string(),
            unit: proposal.delivery.unit.code().to_owned(),
            valid: match proposal.valid_until {
                Some(_) => KEEP.to_owned(),
                None => OPEN.to_owned(),
            },
            notes: proposal
                .notes
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            press: String::new(),
        }
    }

    /// What was meant; what is wrong is noted beside each field.
    pub(crate) fn read(
        &self,
        before: Option<&Offer>,
        now: Timestamp,
        t: Locale,
        errors: &mut Errors,
    ) -> Option<Proposal> {
        let mut read = Reader { t, errors };
        let title = read.line("title", &self.title);
        let description = read.block("description", &self.description);
        let amount = read.amount("price", &self.price);
        let token = read.choice("token", Token::from_code(&self.token));
        let networks: Vec<Network> = self
            .networks
            .iter()
            .filter_map(|code| Network::from_code(code))
            .collect();
        let delivery = read.number::<u16>(
            "delivery",
            &self.delivery,
            t.request_refusal_delivery_time(),
        );
        let unit = read.choice("unit", TimeUnit::from_code(&self.unit));
        let valid_until = self.valid_until(before, now);
        let valid_until = read
            .errors
            .take("valid", valid_until.ok_or(t.request_refusal_choose()));
        let notes = read.block_or_none("notes", &self.notes);
        if networks.is_empty() {
            read.errors.add("networks", t.request_refusal_networks());
        }
        Some(Proposal {
            title: title?,
            description: description?,
            price: Price::new(amount?, token?),
            delivery: DeliveryTime {
                amount: delivery?,
                unit: unit?,
            },
            networks,
            valid_until: valid_until?,
            notes,
            attachments: before
                .map(|offer| offer.proposal.attachments.clone())
                .unwrap_or_default(),
        })
    }

    #[expect(
        clippy::option_option,
        reason = "nothing readable, or readable and open-ended"
    )]
    fn valid_until(&self, before: Option<&Offer>, now: Timestamp) -> Option<Option<Timestamp>> {
        match self.valid.as_str() {
            OPEN => Some(None),
            KEEP => before.map(|offer| offer.proposal.valid_until),
            days => {
                let days = whole_number(days).and_then(|days| u32::try_from(days).ok())?;
                VALID_DAYS
                    .contains(&days)
                    .then(|| Some(now.plus(Span::days(days))))
            }
        }
    }
}

/// The inputs.
#[component]
pub(crate) fn OfferInputs(fields: OfferFields, form: OfferForm) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let tokens = Token::ALL
        .into_iter()
        .map(|token| Choice::new(token.code(), token.code()))
        .collect::<Vec<_>>();
    let units = TimeUnit::ALL
        .into_iter()
        .map(|unit| Choice::new(unit.code(), words::unit(t, unit)))
        .collect::<Vec<_>>();
    let until = form
        .offer
        .as_ref()
        .and_then(|offer| offer.proposal.valid_until);
    let mut valid = vec![Choice::new(OPEN, t.offer_valid_open())];
    valid.extend(until.map(|until| Choice::new(KEEP, t.offer_valid_keep(page.when.date(until)))));
    valid.extend(
        VALID_DAYS.map(|days| Choice::new(days.to_string(), t.offer_valid_days(u64::from(days)))),
    );
    let soonest = words::span(t, form.soonest_delivery);
    let missing: Vec<&str> = form
        .networks
        .iter()
        .filter(|(_, has_address)| !has_address)
        .map(|(network, _)| network.name())
        .collect();
    let missing = (!missing.is_empty()).then(|| missing.join(", "));
    view! {
        <Field name="title" label=t.offer_title() value=fields.title maxlength=200/>
        <Textarea
            name="description"
            label=t.offer_description()
            hint=t.offer_description_hint()
            value=fields.description
            maxlength=1_000
        />
        <Field
            name="price"
            label=t.offer_price()
            hint=t.offer_price_hint()
            value=fields.price
            inputmode="decimal"
            maxlength=30
            dir="ltr"
        />
        <RadioCards name="token" legend=t.offer_token() choices=tokens chosen=fields.token/>
        <Checkboxes
            name="networks"
            legend=t.offer_networks()
            hint=t.offer_networks_hint()
            choices=networks(t, &form)
            chosen=fields.networks
        />
        {missing.map(|names| view! {
            <p class="small-text muted">
                {t.offer_network_needs_address(names)}" "
                <a href="/payouts/address">{t.offer_add_address()}</a>
            </p>
        })}
        <Field
            name="delivery"
            label=t.offer_delivery()
            hint=t.offer_delivery_hint(soonest)
            value=fields.delivery
            inputmode="numeric"
            maxlength=5
            dir="ltr"
        />
        <Select name="unit" label=t.offer_delivery_unit() choices=units chosen=fields.unit/>
        <Select name="valid" label=t.offer_valid() choices=valid chosen=fields.valid/>
        <Textarea
            name="notes"
            label=t.offer_notes()
            hint=t.offer_notes_hint()
            value=fields.notes
            maxlength=500
            rows=3
            optional=true
        />
    }
}

/// The networks on which the seller can be paid, each with its limits.
fn networks(t: Locale, form: &OfferForm) -> Vec<Choice> {
    form.networks
        .iter()
        .filter(|(_, has_address)| *has_address)
        .filter_map(|(network, _)| {
            // The figures are the same for every token that the network takes.
            let asset = Token::ALL
                .into_iter()
                .find_map(|token| Asset::new(*network, token))?;
            let limits = t.offer_network_limits(
                money_text(asset.min_deal(), asset),
                money_text(asset.network_fee(), asset),
            );
            let label = format!("{} ({})", network.name(), network.standard());
            Some(Choice::new(network.code(), label).detail(limits))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_800_000_000_000);

    fn typed() -> OfferFields {
        OfferFields {
            title: "Canon AE-1".to_owned(),
            description: "Serviced.".to_owned(),
            price: "۱۲۴۰٫۵".to_owned(),
            token: "USDT".to_owned(),
            networks: vec!["bsc".to_owned(), "polygon".to_owned(), "nowhere".to_owned()],
            delivery: "۱۰".to_owned(),
            unit: "days".to_owned(),
            ..OfferFields::default()
        }
    }

    fn read(fields: &OfferFields) -> Result<Proposal, Errors> {
        let mut errors = Errors::none();
        let proposal = fields.read(None, NOW, Locale::En, &mut errors);
        if errors.is_empty() {
            Ok(proposal.unwrap())
        } else {
            Err(errors)
        }
    }

    #[test]
    fn an_offer_is_read_in_the_digits_people_type() {
        let proposal = read(&typed()).unwrap();
        assert_eq!(proposal.price.to_plain(), "1240.5");
        assert_eq!(proposal.delivery.amount, 10);
        assert_eq!(proposal.networks, [Network::Bsc, Network::Polygon]);
        assert_eq!(proposal.valid_until, None);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let wrong = |change: fn(&mut OfferFields)| {
            let mut fields = typed();
            change(&mut fields);
            read(&fields).unwrap_err()
        };
        assert!(wrong(|fields| fields.title.clear()).of("title").is_some());
        assert!(
            wrong(|fields| fields.description = "x".repeat(1_001))
                .of("description")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.price = "1e3".to_owned())
                .of("price")
                .is_some()
        );
        assert!(wrong(|fields| fields.token.clear()).of("token").is_some());
        assert!(
            wrong(|fields| fields.networks.clear())
                .of("networks")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.delivery = "70000".to_owned())
                .of("delivery")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.unit = "months".to_owned())
                .of("unit")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.valid = "4".to_owned())
                .of("valid")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.valid = KEEP.to_owned())
                .of("valid")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.notes = "x".repeat(501))
                .of("notes")
                .is_some()
        );
    }
}
