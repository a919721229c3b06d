//! `/how-it-works`: the whole way of a deal, with every clock.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::{Banner, Tone};
use crate::page::{Page, share};

pub(crate) async fn get(page: Page) -> Response {
    let t = page.t();
    let shown = page.html(t.how_title())
        .description(t.how_lede())
        .translated()
        .render(|| {
            view! {
                <article class="stack prose loose">
                    <h1>{t.how_title()}</h1>
                    <p class="lede">{t.how_lede()}</p>
                    <Part title=t.how_agree() text=t.how_agree_text() clock=t.how_agree_clock()/>
                    <Part title=t.how_pay() text=t.how_pay_text() clock=t.how_pay_clock()/>
                    <Part title=t.how_ship() text=t.how_ship_text() clock=t.how_ship_clock()/>
                    <Part title=t.how_code() text=t.how_code_text() clock=t.how_code_clock()/>
                    <Part title=t.how_check() text=t.how_check_text() clock=t.how_check_clock()/>
                    <Part title=t.how_dispute() text=t.how_dispute_text() clock=t.how_dispute_clock()/>
                    <Banner tone=Tone::Care>
                        <p><strong>{t.how_warning()}</strong>" "{t.how_warning_text()}</p>
                    </Banner>
                </article>
            }
        });
    share(shown)
}

/// A part of the way, and what its clock does.
#[component]
fn Part(title: &'static str, text: &'static str, clock: &'static str) -> impl IntoView {
    let page = Page::current();
    view! {
        <section class="stack">
            <h2>{title}</h2>
            <p>{text}</p>
            <p class="otherwise"><strong>{page.t().how_otherwise()}</strong>" "{clock}</p>
        </section>
    }
}
