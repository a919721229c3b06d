//! A part of a page that keeps itself fresh, and what makes up for it without scripts.

use domain::Timestamp;
use leptos::prelude::*;

use super::Refresh;
use crate::islands::{Countdown, Live};
use crate::page::Page;

/// How often the page is asked for again while somebody looks at it.
const EVERY_MS: u32 = 10_000;

/// The children are shown anew when `version`, which names all that they show, is another. `says`
/// is the new state in a sentence.
#[component]
pub fn LiveRegion(
    #[prop(into)] version: String,
    #[prop(into)] says: String,
    children: Children,
) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let here = page.here().to_owned();
    view! {
        <Refresh/>
        <Live
            id="live"
            version
            says
            offline=page.offline_words()
            changed=t.common_changed()
            refresh=t.common_refresh()
            here
            every_ms=EVERY_MS
        >
            {children()}
        </Live>
    }
}

/// The last minutes before `at`; nothing without scripts, where the date beside it says all.
#[component]
pub fn TimeLeft(at: Timestamp) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let minutes = |count: i64| {
        let text = t.when_minutes(u64::try_from(count).unwrap_or_default());
        (count * 60, t.when_left(text))
    };
    let mut says: Vec<(i64, String)> = [10, 5, 1].into_iter().map(minutes).collect();
    says.push((0, t.when_over().to_owned()));
    let zero = t.number(0).chars().next().unwrap_or('0');
    let now = page.services().now();
    view! { <Countdown due_unix_ms=at.unix_ms() now_unix_ms=now.unix_ms() zero says/> }
}
