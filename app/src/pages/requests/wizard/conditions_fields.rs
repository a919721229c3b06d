//! The fields of budget and conditions: shared by the wizard and by changing a request.

use domain::deal::{EvidenceItem, ProductKind};
use domain::price::{Budget, Currency};
use domain::request::details::USUAL_INSPECTION_DAYS;
use domain::request::{Conditions, Urgency};
use domain::{Asset, Bps, Span, Timestamp};
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{Checkboxes, Choice, Field, RadioCards, Select};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::requests::fields::{Reader, whole_number};
use crate::pages::requests::{refusals, words};

/// For how many days offers can be taken.
const OFFERS_DAYS: [u32; 6] = [3, 7, 14, 30, 60, 90];
/// What is proposed for a new request.
const USUAL_OFFERS_DAYS: &str = "14";
/// Stands for the date as it is.
const KEEP: &str = "keep";
/// The buyer's part when nobody rules, in basis points; the evidence decides where it is empty.
const SILENCE: [&str; 4] = ["", "5000", "10000", "0"];

/// As typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ConditionsFields {
    currency: String,
    max: String,
    min: String,
    urgency: String,
    offers_days: String,
    inspection: String,
    evidence: Vec<String>,
    silence: String,
}

impl ConditionsFields {
    /// What is usual for goods of a kind.
    pub(crate) fn usual(kind: Option<ProductKind>) -> Self {
        let evidence = kind.map(EvidenceItem::usual_for).unwrap_or_default();
        Self {
            currency: Currency::Usdt.code().to_owned(),
            urgency: Urgency::default().code().to_owned(),
            offers_days: USUAL_OFFERS_DAYS.to_owned(),
            inspection: USUAL_INSPECTION_DAYS.to_string(),
            evidence: evidence
                .into_iter()
                .map(|item| item.code().to_owned())
                .collect(),
            ..Self::default()
        }
    }

    /// As it would be typed again.
    pub(crate) fn of(conditions: &Conditions) -> Self {
        let budget = conditions.budget;
        let plain = |units: domain::Units| units.to_plain(Asset::PRICE_PLACES);
        Self {
            currency: budget.currency().code().to_owned(),
            max: plain(budget.max()),
            min: budget.min().map(plain).unwrap_or_default(),
            urgency: conditions.urgency.code().to_owned(),
            offers_days: KEEP.to_owned(),
            inspection: conditions.inspection_days.to_string(),
            evidence: conditions
                .evidence
                .iter()
                .map(|item| item.code().to_owned())
                .collect(),
            silence: conditions
                .buyer_on_silence
                .map(|part| part.get().to_string())
                .unwrap_or_default(),
        }
    }

    /// What was meant; what is wrong is noted beside each field. `before` is what there was.
    pub(crate) fn read(
        &self,
        before: Option<&Conditions>,
        now: Timestamp,
        t: Locale,
        errors: &mut Errors,
    ) -> Option<Conditions> {
        let budget = self.budget(t, errors);
        let mut read = Reader { t, errors };
        let urgency = read.choice("urgency", Urgency::from_code(&self.urgency));
        let until = self.offers_until(before, now);
        let until = read
            .errors
            .take("offers_days", until.ok_or(t.request_refusal_choose()));
        let days = read.number::<u8>(
            "inspection",
            &self.inspection,
            t.request_refusal_inspection_days(),
        );
        let evidence: Vec<EvidenceItem> = self
            .evidence
            .iter()
            .filter_map(|code| EvidenceItem::from_code(code))
            .collect();
        let silence = read.choice("silence", self.silence());
        let conditions = Conditions {
            budget: budget?,
            urgency: urgency?,
            offers_until: until?,
            inspection_days: days?,
            evidence,
            buyer_on_silence: silence?,
            invited: before
                .map(|before| before.invited.clone())
                .unwrap_or_default(),
        };
        match conditions.check() {
            Ok(()) => Some(conditions),
            Err(rejection) => {
                let error = services::requests::ChangeRequestError::Rejected(rejection);
                refusals::refuse(t, errors, error).ok()?;
                None
            }
        }
    }

    fn budget(&self, t: Locale, errors: &mut Errors) -> Option<Budget> {
        let mut read = Reader { t, errors };
        let currency = read.choice("currency", Currency::from_code(&self.currency));
        let max = read.amount("max", &self.max);
        let min = if self.min.trim().is_empty() {
            Some(None)
        } else {
            read.amount("min", &self.min).map(Some)
        };
        let budget = Budget::new(min?, max?, currency?);
        read.errors
            .take("max", budget.map_err(|error| refusals::budget(t, error)))
    }

    fn offers_until(&self, before: Option<&Conditions>, now: Timestamp) -> Option<Timestamp> {
        if self.offers_days == KEEP {
            return before.map(|before| before.offers_until);
        }
        let days = whole_number(&self.offers_days).and_then(|days| u32::try_from(days).ok())?;
        OFFERS_DAYS
            .contains(&days)
            .then(|| now.plus(Span::days(days)))
    }

    #[expect(
        clippy::option_option,
        reason = "nothing readable, or readable and none"
    )]
    fn silence(&self) -> Option<Option<Bps>> {
        if !SILENCE.contains(&self.silence.as_str()) {
            return None;
        }
        match self.silence.parse() {
            Ok(part) => Bps::new(part).map(Some),
            Err(_) => Some(None),
        }
    }
}

/// The inputs. `until` is the date until which offers are taken now.
#[component]
pub(crate) fn ConditionsInputs(
    fields: ConditionsFields,
    until: Option<Timestamp>,
) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let mut days: Vec<Choice> = until
        .map(|until| Choice::new(KEEP, t.wizard_offers_keep(page.when.date(until))))
        .into_iter()
        .collect();
    days.extend(
        OFFERS_DAYS.map(|days| Choice::new(days.to_string(), t.word_days(u64::from(days)))),
    );
    let evidence: Vec<Choice> = EvidenceItem::ALL
        .into_iter()
        .map(|item| Choice::new(item.code(), words::evidence(t, item)))
        .collect();
    let silence = SILENCE
        .into_iter()
        .zip([
            t.wizard_silence_evidence(),
            t.wizard_silence_split(),
            t.wizard_silence_buyer(),
            t.wizard_silence_seller(),
        ])
        .map(|(value, label)| Choice::new(value, label))
        .collect::<Vec<_>>();
    view! {
        <Select
            name="currency"
            label=t.wizard_currency()
            hint=t.wizard_currency_hint()
            choices=words::currencies()
            chosen=fields.currency
        />
        <Field name="max" label=t.wizard_max() value=fields.max inputmode="decimal" maxlength=30 dir="ltr"/>
        <Field
            name="min"
            label=t.wizard_min()
            hint=t.wizard_min_hint()
            value=fields.min
            inputmode="decimal"
            maxlength=30
            dir="ltr"
            optional=true
        />
        <RadioCards name="urgency" legend=t.wizard_urgency() choices=words::urgencies(t) chosen=fields.urgency/>
        <Select name="offers_days" label=t.wizard_offers_days() choices=days chosen=fields.offers_days/>
        <Field
            name="inspection"
            label=t.wizard_inspection()
            hint=t.wizard_inspection_hint()
            value=fields.inspection
            inputmode="numeric"
            maxlength=3
            dir="ltr"
        />
        <Checkboxes name="evidence" legend=t.wizard_evidence() choices=evidence chosen=fields.evidence/>
        <Select name="silence" label=t.wizard_silence() choices=silence chosen=fields.silence/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_800_000_000_000);

    fn typed(max: &str, min: &str) -> ConditionsFields {
        ConditionsFields {
            max: max.to_owned(),
            min: min.to_owned(),
            ..ConditionsFields::usual(Some(ProductKind::PhysicalProduct))
        }
    }

    fn read(fields: &ConditionsFields) -> Result<Conditions, Errors> {
        let mut errors = Errors::none();
        let conditions = fields.read(None, NOW, Locale::En, &mut errors);
        if errors.is_empty() {
            Ok(conditions.unwrap())
        } else {
            Err(errors)
        }
    }

    #[test]
    fn a_budget_is_read_in_the_digits_people_type() {
        let conditions = read(&typed("۱٬۲۴۰٫۵", "")).unwrap();
        assert_eq!(conditions.budget.max().to_plain(6), "1240.5");
        assert_eq!(conditions.offers_until, NOW.plus(Span::days(14)));
        assert_eq!(conditions.inspection_days, 3);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let wrong = |change: fn(&mut ConditionsFields)| {
            let mut fields = typed("100", "");
            change(&mut fields);
            read(&fields).unwrap_err()
        };
        assert!(wrong(|fields| fields.max.clear()).of("max").is_some());
        assert!(
            wrong(|fields| fields.max = "12.3456789".to_owned())
                .of("max")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.min = "200".to_owned())
                .of("max")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.inspection = "31".to_owned())
                .of("inspection")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.inspection = "300".to_owned())
                .of("inspection")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.evidence.clear())
                .of("evidence")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.offers_days = "4".to_owned())
                .of("offers_days")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.offers_days = KEEP.to_owned())
                .of("offers_days")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.silence = "3333".to_owned())
                .of("silence")
                .is_some()
        );
        assert!(
            wrong(|fields| fields.urgency.clear())
                .of("urgency")
                .is_some()
        );
    }

    #[test]
    fn what_was_typed_comes_back_the_same() {
        let mut fields = typed("500", "80.5");
        fields.silence = "5000".to_owned();
        let conditions = read(&fields).unwrap();
        let again = ConditionsFields::of(&conditions);
        let mut errors = Errors::none();
        let read_again = again.read(Some(&conditions), NOW, Locale::En, &mut errors);
        assert_eq!(read_again, Some(conditions));
    }
}
