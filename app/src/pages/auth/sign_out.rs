//! `/auth/sign-out`: the way out of this browser.

use crate::form::Submission;
use crate::page::{Page, PageResult};

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Fields {}

pub(crate) async fn post(page: Page, _form: Submission<Fields>) -> PageResult {
    if page.viewer.is_some() {
        page.web.services.sign_out(&page.actor()).await?;
    }
    Ok(page.signed_out("/?done=signed_out"))
}
