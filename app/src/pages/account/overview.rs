//! `/account`: what there is to see and change about oneself.

use domain::user::AddressState;
use domain::{SellerStatus, User, UserStatus};
use leptos::prelude::*;

use crate::components::{Banner, Button, Look, PostForm, Row, SummaryList, Tone};
use crate::i18n::Locale;
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page) -> PageResult {
    let t = page.t();
    let user = page.user()?.clone();
    let unread = page
        .web
        .services
        .count_unread_notifications(&page.actor())
        .await?;
    Ok(page.html(t.account_title()).render(|| {
        view! {
            <div class="stack prose">
                <h1>{t.account_title()}</h1>
                {standing(&page, &user)}
                <SummaryList rows=rows(&page, &user, unread)/>
                <PostForm action="/auth/sign-out">
                    <Button look=Look::Quiet>{t.auth_sign_out()}</Button>
                </PostForm>
            </div>
        }
    }))
}

/// What stands in the person's way, if anything does.
pub(in crate::pages) fn standing(page: &Page, user: &User) -> impl IntoView + use<> {
    let t = page.t();
    let suspended = (user.status == UserStatus::Suspended).then(|| {
        view! { <Banner tone=Tone::Bad>{t.account_suspended()}</Banner> }
    });
    let blocked = user.payouts_blocked(page.web.services.now()).map(|until| {
        let text = t.account_payouts_blocked(page.when.moment(until));
        view! { <Banner tone=Tone::Care>{text}</Banner> }
    });
    view! { {suspended} {blocked} }
}

fn rows(page: &Page, user: &User, unread: u64) -> Vec<Row> {
    let t = page.t();
    let now = page.web.services.now();
    let active = user
        .listed()
        .filter(|address| address.state(now) == AddressState::Active)
        .count();
    let active = u64::try_from(active).unwrap_or(u64::MAX);
    let email = user.email.to_string();
    let change = |row: Row, path: &'static str| row.change(t.account_open(), path);
    vec![
        change(
            Row::new(t.account_profile(), user.display_name()),
            "/account/profile",
        ),
        change(
            Row::new(
                t.auth_email(),
                view! { <bdi dir="ltr" class="break">{email}</bdi> },
            ),
            "/account/email",
        ),
        change(
            Row::new(t.account_selling(), selling(t, user.seller_status)),
            "/sell",
        ),
        change(
            Row::new(t.address_title(), t.address_in_use(active)),
            "/payouts/address",
        ),
        change(
            Row::new(t.payment_title(), t.account_payments_text()),
            "/payments",
        ),
        change(
            Row::new(t.payout_title(), t.account_payouts_text()),
            "/payouts",
        ),
        change(
            Row::new(t.notice_title(), t.notice_unread(unread)),
            "/notifications",
        ),
        change(
            Row::new(t.account_preferences(), t.account_preferences_text()),
            "/account/preferences",
        ),
        change(
            Row::new(t.account_security(), t.account_security_text()),
            "/account/security",
        ),
    ]
}

pub(super) const fn selling(t: Locale, status: SellerStatus) -> &'static str {
    match status {
        SellerStatus::None => t.account_selling_none(),
        SellerStatus::Pending => t.account_selling_pending(),
        SellerStatus::Approved => t.account_selling_approved(),
        SellerStatus::Rejected => t.account_selling_rejected(),
    }
}
