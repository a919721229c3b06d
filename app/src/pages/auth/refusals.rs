//! What is wrong with what somebody typed about themselves, in words.

use domain::challenge::SixDigits;
use domain::password::{Password, PasswordRejection};
use domain::text::TextError;
use domain::user::{NameError, PersonName};
use domain::{Email, Timestamp};

use crate::i18n::Locale;
use crate::page::Page;

/// A limit, for a sentence.
pub(crate) fn counted(limit: usize) -> u64 {
    u64::try_from(limit).unwrap_or(u64::MAX)
}

pub(crate) fn read_email(t: Locale, typed: &str) -> Result<Email, &'static str> {
    Email::new(typed).map_err(|_| t.auth_email_wrong())
}

pub(crate) fn read_code(t: Locale, typed: &str) -> Result<SixDigits, &'static str> {
    SixDigits::new(typed).map_err(|_| t.auth_code_shape())
}

pub(crate) fn read_name(t: Locale, typed: &str) -> Result<Option<PersonName>, String> {
    PersonName::optional(typed).map_err(|error| match error {
        NameError::Text(TextError::Empty) => t.auth_name_wrong().to_owned(),
        NameError::Text(TextError::TooLong { .. }) => t.auth_name_long(counted(PersonName::MAX)),
        NameError::NotInNames(other) => t.auth_name_other(other),
        NameError::MixedAlphabets => t.auth_name_mixed().to_owned(),
        NameError::Reserved => t.auth_name_reserved().to_owned(),
    })
}

pub(crate) fn password(t: Locale, rejection: PasswordRejection) -> String {
    match rejection {
        PasswordRejection::TooShort => t.auth_password_short(counted(Password::MIN)),
        PasswordRejection::TooLong => t.auth_password_long(counted(Password::MAX)),
        PasswordRejection::Common => t.auth_password_common().to_owned(),
        PasswordRejection::Personal => t.auth_password_personal().to_owned(),
    }
}

/// A wrong code, with the tries that are left.
pub(crate) fn wrong_code(t: Locale, left: u32) -> String {
    if left == 0 {
        t.auth_code_last().to_owned()
    } else {
        t.auth_code_wrong(u64::from(left))
    }
}

/// Too many wrong passwords here.
pub(crate) fn locked(page: &Page, until: Timestamp) -> String {
    page.t().auth_locked(time_left(page, until))
}

/// Too many requests, or codes, for now.
pub(crate) fn throttled(page: &Page, until: Timestamp) -> String {
    page.t().auth_throttled(time_left(page, until))
}

/// `15 minutes`; never less than one.
fn time_left(page: &Page, until: Timestamp) -> String {
    let minute = domain::Span::minutes(1);
    // The last seconds are rounded up: whoever waits as told is let in.
    let left = until.since(page.web.services.now()).plus(minute);
    page.when.length(left).unwrap_or_default()
}
