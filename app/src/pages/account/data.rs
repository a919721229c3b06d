//! `/account/data`: save everything that is kept of oneself.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::password::Password;
use leptos::prelude::*;
use serde::Deserialize;
use services::people::ExportDataError;

use crate::components::{Banner, Button, Password as PasswordField, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    password: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    page.user()?;
    Ok(show(&page, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    let t = page.t();
    let password = Password::typed(&form.fields.password);
    let (services, actor) = (page.services(), page.actor());
    let exported = services.export_data(&actor, &page.client, password).await;
    let mut errors = Errors::none();
    let status = match exported {
        Ok(data) => return Ok(file(&format!("{data:#}"))),
        Err(ExportDataError::WrongPassword) => {
            errors.add("password", t.account_current_wrong());
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(ExportDataError::Locked { until }) => {
            errors.add_whole(refusals::locked(&page, until));
            StatusCode::LOCKED
        }
        Err(ExportDataError::Throttled(throttled)) => {
            let at = page.when.moment(throttled.until);
            errors.add_whole(t.data_again(at));
            StatusCode::TOO_MANY_REQUESTS
        }
        Err(ExportDataError::Failed(failure)) => return Err(failure.into()),
    };
    Ok(show(&page, &errors, status))
}

/// To be saved, and kept by nobody on the way.
fn file(json: &str) -> Response {
    let fixed = HeaderValue::from_static;
    let headers = [
        (header::CONTENT_TYPE, fixed("application/json")),
        (
            header::CONTENT_DISPOSITION,
            fixed("attachment; filename=\"amn-data.json\""),
        ),
        (header::CACHE_CONTROL, fixed("private, no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
    ];
    (headers, json.to_owned()).into_response()
}

fn show(page: &Page, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let html = page.html(t.data_title()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account/security">{t.account_security()}</a></p>
                <h1>{t.data_title()}</h1>
                <p>{t.data_text()}</p>
                <PostForm class="stack">
                    <PasswordField
                        name="password"
                        label=t.auth_password()
                        autocomplete="current-password"
                    />
                    <Banner>{t.data_note()}</Banner>
                    <p><Button>{t.data_button()}</Button></p>
                </PostForm>
            </div>
        }
    })
}
