//! The fields of where a request goes: shared by the wizard and by changing a request.

use domain::Email;
use domain::deal::ProductKind;
use domain::postal::{Country, PostalAddress};
use domain::request::Delivery;
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{Choice, Field, RadioCards, Select, Textarea};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::requests::fields::Reader;
use crate::pages::requests::words;

/// As typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DeliveryFields {
    way: String,
    recipient: String,
    street: String,
    extra: String,
    city: String,
    region: String,
    postal_code: String,
    country: String,
    phone: String,
    notes: String,
    email: String,
}

/// Which of the two ways a kind of goods can be handed over; none is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Physical,
    Online,
}

impl Way {
    const fn only(kind: Option<ProductKind>) -> Option<Self> {
        match kind {
            Some(ProductKind::PhysicalProduct) => Some(Self::Physical),
            Some(ProductKind::DigitalProduct) => Some(Self::Online),
            Some(ProductKind::Service | ProductKind::Consultation) | None => None,
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        match code {
            "physical" => Some(Self::Physical),
            "online" => Some(Self::Online),
            _ => None,
        }
    }
}

impl DeliveryFields {
    /// As it would be typed again.
    pub(crate) fn of(delivery: &Delivery) -> Self {
        fn text<const MAX: usize>(line: Option<&Line<MAX>>) -> String {
            line.map(ToString::to_string).unwrap_or_default()
        }
        match delivery {
            Delivery::Physical { address, notes } => Self {
                way: "physical".to_owned(),
                recipient: address.recipient.to_string(),
                street: address.street.to_string(),
                extra: text(address.extra.as_ref()),
                city: address.city.to_string(),
                region: text(address.region.as_ref()),
                postal_code: text(address.postal_code.as_ref()),
                country: address.country.to_string(),
                phone: text(address.phone.as_ref()),
                notes: notes.as_ref().map(ToString::to_string).unwrap_or_default(),
                email: String::new(),
            },
            Delivery::Online { email, notes } => Self {
                way: "online".to_owned(),
                email: text(email.as_ref()),
                notes: notes.as_ref().map(ToString::to_string).unwrap_or_default(),
                ..Self::default()
            },
        }
    }

    /// What was meant, for goods of a kind; what is wrong is noted beside each field.
    pub(crate) fn read(
        &self,
        kind: Option<ProductKind>,
        t: Locale,
        errors: &mut Errors,
    ) -> Option<Delivery> {
        let mut read = Reader { t, errors };
        let chosen = Way::only(kind).or_else(|| Way::from_code(&self.way));
        match read.choice("way", chosen)? {
            Way::Physical => self.physical(&mut read),
            Way::Online => self.online(&mut read),
        }
    }

    fn physical(&self, read: &mut Reader<'_>) -> Option<Delivery> {
        let recipient = read.line("recipient", &self.recipient);
        let street = read.line("street", &self.street);
        let extra = read.line_or_none("extra", &self.extra);
        let city = read.line("city", &self.city);
        let region = read.line_or_none("region", &self.region);
        let postal_code = read.line_or_none("postal_code", &self.postal_code);
        let country = read.choice("country", self.country.parse::<Country>().ok());
        let phone = read.line_or_none("phone", &self.phone);
        let notes = read.block_or_none("notes", &self.notes);
        Some(Delivery::Physical {
            address: PostalAddress {
                recipient: recipient?,
                street: street?,
                extra,
                city: city?,
                region,
                postal_code,
                country: country?,
                phone,
            },
            notes,
        })
    }

    fn online(&self, read: &mut Reader<'_>) -> Option<Delivery> {
        let typed = self.email.trim();
        let email = if typed.is_empty() {
            Some(None)
        } else {
            let email = Email::new(typed)
                .ok()
                .and_then(|email| Line::new(email.as_str()).ok())
                .ok_or(read.t.request_refusal_email());
            read.errors.take("email", email).map(Some)
        };
        let notes = read.block_or_none("notes", &self.notes);
        Some(Delivery::Online {
            email: email?,
            notes,
        })
    }
}

/// The inputs for goods of a kind.
#[component]
pub(crate) fn DeliveryInputs(fields: DeliveryFields, kind: Option<ProductKind>) -> impl IntoView {
    let t = Page::current().t();
    let only = Way::only(kind);
    let ways = vec![
        Choice::new("physical", t.wizard_way_physical()),
        Choice::new("online", t.wizard_way_online()),
    ];
    let way = fields.way.clone();
    let address = (only != Some(Way::Online)).then(|| {
        let fields = fields.clone();
        view! { <AddressInputs fields/> }
    });
    let online = (only != Some(Way::Physical)).then(|| {
        view! {
            <Field
                name="email"
                label=t.wizard_email()
                hint=t.wizard_email_hint()
                value=fields.email.clone()
                kind="email"
                autocomplete="email"
                maxlength=254
                dir="ltr"
                optional=true
            />
        }
    });
    view! {
        {only.is_none().then(|| view! {
            <RadioCards name="way" legend=t.wizard_way() choices=ways chosen=way/>
        })}
        {address}
        {online}
        <Textarea
            name="notes"
            label=t.wizard_notes()
            value=fields.notes
            maxlength=500
            rows=3
            optional=true
        />
    }
}

#[component]
fn AddressInputs(fields: DeliveryFields) -> impl IntoView {
    let t = Page::current().t();
    let mut countries = vec![Choice::new("", t.wizard_country_choose())];
    countries.extend(countries_by_name(t));
    view! {
        <Field name="recipient" label=t.wizard_recipient() value=fields.recipient autocomplete="name" maxlength=100/>
        <Field name="street" label=t.wizard_street() value=fields.street autocomplete="address-line1" maxlength=200/>
        <Field name="extra" label=t.wizard_extra() value=fields.extra autocomplete="address-line2" maxlength=200 optional=true/>
        <Field name="city" label=t.wizard_city() value=fields.city autocomplete="address-level2" maxlength=100/>
        <Field name="region" label=t.wizard_region() value=fields.region autocomplete="address-level1" maxlength=100 optional=true/>
        <Field name="postal_code" label=t.wizard_postal_code() value=fields.postal_code autocomplete="postal-code" maxlength=20 dir="ltr" optional=true/>
        <Select name="country" label=t.wizard_country() choices=countries chosen=fields.country/>
        <Field name="phone" label=t.wizard_phone() value=fields.phone kind="tel" autocomplete="tel" maxlength=30 dir="ltr" optional=true/>
    }
}

/// All countries, in the order of their names in the reader's language.
fn countries_by_name(t: Locale) -> Vec<Choice> {
    let mut named: Vec<(String, Country)> = Country::all()
        .map(|country| (words::country(t, country), country))
        .collect();
    named.sort_by_cached_key(|(name, _)| alphabetical(name));
    named
        .into_iter()
        .map(|(name, country)| Choice::new(country.code(), name))
        .collect()
}

/// A key that sorts names as their readers expect: Persian letters in the order of the Persian
/// alphabet, Latin ones without their accents.
fn alphabetical(name: &str) -> Vec<u32> {
    const PERSIAN: &str = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی";
    const PLAIN: [(char, char); 6] = [
        ('Å', 'a'),
        ('å', 'a'),
        ('ã', 'a'),
        ('ç', 'c'),
        ('é', 'e'),
        ('ô', 'o'),
    ];
    name.chars()
        .filter_map(|letter| {
            let plain = PLAIN.iter().find(|(accented, _)| *accented == letter);
            let letter = plain.map_or(letter, |(_, plain)| *plain);
            match PERSIAN.chars().position(|known| known == letter) {
                Some(place) => Some(u32::try_from(place).unwrap_or(0) + 0x1000),
                None if letter.is_alphanumeric() => letter.to_lowercase().next().map(u32::from),
                // A space sorts before every letter, so "Niger" stands before "Niger x".
                None => Some(0),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_stand_in_the_order_that_their_readers_know() {
        let names = |t: Locale| -> Vec<String> {
            countries_by_name(t)
                .into_iter()
                .map(|choice| choice.label)
                .collect()
        };
        let english = names(Locale::En);
        assert_eq!(english.len(), 249);
        let place = |names: &[String], name: &str| {
            names
                .iter()
                .position(|one| one == name)
                .expect("the country is there")
        };
        assert!(place(&english, "Åland Islands") < place(&english, "Albania"));
        assert!(place(&english, "Türkiye") < place(&english, "Zambia"));
        let persian = names(Locale::Fa);
        assert!(place(&persian, "پاکستان") < place(&persian, "تایلند"));
        assert!(place(&persian, "چین") < place(&persian, "دانمارک"));
        assert!(place(&persian, "گرجستان") < place(&persian, "لهستان"));
    }

    #[test]
    fn goods_need_an_address_and_files_do_not() {
        let mut errors = Errors::none();
        let empty = DeliveryFields::default();
        let goods = Some(ProductKind::PhysicalProduct);
        assert_eq!(empty.read(goods, Locale::En, &mut errors), None);
        for field in ["recipient", "street", "city", "country"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
        let mut errors = Errors::none();
        let files = Some(ProductKind::DigitalProduct);
        assert!(empty.read(files, Locale::En, &mut errors).is_some());
        assert!(errors.is_empty());
        let service = Some(ProductKind::Service);
        assert_eq!(empty.read(service, Locale::En, &mut errors), None);
        assert!(errors.of("way").is_some());
    }
}
