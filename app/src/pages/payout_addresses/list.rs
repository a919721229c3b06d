//! `/payouts/address`: the addresses one has, and how far each has come.

use domain::Timestamp;
use domain::user::{AddressState, PayoutAddress};
use leptos::prelude::*;

use crate::components::{Address, Banner, Button, Chip, Empty, Look, Tone};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page) -> PageResult {
    let t = page.t();
    let now = page.web.services.now();
    let user = page.web.services.read_account(&page.actor()).await?;
    let blocked = user
        .payouts_blocked(now)
        .map(|until| t.account_payouts_blocked(page.when.moment(until)));
    Ok(page.html(t.address_title()).render(|| {
        let items: Vec<_> = user.listed().map(|one| item(&page, one, now)).collect();
        let is_empty = items.is_empty();
        view! {
            <div class="stack prose">
                <h1>{t.address_title()}</h1>
                <p class="lede">{t.address_lede()}</p>
                {blocked.map(|text| view! { <Banner tone=Tone::Care>{text}</Banner> })}
                {if is_empty {
                    view! {
                        <Empty title=t.address_none() text=t.address_none_text()>
                            <Button href="/payouts/address/new">{t.address_add()}</Button>
                        </Empty>
                    }.into_any()
                } else {
                    view! {
                        <ul class="plain stack">{items}</ul>
                        <p>
                            <Button look=Look::Quiet href="/payouts/address/new">{t.address_add()}</Button>
                        </p>
                    }.into_any()
                }}
            </div>
        }
    }))
}

fn item(page: &Page, one: &PayoutAddress, now: Timestamp) -> impl IntoView + use<> {
    let t = page.t();
    let state = one.state(now);
    let (tone, icon, word) = match state {
        AddressState::Unconfirmed => (Tone::Care, "alert", t.address_state_unconfirmed()),
        AddressState::Waiting(_) => (Tone::Info, "clock", t.address_state_waiting()),
        AddressState::Active => (Tone::Ok, "check", t.address_state_active()),
        AddressState::Ended(_) => (Tone::Plain, "info", t.address_state_ended()),
    };
    let note = match state {
        AddressState::Waiting(until) => Some(t.address_waits_until(page.when.moment(until))),
        AddressState::Unconfirmed => Some(t.address_needs_code().to_owned()),
        AddressState::Active | AddressState::Ended(_) => None,
    };
    let confirm = (state == AddressState::Unconfirmed).then(|| {
        let href = format!("/payouts/address/{}/confirm", one.id);
        view! { <Button href=href>{t.address_enter_code()}</Button> }
    });
    let label = one.label.as_ref().map(ToString::to_string);
    view! {
        <li class="card stack">
            <p class="cluster">
                <strong>{one.network.name()}</strong>
                <span class="muted">{one.network.standard()}</span>
                <Chip tone=tone icon=icon text=word/>
            </p>
            {label.map(|label| view! { <p><bdi>{label}</bdi></p> })}
            <Address address=one.address.clone()/>
            {note.map(|note| view! { <p class="muted">{note}</p> })}
            <p class="cluster">
                {confirm}
                <Button look=Look::Quiet href=format!("/payouts/address/{}/remove", one.id)>
                    {t.address_remove()}
                </Button>
            </p>
        </li>
    }
}
