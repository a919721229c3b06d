//! `/requests/{id}-{words}`: judge one request.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use domain::request::{Delivery, EndedOffer, Rejection, What};
use leptos::either::EitherOf6;
use leptos::prelude::*;
use services::requests::{DeliveryView, OwnOffer, RequestView, SeenAs};

use super::card::buyer_text;
use super::evidence::EvidenceList;
use super::request_path::{read_id, request_path};
use super::{refusals, words};
use crate::components::{ActionBar, Banner, Button, Chip, Look, Moment, Row, SummaryList, Tone};
use crate::i18n::Locale;
use crate::next_path::query_value;
use crate::page::{Page, PageResult, share_until};
use crate::pages::files::attach::ShownFiles;

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    let id = read_id(&segment)?;
    let view = page.services().view_request(&page.actor(), id).await?;
    let path = page.public(&request_path(id, view.what.title.as_str()));
    if page.uri.path() != path && page.query("done").is_none() {
        return Ok(page.see_other(&path).into_response());
    }
    // Whether offers are taken is the one thing that time changes in it for visitors.
    let closes = view.conditions.offers_until;
    let until = (closes > page.services().now()).then_some(closes);
    Ok(share_until(show(&page, view, path), until))
}

fn show(page: &Page, view: RequestView, path: String) -> Response {
    let title = view.what.title.to_string();
    let description: String = view.what.description.as_str().chars().take(160).collect();
    let html = page.html(title).description(description);
    // What only some may see is not for search engines.
    let html = if view.status.is_open() && view.conditions.invited.is_empty() {
        html.translated()
    } else {
        html
    };
    html.render(|| view! { <Whole view path/> })
}

#[component]
fn Whole(view: RequestView, path: String) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let (tone, icon) = words::status_look(view.status);
    let status = words::status(t, view.status);
    let title = view.what.title.to_string();
    let aside = view.clone();
    let is_own = matches!(view.seen_as, SeenAs::Buyer { .. });
    let report = format!("/report?request={}", view.id);
    let shelves = shelves(&page, &view);
    view! {
        <article class="request stack">
            <nav class="crumbs cluster small-text" aria-label=t.requests_category()>{shelves}</nav>
            <h1 dir="auto">{title}</h1>
            <p class="cluster">
                <Chip tone icon text=status/>
                {(!view.conditions.invited.is_empty()).then(|| view! {
                    <Chip tone=Tone::Plain icon="person" text=t.requests_invited_only()/>
                })}
            </p>
            <div class="sidebar">
                <div class="stack loose">
                    <About view=view.clone()/>
                    <Proof view=view.clone()/>
                </div>
                <aside class="stack">
                    <Own view=aside.clone() path/>
                    <Facts view=aside/>
                    {(!is_own).then(|| view! {
                        <p class="small-text"><a href=report rel="nofollow">{t.report_link()}</a></p>
                    })}
                </aside>
            </div>
        </article>
    }
}

/// Links to the categories that the request is filed in.
fn shelves(page: &Page, view: &RequestView) -> Vec<AnyView> {
    let language = page.t().into();
    let all = page.public("/requests");
    view.filed_in
        .iter()
        .map(|category| {
            let href = format!("{all}?category={}", category.slug);
            let name = category.name.in_language(language).to_string();
            view! { <a href=href>{name}</a> }.into_any()
        })
        .collect()
}

#[component]
fn About(view: RequestView) -> impl IntoView {
    let t = Page::current().t();
    let description = view.what.description.to_string();
    let (files, rows) = (view.files, what_rows(t, view.what));
    view! {
        <section class="stack" aria-labelledby="about">
            <h2 id="about">{t.requests_about()}</h2>
            <p class="prose long-text" dir="auto">{description}</p>
            <ShownFiles files/>
            <SummaryList rows/>
        </section>
    }
}

/// All that was said of the thing itself, beside its description.
pub(crate) fn what_rows(t: Locale, what: What) -> Vec<Row> {
    let own = |term: &'static str, value: Option<String>| {
        value.map(|value| Row::new(term, view! { <span dir="auto">{value}</span> }))
    };
    let text = |line: Option<domain::text::Line<60>>| line.map(|line| line.to_string());
    let quantity = t.number(u64::from(what.quantity));
    let mut rows = vec![
        Row::new(t.requests_fact_kind(), words::kind(t, what.kind)),
        Row::new(t.requests_fact_quantity(), quantity),
    ];
    rows.extend(own(t.requests_fact_brand(), text(what.brand)));
    rows.extend(own(t.requests_fact_size(), text(what.size)));
    rows.extend(own(t.requests_fact_color(), text(what.color)));
    rows.extend(what.specifications.into_iter().map(|one| {
        let value = one.value.to_string();
        Row::new(one.key.as_str(), view! { <span dir="auto">{value}</span> })
    }));
    rows.extend(what.link.map(|link| {
        let (href, host) = (link.to_string(), link.host().to_owned());
        let link =
            view! { <a href=href rel="nofollow noopener noreferrer ugc" dir="ltr">{host}</a> };
        Row::new(t.requests_fact_link(), link)
    }));
    rows
}

#[component]
fn Proof(view: RequestView) -> impl IntoView {
    let t = Page::current().t();
    view! {
        <section class="stack tight" aria-labelledby="evidence">
            <h2 id="evidence">{t.requests_evidence()}</h2>
            <p class="muted">{t.requests_evidence_text()}</p>
            <EvidenceList items=view.conditions.evidence/>
        </section>
    }
}

#[component]
fn Facts(view: RequestView) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let offers = match view.offers {
        0 => t.requests_no_offers().to_owned(),
        count => t.requests_offers(u64::try_from(count).unwrap_or(u64::MAX)),
    };
    let conditions = view.conditions;
    let inspection = t.word_days(u64::from(conditions.inspection_days));
    let mut rows = vec![
        Row::new(
            t.requests_fact_budget(),
            view! { <strong>{words::budget(t, conditions.budget)}</strong> },
        ),
        Row::new(t.requests_fact_offers(), offers),
        Row::new(t.requests_fact_place(), place(t, &view.delivery)),
        Row::new(
            t.requests_fact_until(),
            view! { <Moment at=conditions.offers_until bare=Page::current().viewer.is_none()/> },
        ),
        Row::new(
            t.requests_fact_urgency(),
            words::urgency(t, conditions.urgency),
        ),
        Row::new(t.requests_fact_inspection(), inspection),
        Row::new(
            t.requests_fact_silence(),
            words::silence(t, conditions.buyer_on_silence),
        ),
    ];
    rows.extend(
        view.buyer
            .as_ref()
            .map(|buyer| Row::new(t.requests_fact_buyer(), buyer_text(&page, buyer))),
    );
    let whole = match view.delivery {
        DeliveryView::Whole(delivery) => Some(view! { <WholeDelivery delivery/> }),
        DeliveryView::Place(_) | DeliveryView::Online => None,
    };
    let is_private = whole.is_none();
    view! {
        <section class="card stack" aria-labelledby="facts">
            <h2 id="facts">{t.requests_facts()}</h2>
            <SummaryList rows/>
            {whole}
            {is_private.then(|| view! { <p class="small-text muted">{t.requests_address_private()}</p> })}
        </section>
    }
}

fn place(t: Locale, delivery: &DeliveryView) -> String {
    match delivery {
        DeliveryView::Whole(delivery) => words::place(t, delivery.place().as_ref()),
        DeliveryView::Place(place) => words::place(t, Some(place)),
        DeliveryView::Online => words::place(t, None),
    }
}

/// Where it goes, for the buyer and for the seller who was paid.
#[component]
pub(crate) fn WholeDelivery(delivery: Delivery) -> impl IntoView {
    let t = Page::current().t();
    let (address, notes) = match delivery {
        Delivery::Physical { address, notes } => {
            let city = match &address.postal_code {
                Some(code) => format!("{code} {}", address.city),
                None => address.city.to_string(),
            };
            let mut lines = vec![address.recipient.to_string(), address.street.to_string()];
            lines.extend(address.extra.map(|line| line.to_string()));
            lines.push(city);
            lines.extend(address.region.map(|line| line.to_string()));
            lines.push(words::country(t, address.country));
            lines.extend(address.phone.map(|line| line.to_string()));
            (lines, notes)
        }
        Delivery::Online { email, notes } => (
            email.into_iter().map(|email| email.to_string()).collect(),
            notes,
        ),
    };
    let lines: Vec<_> = address
        .into_iter()
        .map(|line| view! { <span dir="auto">{line}</span><br/> })
        .collect();
    view! {
        <div class="stack tight">
            {(!lines.is_empty()).then(|| view! {
                <h3>{t.requests_address()}</h3>
                <address>{lines}</address>
            })}
            {notes.map(|notes| view! {
                <h3>{t.requests_delivery_notes()}</h3>
                <p class="long-text" dir="auto">{notes.to_string()}</p>
            })}
        </div>
    }
}

/// What this viewer can do here: one next step.
#[component]
fn Own(view: RequestView, path: String) -> impl IntoView {
    let t = Page::current().t();
    let here = format!("/requests/{}", view.id);
    match view.seen_as.clone() {
        SeenAs::Buyer { deal: Some(deal) } => EitherOf6::A(view! {
            <Banner>{t.requests_own()}</Banner>
            <ActionBar><Button href=format!("/deals/{deal}")>{t.requests_to_deal()}</Button></ActionBar>
        }),
        SeenAs::Buyer { deal: None } => EitherOf6::B(view! { <BuyersWays view here/> }),
        SeenAs::Seller {
            deal: Some(deal), ..
        } => EitherOf6::C(view! {
            <Banner tone=Tone::Ok>{t.requests_offer_accepted()}</Banner>
            <ActionBar><Button href=format!("/deals/{deal}")>{t.requests_to_deal()}</Button></ActionBar>
        }),
        SeenAs::Seller {
            offer: Some(own), ..
        } => EitherOf6::D(view! { <OwnOfferCard own=*own here/> }),
        SeenAs::Seller {
            offer: None,
            ended,
            may_offer,
            ..
        } => EitherOf6::E(view! {
            <OfferWay may_offer here/>
            <Ended ended/>
        }),
        SeenAs::Visitor | SeenAs::Other => {
            let next = query_value(&path);
            let href = format!("/auth/sign-in?next={next}");
            EitherOf6::F(match view.takes_offers {
                Ok(()) => view! {
                    <p class="small-text muted">{t.requests_offers_private()}</p>
                    <ActionBar><Button href=href>{t.requests_sign_in_to_offer()}</Button></ActionBar>
                }
                .into_any(),
                Err(rejection) => {
                    let text = refusals::message(t, rejection.code());
                    view! { <Banner>{text}</Banner> }.into_any()
                }
            })
        }
    }
}

#[component]
fn BuyersWays(view: RequestView, here: String) -> impl IntoView {
    let t = Page::current().t();
    let is_open = view.status.is_open();
    let compare = if view.offers > 0 {
        Look::Primary
    } else {
        Look::Quiet
    };
    let ways = ["offers", "edit", "files", "invite", "cancel"];
    let [offers, edit, files, invite, cancel] = ways.map(|way| format!("{here}/{way}"));
    view! {
        <Banner>{t.requests_own()}</Banner>
        {is_open.then(move || view! {
            <ActionBar>
                <Button look=compare href=offers>{t.requests_compare()}</Button>
            </ActionBar>
            <p class="cluster">
                <a href=edit>{t.requests_edit()}</a>
                <a href=files>{t.attach_manage()}</a>
                <a href=invite>{t.invite_manage()}</a>
                <a href=cancel>{t.requests_cancel()}</a>
            </p>
        })}
    }
}

#[component]
fn OfferWay(may_offer: Result<(), Rejection>, here: String) -> impl IntoView {
    let t = Page::current().t();
    match may_offer {
        Ok(()) => view! {
            <p class="small-text muted">{t.requests_offers_private()}</p>
            <ActionBar><Button href=format!("{here}/offer")>{t.requests_make_offer()}</Button></ActionBar>
        }
        .into_any(),
        Err(rejection) => {
            let text = refusals::message(t, rejection.code());
            view! { <Banner>{text}</Banner> }.into_any()
        }
    }
}

#[component]
fn OwnOfferCard(own: OwnOffer, here: String) -> impl IntoView {
    let t = Page::current().t();
    let proposal = own.offer.proposal;
    let text = t.requests_your_offer_text(
        words::price(proposal.price),
        words::delivery(t, proposal.delivery),
    );
    let wish = own.offer.counter.map(|counter| {
        let wish = t.requests_offer_countered(words::price(counter.price));
        let note = counter
            .note
            .map(|note| view! { <p dir="auto">{note.to_string()}</p> });
        view! { <Banner tone=Tone::Care>{wish}{note}</Banner> }
    });
    let needs_look = own.is_outdated || wish.is_some();
    let look = if needs_look {
        Look::Primary
    } else {
        Look::Quiet
    };
    view! {
        <section class="card stack" aria-labelledby="your-offer">
            <h2 id="your-offer">{t.requests_your_offer()}</h2>
            <p>{text}</p>
            {own.is_outdated.then(|| view! { <Banner tone=Tone::Care>{t.requests_offer_outdated()}</Banner> })}
            {wish}
            <p class="cluster">
                <Button look href=format!("{here}/offer")>{t.requests_revise_offer()}</Button>
                <a href=format!("{here}/offer/files")>{t.attach_manage()}</a>
                <a href=format!("{here}/offer/withdraw")>{t.requests_withdraw_offer()}</a>
            </p>
        </section>
    }
}

#[component]
fn Ended(ended: Vec<EndedOffer>) -> impl IntoView {
    let t = Page::current().t();
    let items: Vec<_> = ended
        .into_iter()
        .map(|offer| {
            let standing = crate::pages::offers::words::end(t, offer.end);
            let price = words::price(offer.price);
            let at: Timestamp = offer.ended_at;
            view! { <li><bdi class="money" dir="ltr">{price}</bdi>" · "{standing}" · "<Moment at bare=true/></li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="stack tight" aria-labelledby="earlier">
                <h2 id="earlier">{t.requests_earlier_offers()}</h2>
                <ul class="small-text">{items}</ul>
            </section>
        }
    })
}
