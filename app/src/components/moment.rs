//! Moments and deadlines.

use domain::Timestamp;
use leptos::prelude::*;

use super::Icon;
use crate::page::Page;
use crate::when::iso;

/// A moment with its zone, and how far away it is.
#[component]
pub fn Moment(
    at: Timestamp,
    /// Without the distance.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let page = Page::current();
    let moment = page.when.moment(at);
    let text = if bare {
        moment
    } else {
        let now = page.services().now();
        format!("{} · {moment}", page.when.from_now(at, now))
    };
    view! { <time datetime=iso(at)>{text}</time> }
}

/// What happens if nobody acts, and when. Stands on every page of a deal that waits.
#[component]
pub fn Clock(at: Timestamp, children: Children) -> impl IntoView {
    let page = Page::current();
    view! {
        <section class="clock" aria-labelledby="clock">
            <h2 id="clock"><Icon name="clock"/>{page.t().when_if_nobody_acts()}</h2>
            <p class="when"><Moment at/></p>
            <p>{children()}</p>
        </section>
    }
}
