//! `/preferences/language`: the page again, in another language.

use axum::http::header;
use axum::response::IntoResponse;
use browser::cookies;
use serde::Deserialize;

use services::people::EditPreferences;

use super::keep;
use crate::form::Submission;
use crate::i18n::Locale;
use crate::next_path::local_path;
use crate::page::{Failure, Page, PageResult, localised, split_locale};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    lang: String,
    next: String,
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let locale = Locale::from_code(&form.fields.lang).ok_or(Failure::NotFound)?;
    if page.viewer.is_some() {
        let command = EditPreferences {
            language: Some(locale.into()),
            ..EditPreferences::default()
        };
        keep(&page, command).await?;
    }
    let next = local_path(&form.fields.next).unwrap_or("/");
    let cookie = cookies::keep(cookies::LANGUAGE, locale.code(), page.web.is_secure());
    let answer = page.see_other(&in_language(next, locale));
    Ok(([(header::SET_COOKIE, cookie)], answer).into_response())
}

/// The same page in another language: where the address says the language, it must say this one.
fn in_language(next: &str, locale: Locale) -> String {
    let (path, query) = match next.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (next, None),
    };
    let path = match split_locale(path) {
        (Some(_), bare) => localised(locale, bare),
        (None, bare) => bare.to_owned(),
    };
    query.map_or_else(|| path.clone(), |query| format!("{path}?{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_page_is_shown_again() {
        for (next, address) in [
            ("/", "/"),
            ("/deals/7", "/deals/7"),
            ("/en/requests?q=fa", "/fa/requests?q=fa"),
            ("/fa", "/fa"),
            ("/en", "/fa"),
        ] {
            assert_eq!(in_language(next, Locale::Fa), address);
        }
    }
}
