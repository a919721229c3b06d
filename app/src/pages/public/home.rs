//! `/`: what Amn is, in one look.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::{Button, Icon, Look};
use crate::page::Page;

pub(crate) async fn get(page: Page) -> Response {
    let t = page.t();
    page.html(t.home_title())
        .description(t.home_lede())
        .translated()
        .render(|| {
            view! {
                <section class="hero stack">
                    <h1>{t.home_title()}</h1>
                    <p class="lede">{t.home_lede()}</p>
                    <p><Button look=Look::Primary href=page.public("/how-it-works")>{t.home_learn()}</Button></p>
                </section>
                <section class="stack" aria-labelledby="steps">
                    <h2 id="steps">{t.home_steps_title()}</h2>
                    <ol class="deal-clock">
                        <Step icon="deal-awaiting" name=t.home_agree() text=t.home_agree_text() otherwise=t.home_agree_otherwise()/>
                        <Step icon="deal-held" name=t.home_pay() text=t.home_pay_text() otherwise=t.home_pay_otherwise()/>
                        <Step icon="deal-code" name=t.home_hand_over() text=t.home_hand_over_text() otherwise=t.home_hand_over_otherwise()/>
                        <Step icon="deal-released" name=t.home_release() text=t.home_release_text() otherwise=t.home_release_otherwise()/>
                    </ol>
                </section>
                <section class="stack promises" aria-labelledby="promises">
                    <h2 id="promises">{t.home_promises_title()}</h2>
                    <ul class="grid">
                        <li class="card stack"><h3>{t.home_promise_clock()}</h3><p>{t.home_promise_clock_text()}</p></li>
                        <li class="card stack"><h3>{t.home_promise_money()}</h3><p>{t.home_promise_money_text()}</p></li>
                        <li class="card stack"><h3>{t.home_promise_evidence()}</h3><p>{t.home_promise_evidence_text()}</p></li>
                    </ul>
                </section>
            }
        })
}

/// One part of a deal, and what happens when nobody does it.
#[component]
fn Step(
    icon: &'static str,
    name: &'static str,
    text: &'static str,
    otherwise: &'static str,
) -> impl IntoView {
    view! {
        <li class="card stack">
            <h3><Icon name=icon directional=true/>{name}</h3>
            <p>{text}</p>
            <p class="otherwise"><Icon name="clock"/><span>{otherwise}</span></p>
        </li>
    }
}
