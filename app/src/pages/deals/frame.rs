//! What the pages of all steps look like. Each ends with what happens if nobody acts.

use axum::http::StatusCode;
use axum::response::Response;
use domain::deal::Rejection;
use leptos::prelude::*;

use super::open::{Case, room_path, step_path};
use super::refusal::refusal;
use super::room::future_panel;
use super::words::Words;
use crate::components::{Banner, Button, DealChip, Icon, LiveRegion, Look, Tone};
use crate::form::Errors;
use crate::page::Page;

/// The page of a step. `may` says whether it can be taken now; if not, the page says why, and
/// where to go.
pub(super) fn step_page<V: IntoView + 'static>(
    page: &Page,
    case: &Case,
    title: impl Into<String>,
    errors: &Errors,
    may: Result<(), Rejection>,
    body: impl FnOnce() -> V,
) -> Response {
    let title = title.into();
    if let Err(rejection) = may {
        return not_now(page, case, &title, errors, rejection);
    }
    let t = page.t();
    let code = case.deal().id.short();
    page.html(t.deal_step_page_title(&title, &code))
        .errors(errors)
        .render(|| {
            view! {
                <div class="step stack loose">
                    {heading(page, case, title)}
                    {body()}
                    {future_panel(Words::new(page, &case.view))}
                </div>
            }
        })
}

/// The page of a step that keeps itself fresh, its title with the rest. `version` names all that
/// it shows.
pub(super) fn live_page<V: IntoView + 'static>(
    page: &Page,
    case: &Case,
    title: impl Into<String>,
    version: String,
    body: impl FnOnce() -> V,
) -> Response {
    let title = title.into();
    let t = page.t();
    let deal = case.deal();
    let says = t.deal_says(Words::new(page, &case.view).state());
    page.html(t.deal_step_page_title(&title, deal.id.short()))
        .render(|| {
            let heading = title_and_goods(case, title);
            let body = body();
            let future = future_panel(Words::new(page, &case.view));
            view! {
                <div class="step stack loose">
                    {back_link(page, case)}
                    <LiveRegion version says>
                        <div class="stack loose">
                            {heading}
                            {body}
                            {future}
                        </div>
                    </LiveRegion>
                </div>
            }
        })
}

fn not_now(
    page: &Page,
    case: &Case,
    title: &str,
    errors: &Errors,
    rejection: Rejection,
) -> Response {
    let t = page.t();
    let deal = case.deal();
    let words = refusal(page, rejection);
    // Said once: the summary of a refused form has the same words.
    let is_said = errors.iter().any(|error| error.message == words);
    let state = deal.state;
    let held = deal.hold.is_some();
    let late = Words::new(page, &case.view).is_late();
    let back = room_path(deal.id);
    page.html(t.deal_step_page_title(title, deal.id.short()))
        .errors(errors)
        .status(StatusCode::CONFLICT)
        .render(|| {
            view! {
                <div class="step stack loose">
                    {heading(page, case, title.to_owned())}
                    {(!is_said).then(|| view! { <Banner tone=Tone::Care>{words}</Banner> })}
                    <p class="cluster">{t.deal_step_state_now()}<DealChip state held late/></p>
                    {future_panel(Words::new(page, &case.view))}
                    <p><Button look=Look::Quiet href=back>{t.deal_step_to_deal()}</Button></p>
                </div>
            }
        })
}

/// The way back, the step's name, what the deal is about.
pub(super) fn heading(page: &Page, case: &Case, title: String) -> impl IntoView + use<> {
    view! {
        <div class="stack tight">
            {back_link(page, case)}
            {title_and_goods(case, title)}
        </div>
    }
}

fn back_link(page: &Page, case: &Case) -> impl IntoView + use<> {
    let deal = case.deal().id;
    let label = page.t().deal_step_back(deal.short());
    let back = room_path(deal);
    view! { <p><a class="back" href=back><Icon name="arrow-back" directional=true/>{label}</a></p> }
}

fn title_and_goods(case: &Case, title: String) -> impl IntoView + use<> {
    let goods = case.deal().terms.goods.title.clone();
    view! {
        <div class="stack tight">
            <h1>{title}</h1>
            <p class="muted"><bdi>{goods}</bdi></p>
        </div>
    }
}

/// The way out of a step that nobody has to take.
pub(super) fn not_yet(page: &Page, case: &Case) -> impl IntoView + use<> {
    let back = room_path(case.deal().id);
    let label = page.t().deal_step_not_yet();
    view! { <Button look=Look::Quiet href=back>{label}</Button> }
}

/// Where files go, for forms that take none.
pub(super) fn files_separately(page: &Page, case: &Case) -> impl IntoView + use<> {
    let t = page.t();
    let href = step_path(case.deal().id, "evidence");
    view! {
        <p class="prose">{t.evidence_separately()}" "<a href=href>{t.deal_more_evidence()}</a></p>
    }
}
