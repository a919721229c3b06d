//! `/admin/deals`: deals as admins look for them, the troubled ones first.

use axum::response::Response;
use leptos::prelude::*;
use services::deals::{DealDesk, DealList, DealSummary, Limit};

use crate::components::{
    Button, DealChip, Empty, Field, Look, Moment, Money, Pagination, Tab, Tabs,
};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{failure, room_path};
use crate::pages::desk::ListView;

const ON_A_PAGE: u32 = 20;
const PATH: &str = "/admin/deals";

const fn code(desk: DealDesk) -> &'static str {
    match desk {
        DealDesk::All => "all",
        DealDesk::OnHold => "hold",
        DealDesk::Suspended => "suspended",
        DealDesk::Loss => "loss",
    }
}

const fn label(t: Locale, desk: DealDesk) -> &'static str {
    match desk {
        DealDesk::All => t.dealdesk_all(),
        DealDesk::OnHold => t.dealdesk_on_hold(),
        DealDesk::Suspended => t.dealdesk_suspended(),
        DealDesk::Loss => t.dealdesk_loss(),
    }
}

const fn none(t: Locale, desk: DealDesk) -> &'static str {
    match desk {
        DealDesk::All => t.dealdesk_none_all(),
        DealDesk::OnHold => t.dealdesk_none_on_hold(),
        DealDesk::Suspended => t.dealdesk_none_suspended(),
        DealDesk::Loss => t.dealdesk_none_loss(),
    }
}

fn path(desk: DealDesk) -> String {
    format!("/admin/deals?desk={}", code(desk))
}

pub(crate) async fn get(page: Page) -> PageResult {
    let asked = ListView::of(&page, PATH, &["q"]);
    if asked.is_narrowed() {
        return find(&page, &asked).await;
    }
    let asked = page.query("desk");
    let desk = DealDesk::ALL
        .into_iter()
        .find(|desk| asked == Some(code(*desk)))
        .unwrap_or(DealDesk::All);
    let place = ListPlace::of(&page);
    let request = place.request(Limit::new(ON_A_PAGE));
    let actor = page.actor();
    let found = page.services().list_deal_desk(&actor, desk, request);
    let found = found.await.map_err(|error| failure(&error))?;
    Ok(show(&page, desk, found, &place))
}

/// The deals that a question leads to.
async fn find(page: &Page, asked: &ListView) -> PageResult {
    let (t, actor) = (page.t(), page.actor());
    let question = asked.value("q");
    let found = page
        .services()
        .find_deals(&actor, question, asked.request());
    let found = found.await?;
    Ok(page.html(t.dealdesk_title()).render(|| {
        let list = if found.items.is_empty() {
            view! { <Empty title=t.desk_none() text=t.dealdesk_not_found()/> }.into_any()
        } else {
            let cards: Vec<_> = found.items.into_iter().map(|deal| card(t, deal)).collect();
            view! { <ul class="plain stack">{cards}</ul> }.into_any()
        };
        view! {
            <div class="stack loose">
                <h1>{t.dealdesk_title()}</h1>
                {search(t, question)}
                <section class="stack" aria-labelledby="found">
                    <h2 id="found">{t.dealdesk_found()}</h2>
                    {list}
                    {asked.pages(found.next)}
                </section>
            </div>
        }
    }))
}

fn search(t: Locale, question: &str) -> impl IntoView + use<> {
    let question = question.to_owned();
    let cleared = (!question.is_empty()).then(|| view! { <a href=PATH>{t.desk_clear()}</a> });
    view! {
        <form method="get" action=PATH class="card stack tight" role="search">
            <Field
                name="q"
                kind="search"
                label=t.dealdesk_search()
                hint=t.dealdesk_search_hint()
                value=question
                maxlength=200
            />
            <p class="cluster">
                <Button look=Look::Quiet>{t.dealdesk_find()}</Button>
                {cleared}
            </p>
        </form>
    }
}

fn show(page: &Page, desk: DealDesk, found: DealList, place: &ListPlace) -> Response {
    let t = page.t();
    page.html(t.dealdesk_title()).render(|| {
        let next = place.older(&path(desk), found.next);
        let previous = place.newer(&path(desk));
        let list = if found.items.is_empty() {
            view! { <Empty title=t.dealdesk_none() text=none(t, desk)/> }.into_any()
        } else {
            let cards: Vec<_> = found.items.into_iter().map(|deal| card(t, deal)).collect();
            view! { <ul class="plain stack">{cards}</ul> }.into_any()
        };
        view! {
            <div class="stack loose">
                <h1>{t.dealdesk_title()}</h1>
                {search(t, "")}
                {tabs(t, desk)}
                <section class="stack" aria-labelledby="pile">
                    <h2 id="pile">{label(t, desk)}</h2>
                    {list}
                    <Pagination previous=previous next=next/>
                </section>
            </div>
        }
    })
}

fn tabs(t: Locale, chosen: DealDesk) -> impl IntoView + use<> {
    let tabs = DealDesk::ALL.map(|desk| Tab::new(path(desk), label(t, desk), desk == chosen));
    view! { <Tabs label=t.dealdesk_piles() groups=vec![tabs.into()]/> }
}

fn card(t: Locale, deal: DealSummary) -> impl IntoView + use<> {
    let (state, held, units, asset) = (deal.state, deal.is_on_hold, deal.price, deal.asset);
    let (late, at) = (deal.has_late_money(), deal.updated_at);
    let everything = format!("{PATH}/{}", deal.id);
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <DealChip state held late/>
                <Money units asset/>
            </p>
            <h3 class="card-title"><a href=room_path(deal.id)><bdi>{deal.title}</bdi></a></h3>
            <p class="muted">{t.deal_title(deal.id.short())}" · "{asset.network().name()}</p>
            <p class="muted">{t.dealdesk_changed()}" "<Moment at/></p>
            <p class="small-text"><a href=everything>{t.dealfile_everything()}</a></p>
        </li>
    }
}
