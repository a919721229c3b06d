//! Language, calendar, theme, ways of notification.

use domain::Language;
use domain::User;
use domain::notification::{Channels, NotificationTopic};
use domain::policy::Action;
use domain::user::{Calendar, DisplayCurrency, Theme, TimeZoneName};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::people::ChangeUserError;

/// How a person wants to see and hear things. What is `None` stays as it is; an inner `None` goes
/// back to what is usual.
#[derive(Debug, Clone, Default)]
pub struct EditPreferences {
    /// The language of pages and mails.
    pub language: Option<Language>,
    /// The currency of rough figures.
    pub currency: Option<DisplayCurrency>,
    /// How dates are written.
    pub calendar: Option<Option<Calendar>>,
    /// Light or dark.
    pub theme: Option<Option<Theme>>,
    /// The zone that dates are written in.
    pub time_zone: Option<Option<TimeZoneName>>,
    /// Ways to hear of topics.
    pub notifications: Vec<(NotificationTopic, Channels)>,
}

/// Why the preferences stay.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EditPreferencesError {
    /// The time zone database has no such zone.
    #[error("there is no such time zone")]
    UnknownTimeZone,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Changes how the person sees and hears things.
    ///
    /// # Errors
    /// [`EditPreferencesError`].
    pub async fn edit_preferences(
        &self,
        actor: &Actor,
        command: EditPreferences,
    ) -> Result<User, EditPreferencesError> {
        let person = actor
            .person_who_may(Action::EditPreferences)
            .map_err(Failure::from)?;
        if let Some(Some(zone)) = &command.time_zone
            && jiff::tz::TimeZone::get(zone.as_str()).is_err()
        {
            return Err(EditPreferencesError::UnknownTimeZone);
        }
        let user = self.find_user(person.id).await?;
        let changed = self.change_user(user, |user, now| {
            let mut preferences = user.preferences.clone();
            let command = command.clone();
            preferences.language = command.language.unwrap_or(preferences.language);
            preferences.currency = command.currency.unwrap_or(preferences.currency);
            preferences.calendar = command.calendar.unwrap_or(preferences.calendar);
            preferences.theme = command.theme.unwrap_or(preferences.theme);
            preferences.time_zone = command.time_zone.unwrap_or(preferences.time_zone);
            for (topic, channels) in command.notifications {
                preferences.choose(topic, channels);
            }
            user.edit_preferences(preferences, now)
        });
        Ok(changed.await.map_err(ChangeUserError::into_failure)?)
    }
}
