//! `GET`, `PATCH /user/preferences`: how one wants to see and hear things.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use domain::notification::{Channels, NotificationTopic};
use domain::policy::Action;
use domain::user::{Calendar, DisplayCurrency, Preferences, Theme, TimeZoneName};
use domain::{Language, User};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::Services;
use services::people::{EditPreferences, EditPreferencesError};
use utoipa::ToSchema;

use crate::answer::Data;
use crate::body::{Body, merged};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::{Fields, failed};

/// How one wants to see and hear things.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnPreferences {
    /// `en` or `fa`: of pages and mails.
    #[schema(example = "en")]
    language: String,
    /// `USD`, `EUR` or `IRR`: of rough figures.
    #[schema(example = "USD")]
    currency: String,
    /// `gregorian` or `jalali`; none goes by the language.
    #[schema(example = "jalali")]
    calendar: Option<String>,
    /// `light` or `dark`; none goes by the device.
    #[schema(example = "dark")]
    theme: Option<String>,
    /// A zone of the IANA database; none is UTC.
    #[schema(example = "Asia/Tehran")]
    time_zone: Option<String>,
    /// Ways to hear of `purchase_request`, `offer`, `payment`, `delivery`, `dispute`, `chat` and
    /// `system`; news of the account cannot be silenced.
    #[schema(example = json!({ "offer": { "inApp": true, "email": false } }))]
    notifications: BTreeMap<String, NotificationWays>,
}

/// By which ways.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotificationWays {
    /// In the list of notifications.
    in_app: bool,
    /// By mail.
    email: bool,
}

impl From<&Preferences> for OwnPreferences {
    fn from(preferences: &Preferences) -> Self {
        let ways = |topic: NotificationTopic| {
            let Channels { in_app, email } = preferences.channels(topic);
            (topic.code().to_owned(), NotificationWays { in_app, email })
        };
        let zone = preferences.time_zone.as_ref();
        Self {
            language: preferences.language.code().to_owned(),
            currency: preferences.currency.code().to_owned(),
            calendar: preferences.calendar.map(|one| one.code().to_owned()),
            theme: preferences.theme.map(|one| one.code().to_owned()),
            time_zone: zone.map(|zone| zone.as_str().to_owned()),
            notifications: NotificationTopic::ALL.into_iter().map(ways).collect(),
        }
    }
}

/// See one's preferences
#[utoipa::path(
    get,
    path = "/user/preferences",
    tag = "users",
    extensions(("x-policy" = json!("account.read"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "One's choices", body = Data<OwnPreferences>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<OwnPreferences>, Problem> {
    let user = services.read_account(&caller.actor).await.map_err(failed)?;
    Ok(told(&user))
}

/// Change one's preferences
///
/// What is sent takes the place of what was, `null` goes back to what is usual (RFC 7396).
#[utoipa::path(
    patch,
    path = "/user/preferences",
    tag = "users",
    extensions(("x-policy" = json!("account.edit_preferences"))),
    security(("bearer" = []), ("session" = [])),
    request_body = OwnPreferences,
    responses((status = 200, description = "One's choices now", body = Data<OwnPreferences>))
)]
pub async fn patch(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Body(patch): Body<Value>,
) -> Result<Data<OwnPreferences>, Problem> {
    caller.may(Action::EditPreferences)?;
    let user = services.read_account(&caller.actor).await.map_err(failed)?;
    let sent: OwnPreferences = merged(&OwnPreferences::from(&user.preferences), patch)?;
    let edited = services.edit_preferences(&caller.actor, read(&sent)?).await;
    match edited {
        Ok(user) => Ok(told(&user)),
        Err(error @ EditPreferencesError::UnknownTimeZone) => {
            let code = "UNKNOWN_TIME_ZONE";
            Err(Problem::field("timeZone", code, error.to_string()))
        }
        Err(EditPreferencesError::Failed(failure)) => Err(failed(failure)),
    }
}

fn told(user: &User) -> Data<OwnPreferences> {
    Data::new(OwnPreferences::from(&user.preferences))
}

fn read(sent: &OwnPreferences) -> Result<EditPreferences, Problem> {
    let mut fields = Fields::default();
    let language = Language::from_code(&sent.language);
    let words = Language::ALL.map(Language::code);
    let language = fields.choice("language", language, &words);
    let currency = DisplayCurrency::from_code(&sent.currency);
    let words = DisplayCurrency::ALL.map(DisplayCurrency::code);
    let currency = fields.choice("currency", currency, &words);
    let calendar = sent.calendar.as_deref().and_then(|code| {
        let words = Calendar::ALL.map(Calendar::code);
        fields.choice("calendar", Calendar::from_code(code), &words)
    });
    let theme = sent.theme.as_deref().and_then(|code| {
        let words = Theme::ALL.map(Theme::code);
        fields.choice("theme", Theme::from_code(code), &words)
    });
    let time_zone = sent.time_zone.as_deref().and_then(|name| {
        let zone = TimeZoneName::new(name);
        let zone = zone.map_err(|error| ("UNKNOWN_TIME_ZONE", error.to_string()));
        fields.take("timeZone", zone)
    });
    let words = NotificationTopic::ALL.map(NotificationTopic::code);
    let mut notifications = Vec::new();
    for (code, NotificationWays { in_app, email }) in &sent.notifications {
        let topic = NotificationTopic::from_code(code);
        let topic = fields.choice(format!("notifications.{code}"), topic, &words);
        let channels = Channels {
            in_app: *in_app,
            email: *email,
        };
        notifications.extend(topic.map(|topic| (topic, channels)));
    }
    if !fields.are_right() {
        return Err(fields.problem());
    }
    Ok(EditPreferences {
        language,
        currency,
        calendar: Some(calendar),
        theme: Some(theme),
        time_zone: Some(time_zone),
        notifications,
    })
}
