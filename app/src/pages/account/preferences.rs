//! `/account/preferences`: language, dates, appearance, ways of notification.

use axum::response::Response;
use domain::Language;
use domain::notification::{Channels, NotificationTopic};
use domain::user::{Calendar, DisplayCurrency, Preferences, Theme, TimeZoneName};
use leptos::prelude::*;
use serde::Deserialize;
use services::people::{EditPreferences, EditPreferencesError};

use super::zones::ZONES;
use crate::components::{Button, Checkboxes, Choice, PostForm, RadioCards, Select};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Page, PageResult};

/// What a person chooses who leaves it to the language or the device.
const USUAL: &str = "usual";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    language: String,
    calendar: String,
    theme: String,
    currency: String,
    time_zone: String,
    in_app: Vec<String>,
    email: Vec<String>,
}

impl Fields {
    fn of(preferences: &Preferences) -> Self {
        let heard = |way: fn(Channels) -> bool| {
            topics()
                .filter(|topic| way(preferences.channels(*topic)))
                .map(|topic| topic.code().to_owned())
                .collect()
        };
        let zone = preferences.time_zone.as_ref().map(TimeZoneName::as_str);
        Self {
            language: preferences.language.code().to_owned(),
            calendar: preferences
                .calendar
                .map_or(USUAL, Calendar::code)
                .to_owned(),
            theme: preferences.theme.map_or(USUAL, Theme::code).to_owned(),
            currency: preferences.currency.code().to_owned(),
            time_zone: zone.unwrap_or("UTC").to_owned(),
            in_app: heard(|channels| channels.in_app),
            email: heard(|channels| channels.email),
        }
    }

    /// Nothing when a value is none that the form offers.
    fn read(&self) -> Option<EditPreferences> {
        let calendar = match self.calendar.as_str() {
            USUAL => None,
            code => Some(Calendar::from_code(code)?),
        };
        let theme = match self.theme.as_str() {
            USUAL => None,
            code => Some(Theme::from_code(code)?),
        };
        let heard = |topic: NotificationTopic| Channels {
            in_app: self.in_app.iter().any(|code| code == topic.code()),
            email: self.email.iter().any(|code| code == topic.code()),
        };
        Some(EditPreferences {
            language: Some(Language::from_code(&self.language)?),
            currency: Some(DisplayCurrency::from_code(&self.currency)?),
            calendar: Some(calendar),
            theme: Some(theme),
            time_zone: Some(Some(TimeZoneName::new(&self.time_zone).ok()?)),
            notifications: topics().map(|topic| (topic, heard(topic))).collect(),
        })
    }
}

/// What can be silenced; news of the account itself cannot.
fn topics() -> impl Iterator<Item = NotificationTopic> {
    let can_be_chosen = |topic: &NotificationTopic| *topic != NotificationTopic::System;
    NotificationTopic::ALL.into_iter().filter(can_be_chosen)
}

pub(crate) async fn get(page: Page) -> PageResult {
    let fields = Fields::of(&page.user()?.preferences);
    Ok(show(&page, &fields, &Errors::none()))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    let t = page.t();
    let Some(command) = form.fields.read() else {
        let errors = Errors::whole(t.account_preferences_wrong());
        return Ok(show(&page, &form.fields, &errors));
    };
    match page
        .web
        .services
        .edit_preferences(&page.actor(), command)
        .await
    {
        Ok(_) => Ok(page.see_other("/account/preferences?done=saved")),
        Err(EditPreferencesError::UnknownTimeZone) => {
            let mut errors = Errors::none();
            errors.add("time_zone", t.account_time_zone_wrong());
            Ok(show(&page, &form.fields, &errors))
        }
        Err(EditPreferencesError::Failed(failure)) => Err(failure.into()),
    }
}

fn show(page: &Page, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let zones = zones(&fields.time_zone);
    let fields = fields.clone();
    page.html(t.account_preferences()).errors(errors).render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account">{t.account_title()}</a></p>
                <h1>{t.account_preferences()}</h1>
                <PostForm class="stack">
                    <Select
                        name="language"
                        label=t.common_language()
                        choices=Locale::ALL.map(|one| Choice::new(one.code(), one.own_name())).to_vec()
                        chosen=fields.language.clone()
                    />
                    <Select
                        name="calendar"
                        label=t.account_calendar()
                        choices=calendars(t)
                        chosen=fields.calendar.clone()
                    />
                    <Select
                        name="time_zone"
                        label=t.account_time_zone()
                        hint=t.account_time_zone_hint()
                        choices=zones
                        chosen=fields.time_zone.clone()
                    />
                    <Select
                        name="currency"
                        label=t.account_currency()
                        hint=t.account_currency_hint()
                        choices=currencies(t)
                        chosen=fields.currency.clone()
                    />
                    <RadioCards
                        name="theme"
                        legend=t.common_theme()
                        choices=themes(t)
                        chosen=fields.theme.clone()
                    />
                    <Checkboxes
                        name="in_app"
                        legend=t.account_in_app()
                        choices=topic_choices(t)
                        chosen=fields.in_app.clone()
                    />
                    <Checkboxes
                        name="email"
                        legend=t.account_by_email()
                        hint=t.account_by_email_hint()
                        choices=topic_choices(t)
                        chosen=fields.email.clone()
                    />
                    <p><Button>{t.account_save()}</Button></p>
                </PostForm>
            </div>
        }
    })
}

fn calendars(t: Locale) -> Vec<Choice> {
    vec![
        Choice::new(USUAL, t.account_calendar_usual()),
        Choice::new(Calendar::Gregorian.code(), t.account_calendar_gregorian()),
        Choice::new(Calendar::Jalali.code(), t.account_calendar_jalali()),
    ]
}

fn themes(t: Locale) -> Vec<Choice> {
    vec![
        Choice::new(USUAL, t.common_theme_system()),
        Choice::new(Theme::Light.code(), t.common_theme_light()),
        Choice::new(Theme::Dark.code(), t.common_theme_dark()),
    ]
}

fn currencies(t: Locale) -> Vec<Choice> {
    let name = |currency| match currency {
        DisplayCurrency::Usd => t.account_currency_usd(),
        DisplayCurrency::Eur => t.account_currency_eur(),
        DisplayCurrency::Irr => t.account_currency_irr(),
    };
    DisplayCurrency::ALL
        .map(|currency| Choice::new(currency.code(), name(currency)))
        .to_vec()
}

/// The usual ones, and the one the person has.
fn zones(chosen: &str) -> Vec<Choice> {
    let own = Some(chosen).filter(|chosen| !chosen.is_empty() && !ZONES.contains(chosen));
    let names = ZONES.iter().copied().chain(own);
    names.map(|name| Choice::new(name, name)).collect()
}

fn topic_choices(t: Locale) -> Vec<Choice> {
    topics()
        .map(|topic| Choice::new(topic.code(), topic_name(t, topic)))
        .collect()
}

pub(crate) const fn topic_name(t: Locale, topic: NotificationTopic) -> &'static str {
    match topic {
        NotificationTopic::PurchaseRequest => t.notice_topic_purchase_request(),
        NotificationTopic::Offer => t.notice_topic_offer(),
        NotificationTopic::Payment => t.notice_topic_payment(),
        NotificationTopic::Delivery => t.notice_topic_delivery(),
        NotificationTopic::Dispute => t.notice_topic_dispute(),
        NotificationTopic::Chat => t.notice_topic_chat(),
        NotificationTopic::System => t.notice_topic_system(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_shows_is_what_it_saves() {
        for language in Language::ALL {
            let fields = Fields::of(&Preferences::of(language));
            let command = fields.read().unwrap();
            assert_eq!(command.language, Some(language));
            for (topic, channels) in command.notifications {
                assert_eq!(channels, Channels::default_of(topic), "{topic:?}");
            }
        }
    }

    #[test]
    fn values_that_the_form_does_not_offer_are_refused() {
        let good = Fields::of(&Preferences::default());
        assert!(good.read().is_some());
        for wrong in [
            Fields {
                language: "de".into(),
                ..good.clone()
            },
            Fields {
                theme: "pink".into(),
                ..good.clone()
            },
            Fields {
                calendar: String::new(),
                ..good.clone()
            },
            Fields {
                currency: "BTC".into(),
                ..good.clone()
            },
            Fields {
                time_zone: "../etc".into(),
                ..good.clone()
            },
        ] {
            assert!(wrong.read().is_none(), "{wrong:?}");
        }
    }
}
