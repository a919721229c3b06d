//! What is said of decisions on people: why one is refused, what waits for a second person.

use domain::user::UserRejection;
use leptos::prelude::*;
use services::people::UserCard;

use super::users::role_word;
use crate::components::{Banner, Tone};
use crate::i18n::Locale;
use crate::page::Page;

/// Why a decision on somebody is refused.
pub(super) const fn refusal(t: Locale, rejection: UserRejection) -> &'static str {
    match rejection {
        UserRejection::OwnAccount => t.users_own_account(),
        UserRejection::OtherKey => t.users_other_key(),
        UserRejection::SameRoles => t.users_same_roles(),
        UserRejection::Deleted => t.users_is_closed(),
        UserRejection::Suspended => t.users_is_suspended(),
        _ => t.users_gone(),
    }
}

/// What somebody proposed, and an admin has yet to decide.
pub(super) fn waiting(page: &Page, card: &UserCard) -> impl IntoView + use<> {
    let t = page.t();
    let suspension = card.proposed_suspension.as_ref().map(|(proposed, by)| {
        let at = page.when.moment(proposed.at);
        let reason = proposed.reason.to_string();
        let text = t.users_suspension_proposed(by, at);
        view! {
            <Banner tone=Tone::Care>
                {text}" "<q dir="auto">{reason}</q>
            </Banner>
        }
    });
    let roles = card.proposed_roles.as_ref().map(|(proposed, by)| {
        let words: Vec<&str> = proposed.roles.iter().map(|one| role_word(t, one)).collect();
        let text = t.users_roles_proposed(by, words.join(t.users_and()));
        let reason = proposed.reason.to_string();
        let href = format!("/admin/users/{}/roles", card.summary.id);
        view! {
            <Banner tone=Tone::Care>
                {text}" "<q dir="auto">{reason}</q>" "<a href=href>{t.users_to_roles()}</a>
            </Banner>
        }
    });
    view! { {suspension}{roles} }
}
