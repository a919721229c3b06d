//! `/admin/users/{id}`: an account as staff see it, and what they may do about it.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;
use domain::id::UserId;
use domain::policy::Action;
use domain::text::Line;
use domain::{Email, Role, UserStatus};
use leptos::prelude::*;
use serde::Deserialize;
use services::people::{ChangeUserError, UserCard};

use super::user_words::{refusal, waiting};
use super::users::{roles, selling, status_chip};
use crate::components::{Banner, Button, Field, Look, Moment, PostForm, Row, SummaryList, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

const EMAIL: &str = "email";
const PROPOSE: &str = "propose";
const DROP: &str = "drop";
const SUSPEND: &str = "suspend";
const REINSTATE: &str = "reinstate";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    reason: String,
    act: String,
}

/// The account that the path names. A word that is no id names none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UserPath(pub(super) UserId);

impl<S: Send + Sync> FromRequestParts<S> for UserPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(id) = path.map_err(|_| Failure::NotFound)?;
        id.parse().map(Self).map_err(|_| Failure::NotFound)
    }
}

pub(crate) async fn get(page: Page, UserPath(id): UserPath) -> PageResult {
    let card = find(&page, id).await?;
    Ok(show(&page, &card, None, "", &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    UserPath(id): UserPath,
    form: Submission<Fields>,
) -> PageResult {
    let typed = &form.fields.reason;
    let Ok(reason) = Line::<200>::new(typed) else {
        let mut errors = Errors::none();
        errors.add("reason", page.t().solvency_reason_wrong());
        return Ok(show(&page, &find(&page, id).await?, None, typed, &errors));
    };
    let (services, actor) = (page.services(), page.actor());
    let done = match form.fields.act.as_str() {
        EMAIL => {
            let email = services.open_email(&actor, id, &reason).await?;
            let card = find(&page, id).await?;
            return Ok(show(&page, &card, Some(&email), "", &Errors::none()));
        }
        PROPOSE => services.propose_suspension(&actor, id, reason).await,
        DROP => services.drop_proposed_suspension(&actor, id, reason).await,
        SUSPEND => services.suspend_user(&actor, id, reason).await,
        REINSTATE => services.reinstate_user(&actor, id, reason).await,
        _ => return Err(Failure::NotFound),
    };
    match done {
        Ok(_) => Ok(page.see_other(&format!("/admin/users/{id}?done=noted"))),
        Err(ChangeUserError::Rejected(rejection)) => {
            let errors = Errors::whole(refusal(page.t(), rejection));
            Ok(show(&page, &find(&page, id).await?, None, typed, &errors))
        }
        Err(ChangeUserError::Failed(failure)) => Err(failure.into()),
    }
}

/// The account, for whoever may see it.
pub(super) async fn find(page: &Page, id: UserId) -> Result<UserCard, Failure> {
    let card = page.services().view_user(&page.actor(), id).await?;
    card.ok_or(Failure::NotFound)
}

fn show(
    page: &Page,
    card: &UserCard,
    email: Option<&Email>,
    typed: &str,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let name = card.summary.name.clone();
    let title = t.users_one_title(&name);
    page.html(title).errors(errors).render(|| {
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <p><a href="/admin/users">{t.users_title()}</a></p>
                    <h1><bdi>{name}</bdi></h1>
                    <p class="cluster">{status_chip(t, card.summary.status)}</p>
                </div>
                {waiting(page, card)}
                <div class="sidebar">
                    <div class="stack loose">
                        {facts(page, card, email)}
                        {acts(page, card, typed)}
                    </div>
                    <aside class="stack loose">{dependencies(page, card)}{ways(page, card)}</aside>
                </div>
            </div>
        }
    })
}

fn facts(page: &Page, card: &UserCard, email: Option<&Email>) -> impl IntoView + use<> {
    let t = page.t();
    let user = &card.summary;
    let moment = |at: Option<domain::Timestamp>| match at {
        Some(at) => view! { <Moment at/> }.into_any(),
        None => view! { {t.users_never()} }.into_any(),
    };
    let shown = email.map_or_else(|| user.email.clone(), ToString::to_string);
    let count = |number: usize| t.number(u64::try_from(number).unwrap_or(u64::MAX));
    let since = user.created_at;
    let mut rows = vec![
        Row::new(
            t.desk_id(),
            view! { <code class="break" dir="ltr">{user.id.to_string()}</code> },
        ),
        Row::new(
            t.auth_email(),
            view! { <bdi dir="ltr" class="break">{shown}</bdi> },
        ),
        Row::new(t.users_verified(), moment(card.email_verified_at)),
        Row::new(t.users_roles(), roles(t, user)),
        Row::new(t.account_selling(), selling(t, user.seller_status)),
        Row::new(t.users_since(), view! { <Moment at=since/> }),
        Row::new(t.users_last_sign_in(), moment(card.last_sign_in_at)),
        Row::new(t.users_sessions(), count(card.sessions)),
        Row::new(t.address_title(), count(card.addresses)),
    ];
    if let Some(until) = card.payouts_blocked {
        rows.push(Row::new(
            t.users_payouts_blocked(),
            view! { <Moment at=until/> },
        ));
    }
    let opened = email.map(|_| view! { <Banner tone=Tone::Info>{t.users_email_shown()}</Banner> });
    view! {
        <section class="card stack tight" aria-labelledby="facts">
            <h2 id="facts">{t.users_account()}</h2>
            {opened}
            <SummaryList rows/>
        </section>
    }
}

/// What hangs on the account: whether it could be closed now.
fn dependencies(page: &Page, card: &UserCard) -> impl IntoView + use<> {
    let t = page.t();
    let hangs = card.dependencies;
    let live = u64::try_from(hangs.live_deals).unwrap_or(u64::MAX);
    let rows = vec![
        Row::new(t.users_live_deals(), t.number(live)),
        Row::new(t.users_open_offers(), t.number(hangs.open_offers)),
    ];
    let (tone, text) = if hangs.money_in_play {
        (Tone::Care, t.users_money_in_play())
    } else {
        (Tone::Info, t.users_free_to_close())
    };
    view! {
        <section class="card stack tight" aria-labelledby="hangs">
            <h2 id="hangs">{t.users_hangs()}</h2>
            <SummaryList rows/>
            <Banner tone=tone>{text}</Banner>
        </section>
    }
}

fn ways(page: &Page, card: &UserCard) -> impl IntoView + use<> {
    let t = page.t();
    let (actor, id) = (page.actor(), card.summary.id);
    let ways = [
        (
            Action::SetRoles,
            format!("/admin/users/{id}/roles"),
            t.users_to_roles(),
        ),
        (
            Action::ReadMoney,
            format!("/admin/deals?q={id}"),
            t.users_to_deals(),
        ),
        (
            Action::ReadAudit,
            format!("/admin/audit?subject=user:{id}"),
            t.users_to_audit(),
        ),
        (
            Action::ReadAudit,
            format!("/admin/audit?actor={id}"),
            t.users_to_acts(),
        ),
    ];
    let ways: Vec<_> = ways
        .into_iter()
        .filter(|(action, ..)| actor.may(*action).is_ok())
        .map(|(_, href, label)| view! { <li><a href=href>{label}</a></li> })
        .collect();
    (!ways.is_empty()).then(|| view! { <ul class="card stack tight plain">{ways}</ul> })
}

/// Everything that one person may do here takes a reason, which stands in the log.
fn acts(page: &Page, card: &UserCard, typed: &str) -> impl IntoView + use<> {
    let t = page.t();
    let actor = page.actor();
    let may = |action| !card.is_own && actor.may(action).is_ok();
    let status = card.summary.status;
    let is_open = status != UserStatus::Deleted;
    let has_proposal = card.proposed_suspension.is_some();
    let acts = [
        (EMAIL, t.users_show_email(), Look::Quiet, is_open),
        (
            PROPOSE,
            t.users_propose(),
            Look::Quiet,
            may(Action::ProposeSuspension) && status == UserStatus::Active,
        ),
        (
            DROP,
            t.users_drop_proposal(),
            Look::Quiet,
            may(Action::SuspendUser) && has_proposal,
        ),
        (
            SUSPEND,
            t.users_suspend(),
            Look::Danger,
            may(Action::SuspendUser)
                && status == UserStatus::Active
                && !card.summary.roles.has(Role::Admin),
        ),
        (
            REINSTATE,
            t.users_reinstate(),
            Look::Quiet,
            may(Action::SuspendUser) && status == UserStatus::Suspended,
        ),
    ];
    let buttons: Vec<_> = acts
        .into_iter()
        .filter(|(.., is_offered)| *is_offered)
        .map(|(act, label, look, _)| {
            view! { <Button look=look name="act" value=act>{label}</Button> }
        })
        .collect();
    let typed = typed.to_owned();
    (!buttons.is_empty()).then(|| {
        view! {
            <section class="card stack" aria-labelledby="acts">
                <h2 id="acts">{t.users_acts()}</h2>
                <p class="muted">{t.users_acts_text()}</p>
                <PostForm class="stack">
                    <Field
                        name="reason"
                        label=t.solvency_reason()
                        hint=t.users_reason_hint()
                        value=typed
                        maxlength=200
                    />
                    <p class="cluster">{buttons}</p>
                </PostForm>
            </section>
        }
    })
}
