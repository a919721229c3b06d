//! `/admin/users/{id}/roles`: what somebody may be. Roles of staff take two admins.

use axum::response::Response;
use domain::policy::Action;
use domain::text::Line;
use domain::{Role, Roles};
use leptos::prelude::*;
use serde::Deserialize;
use services::people::{ChangeUserError, UserCard};

use super::user::{UserPath, find};
use super::user_words::{refusal, waiting};
use super::users::role_word;
use crate::components::{Banner, Button, Checkboxes, Choice, Field, Look, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

const DROP: &str = "drop";
/// Everybody is a buyer; the others are given and taken.
const GIVEN: [Role; 4] = [Role::Seller, Role::Support, Role::Resolver, Role::Admin];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    roles: Vec<String>,
    reason: String,
    act: String,
}

pub(crate) async fn get(page: Page, UserPath(id): UserPath) -> PageResult {
    page.actor()
        .may(Action::SetRoles)
        .map_err(services::Failure::from)?;
    let card = find(&page, id).await?;
    let waits = card.proposed_roles.as_ref().map(|(waits, _)| waits.roles);
    let chosen = waits.unwrap_or(card.summary.roles);
    Ok(show(&page, &card, chosen, "", &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    UserPath(id): UserPath,
    form: Submission<Fields>,
) -> PageResult {
    let fields = &form.fields;
    let chosen = fields.roles.iter().filter_map(|code| Role::from_code(code));
    let chosen = chosen.collect::<Roles>().with(Role::Buyer);
    let mut errors = Errors::none();
    if let Ok(reason) = Line::<200>::new(&fields.reason) {
        let (services, actor) = (page.services(), page.actor());
        let decided = if fields.act == DROP {
            services.drop_proposed_roles(&actor, id, reason).await
        } else {
            services.give_roles(&actor, id, chosen, reason).await
        };
        match decided {
            Ok(user) => {
                let done = if user.proposed_roles.is_some() {
                    "roles_first"
                } else {
                    "noted"
                };
                return Ok(page.see_other(&format!("/admin/users/{id}?done={done}")));
            }
            Err(ChangeUserError::Rejected(rejection)) => {
                errors.add_whole(refusal(page.t(), rejection));
            }
            Err(ChangeUserError::Failed(failure)) => return Err(Failure::from(failure)),
        }
    } else {
        errors.add("reason", page.t().solvency_reason_wrong());
    }
    let card = find(&page, id).await?;
    Ok(show(&page, &card, chosen, &fields.reason, &errors))
}

fn show(page: &Page, card: &UserCard, chosen: Roles, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let name = card.summary.name.clone();
    let back = format!("/admin/users/{}", card.summary.id);
    let title = t.users_roles_title(&name);
    let html = page.html(title.clone()).errors(errors);
    html.render(|| {
        let form = if card.is_own {
            view! { <Banner tone=Tone::Care>{t.users_own_account()}</Banner> }.into_any()
        } else {
            form(page, card, chosen, typed).into_any()
        };
        view! {
            <div class="stack prose">
                <p><a href=back><bdi>{name}</bdi></a></p>
                <h1>{title}</h1>
                <p class="lede">{t.users_roles_lede()}</p>
                {waiting(page, card)}
                {form}
            </div>
        }
    })
}

fn form(page: &Page, card: &UserCard, chosen: Roles, typed: &str) -> impl IntoView + use<> {
    let t = page.t();
    let choices = GIVEN
        .map(|role| Choice::new(role.code(), role_word(t, role)).detail(detail(page, role)))
        .into();
    let chosen = chosen.iter().map(|role| role.code().to_owned()).collect();
    let typed = typed.to_owned();
    let drop = card.proposed_roles.is_some().then(|| {
        view! { <Button look=Look::Quiet name="act" value=DROP>{t.users_drop_roles()}</Button> }
    });
    view! {
        <PostForm class="stack">
            <Checkboxes name="roles" legend=t.users_roles() choices chosen/>
            <Field
                name="reason"
                label=t.solvency_reason()
                hint=t.users_reason_hint()
                value=typed
                maxlength=200
            />
            <p class="cluster">
                <Button name="act" value="give">{t.users_give()}</Button>
                {drop}
            </p>
        </PostForm>
    }
}

const fn detail(page: &Page, role: Role) -> &'static str {
    let t = page.t();
    match role {
        Role::Buyer | Role::Seller => t.users_role_seller_text(),
        Role::Support => t.users_role_support_text(),
        Role::Resolver => t.users_role_resolver_text(),
        Role::Admin => t.users_role_admin_text(),
    }
}
