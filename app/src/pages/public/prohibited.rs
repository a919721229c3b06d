//! `/prohibited`: what may not be traded here, and what follows.

use axum::response::Response;
use leptos::prelude::*;

use crate::page::{Page, share};

pub(crate) async fn get(page: Page) -> Response {
    let t = page.t();
    let goods = [
        t.prohibited_weapons(),
        t.prohibited_drugs(),
        t.prohibited_people(),
        t.prohibited_forgeries(),
        t.prohibited_stolen(),
        t.prohibited_beasts(),
        t.prohibited_secrets(),
        t.prohibited_law(),
    ];
    let ways = [
        t.prohibited_refused(),
        t.prohibited_doubtful(),
        t.prohibited_hidden(),
        t.prohibited_held(),
    ];
    let html = page.html(t.prohibited_title());
    let html = html.description(t.prohibited_lede()).translated();
    share(html.render(|| {
        let list = |texts: &[&'static str]| {
            let items: Vec<_> = texts
                .iter()
                .map(|text| view! { <li>{*text}</li> })
                .collect();
            view! { <ul class="stack tight">{items}</ul> }
        };
        view! {
            <article class="stack prose loose">
                <h1>{t.prohibited_title()}</h1>
                <p class="lede">{t.prohibited_lede()}</p>
                <section class="stack">
                    <h2>{t.prohibited_goods()}</h2>
                    {list(&goods)}
                </section>
                <section class="stack">
                    <h2>{t.prohibited_what_follows()}</h2>
                    {list(&ways)}
                </section>
                <p>{t.prohibited_report()}</p>
            </article>
        }
    }))
}
