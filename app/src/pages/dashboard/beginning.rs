//! The dashboard of somebody for whom nothing has happened yet: how to begin.

use domain::{SellerStatus, User};
use leptos::prelude::*;

use crate::components::{Banner, Button, Empty, Icon, Look, Tone};
use crate::i18n::Locale;
use crate::page::Page;

pub(super) fn section(page: &Page, user: &User, has_offered: bool) -> impl IntoView + use<> {
    let t = page.t();
    if user.seller_status == SellerStatus::Approved {
        return seller(t, user, has_offered).into_any();
    }
    let pending = (user.seller_status == SellerStatus::Pending).then(|| {
        view! { <Banner tone=Tone::Info>{t.dashboard_pending()}</Banner> }
    });
    let may_apply = pending.is_none();
    let how = page.public("/how-it-works");
    view! {
        {pending}
        <Empty title=t.dashboard_new_title() text=t.dashboard_new_text()>
            <Button href="/requests/new/what">{t.requests_post()}</Button>
        </Empty>
        <p class="cluster">
            <a href=how>{t.common_how_it_works()}</a>
            {may_apply.then(|| view! { <a href="/sell">{t.dashboard_sell()}</a> })}
        </p>
    }
    .into_any()
}

/// A step of a seller's beginning.
struct Step {
    done: bool,
    text: &'static str,
    href: &'static str,
}

fn seller(t: Locale, user: &User, has_offered: bool) -> impl IntoView + use<> {
    let has_address = user.listed().any(domain::user::PayoutAddress::is_confirmed);
    let has_profile = user.profile.bio.is_some();
    let steps = [
        Step {
            done: has_address,
            text: t.dashboard_step_address(),
            href: "/payouts/address",
        },
        Step {
            done: has_profile,
            text: t.dashboard_step_profile(),
            href: "/account/profile",
        },
        Step {
            done: has_offered,
            text: t.dashboard_step_offer(),
            href: "/feed",
        },
    ];
    let next = steps.iter().find(|step| !step.done);
    let next = next.map(|step| {
        let (href, text) = (step.href, step.text);
        view! { <p><Button href=href>{text}</Button></p> }
    });
    let lines: Vec<_> = steps.iter().map(|step| line(t, step)).collect();
    let buy = view! {
        <p><Button look=Look::Quiet href="/requests/new/what">{t.requests_post()}</Button></p>
    };
    view! {
        <section class="card stack" aria-labelledby="begin">
            <h2 id="begin">{t.dashboard_begin_selling()}</h2>
            <p>{t.dashboard_begin_text()}</p>
            <div class="checklist"><ul>{lines}</ul></div>
            {next}
        </section>
        {buy}
    }
}

fn line(t: Locale, step: &Step) -> impl IntoView + use<> {
    let (icon, word, class) = if step.done {
        ("check", t.dashboard_step_done(), "given")
    } else {
        ("deal-awaiting", t.dashboard_step_open(), "missing")
    };
    let (href, text) = (step.href, step.text);
    view! {
        <li class=class>
            <Icon name=icon/>
            <span><a href=href>{text}</a>" "<span class="muted">{word}</span></span>
        </li>
    }
}
