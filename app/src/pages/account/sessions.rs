//! `/account/sessions`: where one is signed in, and the way to end it.

use axum::response::Response;
use domain::id::SessionId;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{EndSessionError, SessionView};

use crate::components::{Button, Chip, Look, Moment, PostForm, Tone};
use crate::form::Submission;
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    session: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let sessions = page.web.services.list_sessions(&page.actor()).await?;
    Ok(show(&page, sessions))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let id: SessionId = form.fields.session.parse().map_err(|_| Failure::NotFound)?;
    let is_this_one = page
        .viewer
        .as_ref()
        .is_some_and(|viewer| viewer.session.id == id);
    match page.web.services.end_session(&page.actor(), id).await {
        Ok(()) if is_this_one => Ok(page.signed_out("/?done=signed_out")),
        // Over already: what was wanted is so.
        Ok(()) | Err(EndSessionError::NotFound) => {
            Ok(page.see_other("/account/sessions?done=session_ended"))
        }
        Err(EndSessionError::Failed(failure)) => Err(failure.into()),
    }
}

/// `/account/sessions/end-all`: signing out everywhere, here too.
pub(crate) async fn end_all(page: Page, _form: Submission<Fields>) -> PageResult {
    page.web.services.sign_out_everywhere(&page.actor()).await?;
    Ok(page.signed_out("/?done=signed_out_everywhere"))
}

fn show(page: &Page, sessions: Vec<SessionView>) -> Response {
    let t = page.t();
    page.html(t.account_sessions()).render(|| {
        let items: Vec<_> = sessions.into_iter().map(|one| item(page, one)).collect();
        view! {
            <div class="stack prose">
                <p><a href="/account/security">{t.account_security()}</a></p>
                <h1>{t.account_sessions()}</h1>
                <p>{t.account_sessions_text()}</p>
                <ul class="plain stack">{items}</ul>
                <PostForm action="/account/sessions/end-all">
                    <Button look=Look::Danger>{t.account_end_all()}</Button>
                </PostForm>
            </div>
        }
    })
}

fn item(page: &Page, one: SessionView) -> impl IntoView + use<> {
    let t = page.t();
    let device = device_name(&one.user_agent).map_or_else(
        || t.account_unknown_device().to_owned(),
        |(browser, system)| t.account_device(browser, system),
    );
    let action = if one.is_current {
        t.auth_sign_out()
    } else {
        t.account_end_session()
    };
    view! {
        <li class="card stack">
            <p class="cluster">
                <strong>{device.clone()}</strong>
                {one.is_current.then(|| view! {
                    <Chip tone=Tone::Ok icon="check" text=t.account_this_session()/>
                })}
            </p>
            <p class="muted">
                {t.account_signed_in_from()}" "<bdi dir="ltr">{one.ip}</bdi>
                <br/>
                {t.account_signed_in_at()}" "<Moment at=one.created_at bare=true/>
                <br/>
                {t.account_last_seen()}" "<Moment at=one.last_seen_at/>
            </p>
            <PostForm action="/account/sessions">
                <input type="hidden" name="session" value=one.id.to_string()/>
                <Button look=Look::Quiet>
                    {action}
                    <span class="visually-hidden">": "{device}</span>
                </Button>
            </PostForm>
        </li>
    }
}

/// What people call their browser and device, as far as it tells.
fn device_name(user_agent: &str) -> Option<(&'static str, &'static str)> {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    Some((named(&BROWSERS)?, named(&SYSTEMS)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_browsers_are_called_by_their_names() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
                Some(("Chrome", "Linux")),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0",
                Some(("Edge", "Windows")),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1",
                Some(("Safari", "iPhone")),
            ),
            ("curl/8.0", None),
            ("<script>", None),
        ] {
            assert_eq!(device_name(agent), name, "{agent}");
        }
    }
}
