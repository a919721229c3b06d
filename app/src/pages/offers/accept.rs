//! `/requests/{id}/offers/{offer}/accept`: choose a network, read the terms, say yes.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Network;
use domain::id::{OfferId, RequestId};
use domain::request::Offer;
use leptos::prelude::*;
use serde::Deserialize;
use services::offers::{AcceptOffer, Proceeds, ShowTermsError, ShownTerms};
use services::requests::Once;

use super::words::{self as offer_words, SellerRecord};
use crate::components::{
    ActionBar, Banner, Button, Choice, Confirm, Disclosure, Money, PostForm, RadioCards, Row,
    SummaryList, Tone, money_text,
};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::requests::evidence::EvidenceList;
use crate::pages::requests::guest::command_key;
use crate::pages::requests::request_path::read_id;
use crate::pages::requests::{refusals, words};

/// What the terms that were shown are known by.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    network: String,
    terms: String,
}

pub(crate) async fn get(page: Page, Path((segment, offer)): Path<(String, String)>) -> PageResult {
    page.user()?;
    let (request, offer) = ids(&segment, &offer)?;
    let Some(network) = page.query("network").and_then(Network::from_code) else {
        let mut errors = Errors::none();
        if page.query("asked").is_some() {
            errors.add("network", page.t().compare_accept_network_missing());
        }
        return choose(&page, request, offer, &errors).await;
    };
    terms(&page, request, offer, network, &Errors::none()).await
}

pub(crate) async fn post(
    page: Page,
    Path((segment, offer)): Path<(String, String)>,
    form: Submission<Fields>,
) -> PageResult {
    let (request, offer) = ids(&segment, &offer)?;
    let network = Network::from_code(&form.fields.network).ok_or(Failure::NotFound)?;
    let terms_hash = form.fields.terms.parse().map_err(|_| Failure::NotFound)?;
    let version = form.version.and_then(|version| u32::try_from(version).ok());
    let command = AcceptOffer {
        request,
        offer,
        version: version.ok_or(Failure::NotFound)?,
        network,
        terms_hash,
    };
    let body = (offer, network, terms_hash);
    let once = Once::new(command_key(&form.key)?, "offers/accept", &body);
    let accepted = page
        .services()
        .accept_offer(&page.actor(), command, &once)
        .await;
    match accepted {
        Ok(deal) => Ok(page.see_other(&format!("/deals/{deal}/pay"))),
        Err(error) => {
            // The terms as they are now, with what has changed since they were read.
            let errors = refused(&page, error)?;
            terms(&page, request, offer, network, &errors).await
        }
    }
}

fn ids(segment: &str, offer: &str) -> Result<(RequestId, OfferId), Failure> {
    let request = read_id(segment)?;
    let offer = offer.parse().map_err(|_| Failure::NotFound)?;
    Ok((request, offer))
}

fn refused(page: &Page, error: ShowTermsError) -> Result<Errors, Failure> {
    let mut errors = Errors::none();
    match error {
        ShowTermsError::SellerUnavailable => {
            errors.add_whole(refusals::message(page.t(), error.code()));
        }
        ShowTermsError::Change(error) => refusals::refuse(page.t(), &mut errors, error)?,
    }
    Ok(errors)
}

/// The networks of the offer: the same token on another one would not arrive.
async fn choose(page: &Page, request: RequestId, offer: OfferId, errors: &Errors) -> PageResult {
    let comparison = page
        .services()
        .compare_offers(&page.actor(), request)
        .await?;
    let mut offers = comparison.offers.into_iter().map(|one| one.offer);
    let offer = offers
        .find(|one| one.id == offer)
        .ok_or(Failure::NotFound)?;
    if let ([network], true) = (offer.proposal.networks.as_slice(), errors.is_empty()) {
        let path = format!("/requests/{request}/offers/{}/accept", offer.id);
        return Ok(page.see_other(&format!("{path}?network={network}")));
    }
    Ok(show_choice(page, request, &offer, errors))
}

fn show_choice(page: &Page, request: RequestId, offer: &Offer, errors: &Errors) -> Response {
    let t = page.t();
    let price = words::price(offer.proposal.price);
    let networks: Vec<Choice> = offer
        .proposal
        .networks
        .iter()
        .map(|network| {
            Choice::new(
                network.code(),
                format!("{} ({})", network.name(), network.standard()),
            )
        })
        .collect();
    page.html(t.compare_accept_title())
        .errors(errors)
        .render(move || {
            view! {
                <div class="stack prose">
                    <h1>{t.compare_accept_title()}</h1>
                    <p>{t.compare_accept_network_text(price)}</p>
                    <form method="get" class="stack">
                        <input type="hidden" name="asked" value="1"/>
                        <RadioCards
                            name="network"
                            legend=t.compare_accept_network()
                            choices=networks
                        />
                        <p class="cluster">
                            <Button>{t.compare_accept_network_button()}</Button>
                            <a href=format!("/requests/{request}/offers")>{t.requests_not_yet()}</a>
                        </p>
                    </form>
                </div>
            }
        })
}

async fn terms(
    page: &Page,
    request: RequestId,
    offer: OfferId,
    network: Network,
    errors: &Errors,
) -> PageResult {
    let shown = page
        .services()
        .show_terms(&page.actor(), request, offer, network)
        .await;
    match shown {
        Ok(shown) => Ok(show_terms(page, shown, errors)),
        Err(error) => {
            let mut refused = refused(page, error)?;
            for error in errors.iter() {
                refused.add_whole(error.message.clone());
            }
            Ok(show_gone(page, request, &refused))
        }
    }
}

/// The offer is not to be had like this any more.
fn show_gone(page: &Page, request: RequestId, errors: &Errors) -> Response {
    let t = page.t();
    let status = StatusCode::CONFLICT;
    page.html(t.compare_accept_title())
        .errors(errors)
        .status(status)
        .render(move || {
            view! {
                <div class="stack prose">
                    <h1>{t.compare_accept_title()}</h1>
                    <p><a href=format!("/requests/{request}/offers")>{t.requests_compare()}</a></p>
                </div>
            }
        })
}

fn show_terms(page: &Page, shown: ShownTerms, errors: &Errors) -> Response {
    let t = page.t();
    page.html(t.compare_accept_title()).errors(errors).render(move || {
        let request = shown.request.id;
        let here = format!("/requests/{request}/offers/{}/accept", shown.offer.id);
        let hindrance = shown.hindrance.map(|hindrance| offer_words::hindrance(t, hindrance));
        let is_free = hindrance.is_none();
        let several = shown.offer.proposal.networks.len() > 1;
        view! {
            <div class="stack prose">
                <h1>{t.compare_accept_title()}</h1>
                {hindrance.map(|text| view! { <Banner tone=Tone::Care>{text}</Banner> })}
                <TermRows shown=shown.clone()/>
                {several.then(|| view! { <p><a href=here>{t.compare_accept_other_network()}</a></p> })}
                {is_free.then(|| view! { <Yes shown/> })}
                <p><a href=format!("/requests/{request}/offers")>{t.requests_not_yet()}</a></p>
            </div>
        }
    })
}

/// The terms, each in words.
#[component]
fn TermRows(shown: ShownTerms) -> impl IntoView {
    let t = Page::current().t();
    let terms = shown.terms;
    let proceeds = Proceeds::of(&terms);
    let asset = terms.asset;
    let network = format!(
        "{} ({})",
        asset.network().name(),
        asset.network().standard()
    );
    let seller = shown.seller;
    let fees = t.compare_term_fee_text(
        money_text(proceeds.fee, asset),
        money_text(proceeds.network_fee, asset),
    );
    let periods = terms.periods;
    let rows = vec![
        Row::new(
            t.compare_term_goods(),
            view! { <span dir="auto">{terms.goods.title}</span> },
        ),
        Row::new(t.compare_term_seller(), view! { <SellerRecord seller/> }),
        Row::new(
            t.compare_term_price(),
            view! { <Money units=terms.price asset/> },
        ),
        Row::new(t.compare_term_network(), network),
        Row::new(t.compare_term_fee(), fees),
        Row::new(
            t.compare_term_ship(),
            t.compare_of_payment(words::span(t, periods.ship_by)),
        ),
        Row::new(
            t.compare_term_delivery(),
            t.compare_of_payment(words::span(t, periods.delivery)),
        ),
        Row::new(
            t.compare_term_inspection(),
            words::span(t, periods.inspection),
        ),
        Row::new(
            t.compare_term_silence(),
            words::silence(t, terms.buyer_on_silence),
        ),
    ];
    view! {
        <SummaryList rows/>
        <section class="stack tight" aria-labelledby="proof">
            <h2 id="proof">{t.compare_term_evidence()}</h2>
            <EvidenceList items=terms.evidence_contract/>
        </section>
        <Disclosure id="whole-description" title=t.compare_term_description()>
            <p class="long-text" dir="auto">{terms.goods.description}</p>
        </Disclosure>
        <p class="small-text muted">
            {t.compare_term_hash()}" "
            <code dir="ltr">{shown.hash.to_string()}</code>
        </p>
    }
}

/// The step that binds.
#[component]
fn Yes(shown: ShownTerms) -> impl IntoView {
    let t = Page::current().t();
    let amount = money_text(shown.terms.price, shown.terms.asset);
    let version = u64::from(shown.offer.version);
    view! {
        <Confirm warning=t.compare_accept_binding() final_word=t.compare_accept_next()>
            <PostForm version=version>
                <input type="hidden" name="network" value=shown.terms.asset.network().code()/>
                <input type="hidden" name="terms" value=shown.hash.to_string()/>
                <ActionBar><Button>{t.compare_accept_button(amount)}</Button></ActionBar>
            </PostForm>
        </Confirm>
    }
}
