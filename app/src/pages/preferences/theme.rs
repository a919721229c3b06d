//! `/preferences/theme`: the page again, in other colours.

use axum::http::header;
use axum::response::IntoResponse;
use browser::cookies;
use serde::Deserialize;

use services::people::EditPreferences;

use super::keep;
use crate::form::Submission;
use crate::next_path::local_path;
use crate::page::{Failure, Page, PageResult};
use crate::theme::Theme;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    theme: String,
    next: String,
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let theme = Theme::from_code(&form.fields.theme).ok_or(Failure::NotFound)?;
    if page.viewer.is_some() {
        let command = EditPreferences {
            theme: Some(theme.into()),
            ..EditPreferences::default()
        };
        keep(&page, command).await?;
    }
    let next = local_path(&form.fields.next).unwrap_or("/");
    let cookie = cookies::keep(cookies::THEME, theme.code(), page.web.is_secure());
    Ok(([(header::SET_COOKIE, cookie)], page.see_other(next)).into_response())
}
