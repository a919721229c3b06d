//! The way to the deal's receipt, for its parties.

use leptos::prelude::*;

use super::super::open::step_path;
use super::super::words::Words;
use crate::components::{Button, Look};

pub(super) fn section(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let t = words.t();
    let deal = &words.view.deal;
    let title = if deal.state.is_final() {
        t.receipt_title()
    } else {
        t.receipt_title_so_far()
    };
    let href = step_path(deal.id, "receipt");
    let verify = words.page.public("/verify");
    words.view.party().is_some().then(|| {
        view! {
            <section id="receipt" class="stack" aria-labelledby="receipt-heading">
                <h2 id="receipt-heading">{title}</h2>
                <p class="prose">{t.receipt_text()}</p>
                <p class="cluster">
                    <Button look=Look::Quiet href>{t.receipt_download()}</Button>
                    <a href=verify>{t.receipt_verify()}</a>
                </p>
            </section>
        }
    })
}
