//! What use cases refuse, as problems.

use std::borrow::Cow;
use std::str::FromStr;

use axum::http::StatusCode;
use domain::Email;
use domain::Timestamp;
use domain::challenge::SixDigits;
use domain::money::AmountError;
use domain::password::{Password, PasswordRejection};
use domain::policy::Denied;
use domain::text::TextError;
use domain::user::PersonName;
use domain::{Asset, Units};
use services::identity::Throttled;
use services::{Failure, Services};

use crate::moment;
use crate::problem::{FieldProblem, Problem};

/// What can stop any use case.
pub fn failed(failure: Failure) -> Problem {
    let code = failure.code();
    match failure {
        Failure::Denied(Denied::SignInNeeded) => Problem::unauthenticated(),
        Failure::Denied(denied) => Problem::new(StatusCode::FORBIDDEN, code, denied.to_string()),
        Failure::Contended => Problem::new(StatusCode::CONFLICT, code, failure.to_string()),
        Failure::Store(error) if !error.may_pass() => {
            tracing::error!(%error, "a call met what we cannot read or may not write");
            Problem::internal()
        }
        Failure::Store(error) => {
            tracing::error!(%error, "the store failed a call");
            let detail = "we cannot reach our records right now; please try again";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, detail).retry_after_seconds(5)
        }
    }
}

/// 429: too many tries from a network, or codes to a mailbox.
pub fn throttled(services: &Services, throttled: Throttled) -> Problem {
    let detail = "too many tries; please wait";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", detail)
        .retry_at(throttled.until, services.now())
        .of_limit(throttled.limit)
}

/// 423: too many wrong passwords.
pub fn locked(services: &Services, until: Timestamp) -> Problem {
    let detail = "too many wrong passwords; please wait";
    Problem::new(StatusCode::LOCKED, "LOCKED", detail).retry_at(until, services.now())
}

/// A new password that is not taken.
pub fn password(field: &'static str, rejection: PasswordRejection) -> Problem {
    Problem::field(field, rejection.code(), rejection.to_string())
}

/// 409: the key of the command was used for another one.
pub fn key_reused() -> Problem {
    let detail = "this Idempotency-Key was used for something else; take a fresh one";
    Problem::new(StatusCode::CONFLICT, "IDEMPOTENCY_KEY_REUSED", detail)
}

/// 409: where something stands, it cannot be done.
pub fn conflict(code: &'static str, why: impl std::fmt::Display) -> Problem {
    Problem::new(StatusCode::CONFLICT, code, why.to_string())
}

/// A mailed code that does not match. `left` tries are left.
pub fn wrong_code(left: u32) -> Problem {
    let message = format!("that code does not match; {left} tries left");
    Problem::field("code", "WRONG_CODE", message)
}

/// What is wrong with the fields of one body, gathered so that all of it is said at once.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldProblem>);

impl Fields {
    /// Keeps what is wrong; gives what is right.
    pub fn take<T>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        read: Result<T, (&'static str, String)>,
    ) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err((code, message)) => {
                self.0.push(FieldProblem {
                    field: field.into(),
                    code,
                    message,
                });
                None
            }
        }
    }

    /// A text of ours.
    pub fn text<T>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        read: Result<T, TextError>,
    ) -> Option<T> {
        self.take(
            field,
            read.map_err(|error| (error.code(), error.to_string())),
        )
    }

    /// One of several words; `words` are all there are.
    pub fn choice<T>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        chosen: Option<T>,
        words: &[&str],
    ) -> Option<T> {
        let wrong = || ("NO_SUCH_CHOICE", format!("one of {}", words.join(", ")));
        self.take(field, chosen.ok_or_else(wrong))
    }

    /// A yes or no; no when nothing is said.
    pub fn flag(&mut self, field: &'static str, text: Option<&str>) -> bool {
        let read = match text {
            None | Some("false") => Some(false),
            Some("true") => Some(true),
            Some(_) => None,
        };
        self.choice(field, read, &["true", "false"])
            .unwrap_or_default()
    }

    /// An id that we gave.
    pub fn id<T: FromStr>(&mut self, field: impl Into<Cow<'static, str>>, text: &str) -> Option<T> {
        let wrong = |_| ("INVALID_ID", "an id is a UUID that we gave".to_owned());
        self.take(field, text.parse().map_err(wrong))
    }

    /// A sum in millionths, on no network.
    pub fn millionths(&mut self, field: &'static str, text: &str) -> Option<Units> {
        let read = Units::parse(text, Asset::PRICE_PLACES);
        let wrong = |error: AmountError| ("INVALID_AMOUNT", error.to_string());
        self.take(field, read.map_err(wrong))
    }

    /// A moment of RFC 3339.
    pub fn moment(&mut self, field: &'static str, text: &str) -> Option<Timestamp> {
        let wrong = || {
            let message = "a moment is such as 2026-11-28T10:30:00Z (RFC 3339)".to_owned();
            ("INVALID_MOMENT", message)
        };
        self.take(field, moment::parse(text).ok_or_else(wrong))
    }

    /// A mailbox.
    pub fn email(&mut self, text: &str) -> Option<Email> {
        let read = Email::new(text).map_err(|error| ("INVALID_EMAIL", error.to_string()));
        self.take("email", read)
    }

    /// A name, which may be missing.
    pub fn name(&mut self, field: &'static str, text: Option<&str>) -> Option<PersonName> {
        let read = PersonName::optional(text.unwrap_or_default());
        let read = read.map_err(|error| (error.code(), error.to_string()));
        self.take(field, read).flatten()
    }

    /// A new password, judged by what else is in the body.
    pub fn password(&mut self, field: &'static str, text: &str, personal: &[&str]) -> Password {
        let typed = Password::typed(text);
        let judged = typed.clone().choose(personal);
        self.take(
            field,
            judged.map_err(|error| (error.code(), error.to_string())),
        );
        typed
    }

    /// Six digits, as they were mailed.
    pub fn code(&mut self, text: &str) -> Option<SixDigits> {
        let wrong = |_| ("INVALID_CODE", "a code has six digits".to_owned());
        self.take("code", SixDigits::new(text).map_err(wrong))
    }

    /// Whether nothing is wrong so far.
    pub const fn are_right(&self) -> bool {
        self.0.is_empty()
    }

    /// The problem with all that is wrong.
    pub fn problem(self) -> Problem {
        Problem::fields(self.0)
    }
}
