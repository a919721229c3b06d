//! `/notifications`: the list, and reading all of it at once.

use axum::response::Response;
use domain::notification::NotificationKind;
use leptos::prelude::*;
use services::notifications::{NotificationView, Shown};
use services::paging::{Limit, Page as ListPage};

use crate::components::{Button, Chip, Empty, Look, Moment, Pagination, PostForm, Tab, Tabs, Tone};
use crate::form::Submission;
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};
use crate::pages::account::preferences::topic_name;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Fields {}

const PER_PAGE: u32 = 20;
const PATH: &str = "/notifications";
const CHOOSE: &str = "/account/preferences";
const UNREAD: &str = "/notifications?show=unread";

pub(crate) async fn get(page: Page) -> PageResult {
    page.user()?;
    let services = &page.web.services;
    let shown = match page.query("show") {
        Some("unread") => Shown::Unread,
        _ => Shown::All,
    };
    let place = ListPlace::of(&page);
    let request = place.request(Limit::new(PER_PAGE));
    let actor = page.actor();
    let listed = services
        .list_notifications(&actor, shown, page.locale.into(), request)
        .await?;
    let unread = services.count_unread_notifications(&actor).await?;
    Ok(show(&page, shown, listed, &place, unread))
}

/// Marks all as read.
pub(crate) async fn post(page: Page, _form: Submission<Fields>) -> PageResult {
    let services = &page.web.services;
    services.mark_all_notifications_read(&page.actor()).await?;
    Ok(page.see_other("/notifications?done=all_read"))
}

fn show(
    page: &Page,
    shown: Shown,
    listed: ListPage<NotificationView>,
    place: &ListPlace,
    unread: u64,
) -> Response {
    let t = page.t();
    let base = match shown {
        Shown::All => PATH,
        Shown::Unread => UNREAD,
    };
    let next = place.older(base, listed.next);
    let previous = place.newer(base);
    let is_empty = listed.items.is_empty();
    page.html(t.notice_title()).render(|| {
        let items: Vec<_> = listed
            .items
            .into_iter()
            .map(|one| item(page, one))
            .collect();
        let (way, way_name) = match shown {
            Shown::All => (CHOOSE, t.notice_choose()),
            Shown::Unread => (PATH, t.notice_all()),
        };
        let tabs = vec![
            Tab::new(PATH, t.notice_all(), shown == Shown::All),
            Tab::new(UNREAD, t.notice_only_unread(), shown == Shown::Unread),
        ];
        view! {
            <div class="stack prose">
                <h1>{t.notice_title()}</h1>
                <p>{t.notice_unread(unread)}</p>
                <Tabs label=t.notice_show() groups=vec![tabs]/>
                {(!is_empty).then(|| view! {
                    <p><a href=CHOOSE>{t.notice_choose()}</a></p>
                })}
                {(unread > 0).then(|| view! {
                    <PostForm action=PATH>
                        <Button look=Look::Quiet>{t.notice_read_all()}</Button>
                    </PostForm>
                })}
                {is_empty.then(|| view! {
                    <Empty title=t.notice_none() text=t.notice_none_text()>
                        <Button look=Look::Quiet href=way>{way_name}</Button>
                    </Empty>
                })}
                {(!is_empty).then(|| view! { <ul class="plain stack">{items}</ul> })}
                <Pagination previous=previous next=next/>
            </div>
        }
    })
}

fn item(page: &Page, one: NotificationView) -> impl IntoView + use<> {
    let t = page.t();
    let (tone, icon) = match one.kind {
        NotificationKind::Info => (Tone::Info, "info"),
        NotificationKind::Success => (Tone::Ok, "check"),
        NotificationKind::Warning => (Tone::Care, "alert"),
        NotificationKind::Error => (Tone::Bad, "alert"),
    };
    let class = if one.is_read {
        "card notice"
    } else {
        "card notice unread"
    };
    let action = if one.action_path.is_some() {
        t.notice_open()
    } else {
        t.notice_mark_read()
    };
    let has_action = one.action_path.is_some() || !one.is_read;
    let title = one.title.clone();
    view! {
        <li class=class>
            <div class="stack">
                <p class="cluster">
                    <Chip tone=tone icon=icon text=topic_name(t, one.topic)/>
                    {(!one.is_read).then(|| view! { <strong class="new">{t.notice_new()}</strong> })}
                </p>
                <h2>{one.title}</h2>
                <p dir="auto">{one.message}</p>
                <p class="muted"><Moment at=one.created_at/></p>
                {has_action.then(|| view! {
                    <PostForm action=format!("/notifications/{}/open", one.id)>
                        <Button look=Look::Quiet>
                            {action}
                            <span class="visually-hidden">": "{title}</span>
                        </Button>
                    </PostForm>
                })}
            </div>
        </li>
    }
}
