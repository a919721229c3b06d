//! Where the buyer's money goes back to, should it have to.

use leptos::prelude::*;

use crate::components::Address;
use crate::page::Page;
use crate::pages::deals::open::{Case, step_path};

/// What is named, and the way to name or change it. It may be left open: a refund then waits.
pub(super) fn part(page: &Page, case: &Case) -> impl IntoView + use<> {
    let t = page.t();
    let href = step_path(case.deal().id, "refund-address");
    let named = case
        .deal()
        .refund_address
        .as_ref()
        .map(|to| to.as_str().to_owned());
    let label = if named.is_some() {
        t.deal_more_refund_address_change()
    } else {
        t.deal_more_refund_address()
    };
    view! {
        <section class="card stack tight" aria-labelledby="refund">
            <h2 id="refund">{t.deal_pay_refund()}</h2>
            {match named {
                Some(address) => view! { <p><Address address/></p> }.into_any(),
                None => view! { <p>{t.deal_pay_refund_none()}</p> }.into_any(),
            }}
            <p><a href=href>{label}</a></p>
        </section>
    }
}
