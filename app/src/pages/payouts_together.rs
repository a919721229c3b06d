//! `/payouts/together/{network}/{token}`: payouts too small to be sent alone, claimed together.

use axum::extract::Path;
use axum::response::Response;
use domain::deal::Destination;
use domain::id::PayoutAddressId;
use domain::joint::{Dissolution, JointState};
use domain::user::{AddressState, PayoutAddress};
use domain::{Asset, Network, Token};
use leptos::prelude::*;
use serde::Deserialize;
use services::payouts::{ClaimTogether, JointPayoutSummary, OwnSmallPayouts, SmallPayouts};

use super::deals::for_staff::{key, refusal_words};
use crate::components::{
    Address, Banner, Button, Chip, Choice, Empty, Look, Moment, Money, PostForm, RadioCards, Row,
    SummaryList, Tone, grouped, money_text,
};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    address: String,
}

/// The network and the token that the path names.
type AssetPath = Path<(String, String)>;

fn asset_of(Path((network, token)): &AssetPath) -> Result<Asset, Failure> {
    let network = Network::from_code(network).ok_or(Failure::NotFound)?;
    let token = Token::from_code(token).ok_or(Failure::NotFound)?;
    Asset::new(network, token).ok_or(Failure::NotFound)
}

fn path_of(asset: Asset) -> String {
    let (network, token) = (asset.network().code(), asset.token().code());
    format!("/payouts/together/{network}/{token}")
}

pub(crate) async fn get(page: Page, path: AssetPath) -> PageResult {
    show(&page, asset_of(&path)?, "", &Errors::none()).await
}

pub(crate) async fn post(page: Page, path: AssetPath, form: Submission<Fields>) -> PageResult {
    let asset = asset_of(&path)?;
    let chosen = form.fields.address.as_str();
    let destination = own(&page, asset)?
        .into_iter()
        .find(|known| chosen.parse::<PayoutAddressId>() == Ok(known.id))
        .and_then(|known| Destination::new(asset, known.address.clone()));
    let Some(destination) = destination else {
        let mut errors = Errors::none();
        errors.add("address", page.t().deal_address_choose());
        return show(&page, asset, chosen, &errors).await;
    };
    let claim = ClaimTogether {
        asset,
        destination,
        key: key(&form).ok_or(Failure::NotFound)?,
    };
    match page.services().claim_together(&page.actor(), claim).await {
        Ok(_) => Ok(page.see_other("/payouts?done=claimed_together")),
        Err(error) => {
            let errors = Errors::whole(refusal_words(&page, &error)?);
            show(&page, asset, chosen, &errors).await
        }
    }
}

/// What would be sent, and where to; back to the list when there is nothing.
async fn show(page: &Page, asset: Asset, chosen: &str, errors: &Errors) -> PageResult {
    let small = page.services().list_small_payouts(&page.actor()).await?;
    let small = small.unclaimed.into_iter().find(|one| one.asset == asset);
    let Some(small) = small else {
        return Ok(page.see_other("/payouts"));
    };
    let choices = choices(page, asset)?;
    Ok(confirm(page, &small, choices, chosen, errors))
}

fn confirm(
    page: &Page,
    small: &SmallPayouts,
    choices: Vec<Choice>,
    chosen: &str,
    errors: &Errors,
) -> Response {
    let t = page.t();
    page.html(t.payout_together_page())
        .errors(errors)
        .render(|| {
            let form = if small.prospect.is_enough && !small.is_under_way {
                form(page, small, choices, chosen.to_owned()).into_any()
            } else {
                let words = standing(t, small);
                view! { <Banner tone=Tone::Care>{words}</Banner> }.into_any()
            };
            view! {
                <div class="step stack loose">
                    <div class="stack tight">
                        <p><a href="/payouts">{t.payout_title()}</a></p>
                        <h1>{t.payout_together_page()}</h1>
                    </div>
                    <p class="prose">{t.payout_together_text()}</p>
                    <section class="card"><SummaryList rows=sums(t, small)/></section>
                    {form}
                </div>
            }
        })
}

fn sums(t: Locale, small: &SmallPayouts) -> Vec<Row> {
    let (asset, prospect) = (small.asset, small.prospect);
    let (gross, fee, net) = (prospect.gross, prospect.network_fee, prospect.net());
    let count = u64::try_from(small.count).unwrap_or(u64::MAX);
    vec![
        Row::new(t.payout_together_count(), t.number(count)),
        Row::new(
            t.payout_together_gross(),
            view! { <Money units=gross asset/> },
        ),
        Row::new(t.payout_together_fee(), view! { <Money units=fee asset/> }),
        Row::new(t.payout_together_net(), view! { <Money units=net asset/> }),
    ]
}

fn form(
    page: &Page,
    small: &SmallPayouts,
    choices: Vec<Choice>,
    chosen: String,
) -> impl IntoView + use<> {
    let t = page.t();
    let network = small.asset.network().name();
    if choices.is_empty() {
        return view! {
            <Empty title=t.deal_address_none(network) text=t.deal_address_none_text()>
                <Button href="/payouts/address">{t.deal_address_add()}</Button>
            </Empty>
        }
        .into_any();
    }
    let sum = money_text(small.prospect.net(), small.asset);
    view! {
        <PostForm class="stack">
            <RadioCards
                name="address"
                legend=t.deal_address_yours(network)
                choices
                chosen
            />
            <p class="cluster">
                <Button>{t.payout_together_submit(sum)}</Button>
                <Button look=Look::Quiet href="/payouts">{t.deal_step_not_yet()}</Button>
            </p>
        </PostForm>
        <p><a href="/payouts/address">{t.deal_address_another()}</a></p>
    }
    .into_any()
}

/// The person's confirmed addresses on a network, each with its words, so that they can be
/// compared by ear.
fn choices(page: &Page, asset: Asset) -> Result<Vec<Choice>, Failure> {
    let t = page.t();
    let owner = page.user()?.id;
    let now = page.services().now();
    let choices = own(page, asset)?.into_iter().map(|known| {
        let words = page.services().address_words(owner, &known.address);
        let words = t.payout_together_words(words.join(" "));
        let detail = match known.state(now) {
            AddressState::Waiting(from) => {
                format!("{words} {}", t.deal_address_waits(page.when.moment(from)))
            }
            _ => words,
        };
        Choice::new(known.id.to_string(), grouped(&known.address)).detail(detail)
    });
    Ok(choices.collect())
}

fn own(page: &Page, asset: Asset) -> Result<Vec<&PayoutAddress>, Failure> {
    let listed = page.user()?.listed();
    let fits = |known: &&PayoutAddress| known.network == asset.network() && known.is_confirmed();
    Ok(listed.filter(fits).collect())
}

/// Why they are not sent yet, or what would arrive.
fn standing(t: Locale, small: &SmallPayouts) -> String {
    let (asset, prospect) = (small.asset, small.prospect);
    if small.is_under_way {
        t.payout_together_wait().to_owned()
    } else if prospect.is_enough {
        t.payout_together_enough(money_text(prospect.net(), asset))
    } else {
        t.payout_together_missing(money_text(prospect.missing(asset), asset))
    }
}

/// The part of `/payouts` about small payouts; nothing for who has none.
pub(super) fn section(page: &Page, own: &OwnSmallPayouts) -> Option<impl IntoView + use<>> {
    if own.unclaimed.is_empty() && own.joint.is_empty() {
        return None;
    }
    let t = page.t();
    let unclaimed: Vec<_> = own.unclaimed.iter().map(|one| card(t, one)).collect();
    let joint: Vec<_> = own.joint.iter().map(|one| joint_card(t, one)).collect();
    Some(view! {
        <section class="stack" aria-labelledby="together">
            <h2 id="together">{t.payout_together_title()}</h2>
            <p>{t.payout_together_lede()}</p>
            <ul class="plain stack">{unclaimed}{joint}</ul>
        </section>
    })
}

fn card(t: Locale, small: &SmallPayouts) -> impl IntoView + use<> {
    let (asset, gross) = (small.asset, small.prospect.gross);
    let count = u64::try_from(small.count).unwrap_or(u64::MAX);
    let count = t.number(count);
    let may = small.prospect.is_enough && !small.is_under_way;
    let button = may.then(|| {
        let label = t.payout_together_button(money_text(gross, asset));
        view! { <p><Button href=path_of(asset)>{label}</Button></p> }
    });
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <Chip tone=Tone::Plain icon="info" text=t.payment_unclaimed()/>
                <Money units=gross asset/>
            </p>
            <p>{standing(t, small)}</p>
            <p class="muted small-text">
                {asset.network().name()}" · "{t.payout_together_count()}": "{count}
            </p>
            {button}
        </li>
    }
}

fn joint_card(t: Locale, one: &JointPayoutSummary) -> impl IntoView + use<> {
    let (net, asset, at) = (one.net, one.asset, one.created_at);
    let (tone, icon, word) = chip(t, one.state, one.is_delayed);
    let address = one.destination.as_str().to_owned();
    let why = one.dissolved.map(|why| match why {
        Dissolution::TooLittle => t.payout_together_too_little(),
        Dissolution::Address => t.payout_together_bad_address(),
    });
    let tx = one.tx.clone().map(|tx| {
        view! { <p class="small-text">{t.deal_leg_tx()}" "<Address address=tx short=true/></p> }
    });
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <Chip tone icon text=word/>
                <Money units=net asset/>
            </p>
            {why.map(|text| view! { <p>{text}</p> })}
            <p>{t.payout_to()}" "<Address address short=true/></p>
            {tx}
            <p class="muted small-text">{asset.network().name()}" · "<Moment at/></p>
        </li>
    }
}

/// How far it has come, in a word and a glyph.
pub(super) const fn chip(
    t: Locale,
    state: JointState,
    is_delayed: bool,
) -> (Tone, &'static str, &'static str) {
    match state {
        JointState::Gathering => (Tone::Info, "clock", t.payout_together_gathering()),
        JointState::Planned => (Tone::Info, "clock", t.payout_together_planned()),
        JointState::Approved if is_delayed => (Tone::Care, "alert", t.payout_together_delayed()),
        JointState::Approved => (Tone::Info, "clock", t.payout_together_approved()),
        JointState::Sending => (Tone::Info, "clock", t.payout_together_sending()),
        JointState::Unknown => (Tone::Care, "clock", t.payout_together_unknown()),
        JointState::Paid => (Tone::Ok, "check", t.payout_together_paid()),
        JointState::Dissolved => (Tone::Plain, "info", t.payout_together_dissolved()),
    }
}
