//! One's own deals: live or over, bought or sold.

use axum::response::Response;
use domain::deal::Party;
use leptos::prelude::*;
use services::deals::{DealList, DealSummary, Limit, Phase, Side};

use super::open::{failure, room_path};
use crate::components::{Button, DealChip, Empty, Look, Moment, Money, Pagination, Tab, Tabs};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};

const ON_A_PAGE: u32 = 20;

/// Which deals are asked for: the words of the query.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Choice {
    side: Side,
    phase: Phase,
}

impl Choice {
    fn read(page: &Page) -> Self {
        Self {
            side: match page.query("side") {
                Some("buying") => Side::Buying,
                Some("selling") => Side::Selling,
                _ => Side::Any,
            },
            phase: match page.query("phase") {
                Some("over") => Phase::Final,
                _ => Phase::Live,
            },
        }
    }

    /// The address of this choice.
    fn path(self) -> String {
        let side = match self.side {
            Side::Any => "all",
            Side::Buying => "buying",
            Side::Selling => "selling",
        };
        let phase = match self.phase {
            Phase::Live => "live",
            Phase::Final => "over",
        };
        format!("/deals?side={side}&phase={phase}")
    }
}

pub(crate) async fn get(page: Page) -> PageResult {
    let choice = Choice::read(&page);
    let place = ListPlace::of(&page);
    let request = place.request(Limit::new(ON_A_PAGE));
    let deals = page
        .services()
        .list_own_deals(&page.actor(), choice.side, Some(choice.phase), request)
        .await
        .map_err(|error| failure(&error))?;
    Ok(show(&page, choice, deals, &place))
}

fn show(page: &Page, choice: Choice, deals: DealList, place: &ListPlace) -> Response {
    let t = page.t();
    page.html(t.deal_list_title()).render(|| {
        let previous = place.newer(&choice.path());
        let next = place.older(&choice.path(), deals.next);
        let list = if deals.items.is_empty() {
            nothing(page, choice).into_any()
        } else {
            let cards: Vec<_> = deals
                .items
                .into_iter()
                .map(|deal| card(page, deal))
                .collect();
            view! { <ul class="stack">{cards}</ul> }.into_any()
        };
        view! {
            <div class="stack loose">
                <h1>{t.deal_list_title()}</h1>
                {tabs(t, choice)}
                {list}
                <Pagination previous=previous next=next/>
            </div>
        }
    })
}

fn tabs(t: Locale, chosen: Choice) -> impl IntoView + use<> {
    let tab = |choice: Choice, label| Tab::new(choice.path(), label, choice == chosen);
    let sides = [
        (Side::Any, t.deal_list_all()),
        (Side::Buying, t.deal_list_buying()),
        (Side::Selling, t.deal_list_selling()),
    ];
    let phases = [
        (Phase::Live, t.deal_list_live()),
        (Phase::Final, t.deal_list_over()),
    ];
    let phases = phases.map(|(phase, label)| tab(Choice { phase, ..chosen }, label));
    let sides = sides.map(|(side, label)| tab(Choice { side, ..chosen }, label));
    view! { <Tabs label=t.deal_list_filters() groups=vec![phases.into(), sides.into()]/> }
}

fn card(page: &Page, deal: DealSummary) -> impl IntoView + use<> {
    let t = page.t();
    let viewer = page.actor().user_id();
    let party = if viewer == Some(deal.buyer) {
        Party::Buyer
    } else {
        Party::Seller
    };
    let side = match party {
        Party::Buyer => t.deal_list_you_buy(),
        Party::Seller => t.deal_list_you_sell(),
    };
    let (state, held, late) = (deal.state, deal.is_on_hold, deal.has_late_money());
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <DealChip state held late/>
                <Money units=deal.price asset=deal.asset/>
            </p>
            <h2 class="card-title"><a href=room_path(deal.id)><bdi>{deal.title}</bdi></a></h2>
            <p class="muted">{side}" · "{t.deal_title(deal.id.short())}</p>
            {deal.next_at.map(|at| view! { <p>{t.deal_list_next()}" "<Moment at/></p> })}
        </li>
    }
}

fn nothing(page: &Page, choice: Choice) -> impl IntoView + use<> {
    let t = page.t();
    let (title, text) = match choice.phase {
        Phase::Live => (t.deal_list_none_live(), t.deal_list_none_live_text()),
        Phase::Final => (t.deal_list_none_over(), t.deal_list_none_over_text()),
    };
    view! {
        <Empty title text>
            <Button look=Look::Quiet href="/requests">{t.deal_list_browse()}</Button>
        </Empty>
    }
}
