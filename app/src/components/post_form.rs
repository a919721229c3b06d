//! A form that changes something.

use leptos::prelude::*;

use super::Button;
use crate::form::Kept;
use crate::page::Page;

/// Posts to the page's own address, unless `action` says another. Carries a fresh key, so that
/// sending it twice does it once, and the version of what the person is looking at.
#[component]
pub fn PostForm(
    #[prop(optional, into)] action: Option<String>,
    /// For what may be done any number of times: one key for all, so the page is the same for all.
    #[prop(optional)]
    key: Option<&'static str>,
    #[prop(optional)] version: Option<u64>,
    /// For forms with files.
    #[prop(optional)]
    multipart: bool,
    #[prop(optional, into)] class: Option<String>,
    children: Children,
) -> impl IntoView {
    let key = key.map_or_else(|| form_key(action.as_deref()), ToOwned::to_owned);
    view! {
        <form
            method="post"
            action=action
            class=class
            enctype=multipart.then_some("multipart/form-data")
            novalidate
        >
            <input type="hidden" name="key" value=key/>
            {version.map(|version| view! { <input type="hidden" name="version" value=version/> })}
            {children()}
        </form>
    }
}

/// What names the one intent of a form on the page that is being rendered. A form that is shown
/// again keeps its name: should it have arrived before, sending it once more does nothing.
pub fn form_key(action: Option<&str>) -> String {
    let kept = Kept::current().filter(|_| action.is_none());
    let key = kept.as_ref().and_then(|kept| kept.value("key"));
    key.map_or_else(|| Page::current().web.token(), ToOwned::to_owned)
}

/// Leads back to a form, which shows what is `kept` of it. Nothing else comes of it.
#[component]
pub fn KeptForm(
    /// The page of the form.
    #[prop(into)]
    page: String,
    kept: Kept,
    children: Children,
) -> impl IntoView {
    view! {
        <form method="post" action=page>
            <input type="hidden" name=Kept::FIELD value=kept.to_text()/>
            <Button>{children()}</Button>
        </form>
    }
}
