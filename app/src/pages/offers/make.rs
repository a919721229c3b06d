//! `/requests/{id}/offer`: make an offer, or change the one there is.

use axum::extract::Path;
use axum::response::Response;
use domain::request::{Offer, Proposal};
use leptos::prelude::*;
use services::offers::{MakeOffer, OfferForm, Proceeds, ReviseOffer};
use services::requests::{ChangeRequestError, Once};

use super::offer_fields::{OfferFields, OfferInputs};
use crate::components::{Banner, Button, Empty, Look, Tone, form_key, money_text};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::requests::evidence::EvidenceList;
use crate::pages::requests::guest::command_key;
use crate::pages::requests::request_path::{read_id, request_path};
use crate::pages::requests::{refusals, words};

/// The button that only shows what the seller would receive.
const PREVIEW: &str = "preview";

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    let form = find(&page, &segment).await?;
    let fields = match &form.offer {
        Some(offer) => OfferFields::of(offer),
        None => OfferFields::usual(&form),
    };
    let proceeds = match &form.offer {
        Some(offer) => preview(&page, &form, &offer.proposal)
            .await
            .unwrap_or_default(),
        None => Vec::new(),
    };
    Ok(show(&page, form, fields, proceeds, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    Path(segment): Path<String>,
    sent: Submission<OfferFields>,
) -> PageResult {
    let form = find(&page, &segment).await?;
    let mut errors = Errors::none();
    let (t, now) = (page.t(), page.services().now());
    let read = sent.fields.read(form.offer.as_ref(), now, t, &mut errors);
    let Some(proposal) = read.filter(|_| errors.is_empty()) else {
        return Ok(show(&page, form, sent.fields, Vec::new(), &errors));
    };
    let outcome = if sent.fields.press == PREVIEW {
        match preview(&page, &form, &proposal).await {
            Ok(proceeds) => return Ok(show(&page, form, sent.fields, proceeds, &errors)),
            Err(error) => Err(error),
        }
    } else {
        offer(&page, &form, proposal, &sent).await
    };
    match outcome {
        Ok(path) => Ok(page.see_other(&path)),
        Err(error) => {
            refusals::refuse(t, &mut errors, error)?;
            Ok(show(&page, form, sent.fields, Vec::new(), &errors))
        }
    }
}

async fn find(page: &Page, segment: &str) -> Result<OfferForm, crate::page::Failure> {
    page.user()?;
    let id = read_id(segment)?;
    Ok(page.services().offer_form(&page.actor(), id).await?)
}

async fn preview(
    page: &Page,
    form: &OfferForm,
    proposal: &Proposal,
) -> Result<Vec<Proceeds>, ChangeRequestError> {
    let services = page.services();
    services
        .preview_offer(&page.actor(), form.request.id, proposal)
        .await
}

/// Makes the offer, or changes it; says where to go on.
async fn offer(
    page: &Page,
    form: &OfferForm,
    proposal: Proposal,
    sent: &Submission<OfferFields>,
) -> Result<String, ChangeRequestError> {
    let (services, actor) = (page.services(), page.actor());
    let request = form.request.id;
    let key = command_key(&sent.key).map_err(|_| ChangeRequestError::KeyReused)?;
    let seen = |offer: &Offer| {
        let version = sent.version.and_then(|version| u32::try_from(version).ok());
        version.unwrap_or(offer.version)
    };
    // What was typed is what a repeated form has in common with the first: "valid for 7 days" means
    // another moment each time it is read.
    // The version tells what the person was looking at: no offer, or this one.
    let done = if let (Some(offer), Some(_)) = (&form.offer, sent.version) {
        let command = ReviseOffer {
            request,
            offer: offer.id,
            version: seen(offer),
            proposal,
        };
        let once = Once::new(key, "offers/revise", &sent.fields);
        services.revise_offer(&actor, command, &once).await?;
        "offer_revised"
    } else {
        let command = MakeOffer { request, proposal };
        let once = Once::new(key, "offers/make", &sent.fields);
        services.make_offer(&actor, command, &once).await?;
        "offer_made"
    };
    Ok(format!("{}?done={done}", back(form)))
}

fn back(form: &OfferForm) -> String {
    let what = form.request.draft().what;
    let title = what.map(|what| what.title.to_string()).unwrap_or_default();
    request_path(form.request.id, &title)
}

fn show(
    page: &Page,
    form: OfferForm,
    fields: OfferFields,
    proceeds: Vec<Proceeds>,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let heading = match form.offer {
        Some(_) => t.offer_revise_title(),
        None => t.offer_make_title(),
    };
    page.html(heading).errors(errors).render(move || {
        let title = form.request.draft().what.map(|what| what.title.to_string());
        let back = back(&form);
        view! {
            <div class="stack">
                <div class="stack tight">
                    <h1>{heading}</h1>
                    <p><a href=back dir="auto">{title.map(|title| t.offer_for(title))}</a></p>
                </div>
                <Body form fields proceeds/>
            </div>
        }
    })
}

#[component]
fn Body(form: OfferForm, fields: OfferFields, proceeds: Vec<Proceeds>) -> impl IntoView {
    let t = Page::current().t();
    if let Err(rejection) = form.may {
        let text = refusals::message(t, rejection.code());
        return view! { <Banner tone=Tone::Care>{text}</Banner> }.into_any();
    }
    if !form.networks.iter().any(|(_, has_address)| *has_address) {
        return view! {
            <Empty title=t.offer_no_address_title() text=t.offer_no_address_text()>
                <Button href="/payouts/address">{t.offer_add_address()}</Button>
            </Empty>
        }
        .into_any();
    }
    view! { <Fillable form fields proceeds/> }.into_any()
}

#[component]
fn Fillable(form: OfferForm, fields: OfferFields, proceeds: Vec<Proceeds>) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let quota = form.open_offers_max.map(|max| {
        let used = t.number(u64::from(form.open_offers));
        t.offer_quota(used, t.number(u64::from(max)))
    });
    let evidence = form
        .request
        .details()
        .map(|details| details.conditions.evidence.clone());
    let wish = form.offer.as_ref().and_then(|offer| offer.counter.clone());
    let wish = wish.map(|wish| t.requests_offer_countered(words::price(wish.price)));
    let is_outdated = form
        .offer
        .as_ref()
        .is_some_and(|offer| offer.edition != form.request.edition);
    let version = form.offer.as_ref().map(|offer| u64::from(offer.version));
    let button = if version.is_some() {
        t.offer_revise()
    } else {
        t.offer_make()
    };
    view! {
        {is_outdated.then(|| view! { <Banner tone=Tone::Care>{t.requests_offer_outdated()}</Banner> })}
        {wish.map(|wish| view! { <Banner tone=Tone::Care>{wish}</Banner> })}
        <form method="post" class="sidebar" novalidate>
            <input type="hidden" name="key" value=form_key(None)/>
            {version.map(|version| view! { <input type="hidden" name="version" value=version/> })}
            <div class="stack">
                <OfferInputs fields form=form.clone()/>
                <p><Button>{button}</Button></p>
            </div>
            <aside class="stack">
                <Statement proceeds/>
                <section class="card stack" aria-labelledby="proof">
                    <h2 id="proof">{t.offer_evidence()}</h2>
                    {evidence.map(|items| view! { <EvidenceList items/> })}
                </section>
                {quota.map(|quota| view! { <p class="small-text muted">{quota}</p> })}
            </aside>
        </form>
    }
}

/// What arrives at the seller, line by line, and by when to ship.
#[component]
fn Statement(proceeds: Vec<Proceeds>) -> impl IntoView {
    let t = Page::current().t();
    let ship = proceeds
        .first()
        .map(|one| t.offer_statement_ship(words::span(t, one.ship_by)));
    let is_empty = proceeds.is_empty();
    let lines: Vec<_> = proceeds
        .into_iter()
        .map(|one| {
            let line = t.offer_statement_line(
                one.asset.network().name(),
                money_text(one.receives, one.asset),
                money_text(one.fee, one.asset),
                money_text(one.network_fee, one.asset),
            );
            view! { <li>{line}</li> }
        })
        .collect();
    view! {
        <section class="card stack" aria-labelledby="statement">
            <h2 id="statement">{t.offer_statement()}</h2>
            <p class="small-text muted">{t.offer_statement_lede()}</p>
            {is_empty.then(|| view! { <p>{t.offer_statement_none()}</p> })}
            <ul class="stack tight">{lines}</ul>
            {ship.map(|ship| view! { <p>{ship}</p> })}
            <p><Button look=Look::Quiet name="press" value=PREVIEW>{t.offer_preview()}</Button></p>
        </section>
    }
}
