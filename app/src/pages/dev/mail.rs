//! `/dev/mail…`: every letter that the demonstration would have sent.

pub(crate) mod json;
pub(crate) mod letter;
pub(crate) mod list;

use services::paging::{Limit, PageRequest};

use crate::page::Page;

/// The newest are enough for whoever tries the demonstration.
const SHOWN: PageRequest = PageRequest::first(Limit::MAX);

/// The mailbox that is asked for, if one is.
fn mailbox(page: &Page) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(page.uri.query()?).ok()?;
    let to = pairs.into_iter().find(|(name, _)| name == "to");
    to.map(|(_, to)| to.trim().to_lowercase())
        .filter(|to| !to.is_empty())
}
