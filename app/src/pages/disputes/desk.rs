//! `/disputes`: cases by time left. Nobody chooses one: they are drawn.

use axum::response::Response;
use domain::deal::{State, Tier};
use domain::policy::Action;
use domain::{Span, Timestamp, Units};
use leptos::prelude::*;
use services::deals::{Cursor, DealSummary, Limit};
use services::disputes::{CaseDesk, DeskCase};

use crate::components::{Button, Chip, DealChip, Empty, Look, Money, Pagination, Tab, Tabs, Tone};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Failure, Page, PageResult};
use crate::pages::deals::for_staff::{category_word, room_path};

const ON_A_PAGE: u32 = 20;

/// What a person looks at here: the words of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// To rule on and to approve: all there is to do.
    Mine,
    /// Drawn for them before.
    Judged,
    /// Everybody's open cases.
    Open,
    /// Their own deals.
    Own,
}

impl View {
    const ALL: [Self; 4] = [Self::Mine, Self::Judged, Self::Open, Self::Own];

    const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Judged => "judged",
            Self::Open => "open",
            Self::Own => "own",
        }
    }

    const fn label(self, t: Locale) -> &'static str {
        match self {
            Self::Mine => t.case_view_mine(),
            Self::Judged => t.case_view_judged(),
            Self::Open => t.case_view_open(),
            Self::Own => t.case_view_own(),
        }
    }

    fn path(self) -> String {
        format!("/disputes?view={}", self.code())
    }

    const fn action(self) -> Action {
        match self {
            Self::Mine => Action::RuleDispute,
            Self::Judged => Action::ReadDispute,
            Self::Open => Action::ReassignDispute,
            Self::Own => Action::ReadOwnDeals,
        }
    }
}

/// The cases of a view, in their piles.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) approve: Pile,
    pub(super) cases: Pile,
}

/// Cases that are read page by page, each pile for itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Pile {
    place: ListPlace,
    items: Vec<DeskCase>,
    next: Option<Cursor>,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let actor = page.actor();
    let views: Vec<View> = View::ALL
        .into_iter()
        .filter(|view| actor.may(view.action()).is_ok())
        .collect();
    // A view that is not theirs is refused by the use case, as it would be by any other door.
    let asked = page.query("view");
    let asked = View::ALL
        .into_iter()
        .find(|view| asked == Some(view.code()));
    let view = asked
        .or_else(|| views.first().copied())
        .unwrap_or(View::Own);
    let found = find(&page, view).await?;
    Ok(show(&page, &views, view, found))
}

async fn find(page: &Page, view: View) -> Result<Found, Failure> {
    let desk = match view {
        View::Mine => CaseDesk::ToRule,
        View::Judged => CaseDesk::Judged,
        View::Open => CaseDesk::Open,
        View::Own => CaseDesk::Own,
    };
    let approve = if view == View::Mine {
        let place = ListPlace::named(page, "approve_");
        find_pile(page, CaseDesk::ToApprove, place).await?
    } else {
        Pile::default()
    };
    Ok(Found {
        approve,
        cases: find_pile(page, desk, ListPlace::of(page)).await?,
    })
}

async fn find_pile(page: &Page, desk: CaseDesk, place: ListPlace) -> Result<Pile, Failure> {
    let request = place.request(Limit::new(ON_A_PAGE));
    let actor = page.actor();
    let cases = page.services().list_cases(&actor, desk, request).await?;
    Ok(Pile {
        place,
        items: cases.items,
        next: cases.next,
    })
}

pub(super) fn show(page: &Page, views: &[View], view: View, found: Found) -> Response {
    let t = page.t();
    page.html(t.case_desk_title()).render(|| {
        let Found { approve, cases } = found;
        let is_empty = cases.items.is_empty() && approve.items.is_empty();
        let of_approve = cases.place.kept_in(&view.path());
        let of_cases = approve.place.kept_in(&view.path());
        let piles = match view {
            _ if is_empty => nothing(t, view).into_any(),
            View::Mine => view! {
                {pile(page, view, t.case_to_approve(), approve, &of_approve)}
                {pile(page, view, t.case_to_rule(), cases, &of_cases)}
            }
            .into_any(),
            View::Judged | View::Open | View::Own => {
                pile(page, view, view.label(t), cases, &of_cases).into_any()
            }
        };
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <h1>{t.case_desk_title()}</h1>
                    <p class="lede prose">{lede(t, view)}</p>
                </div>
                {tabs(t, views, view)}
                {piles}
            </div>
        }
    })
}

const fn lede(t: Locale, view: View) -> &'static str {
    match view {
        View::Mine | View::Judged => t.case_desk_lede(),
        View::Open => t.case_open_lede(),
        View::Own => t.case_own_lede(),
    }
}

fn tabs(t: Locale, views: &[View], chosen: View) -> impl IntoView + use<> {
    let tab = |view: &View| Tab::new(view.path(), view.label(t), *view == chosen);
    let tabs = views.iter().map(tab).collect();
    view! { <Tabs label=t.case_views() groups=vec![tabs]/> }
}

fn pile(
    page: &Page,
    view: View,
    title: &'static str,
    pile: Pile,
    base: &str,
) -> Option<impl IntoView + use<>> {
    (!pile.items.is_empty()).then(|| {
        let next = pile.place.older(base, pile.next);
        let previous = pile.place.newer(base);
        view! {
            <section class="stack">
                <h2>{title}</h2>
                {cards(page, view, pile.items)}
                <Pagination previous=previous next=next/>
            </section>
        }
    })
}

fn cards(page: &Page, view: View, cases: Vec<DeskCase>) -> impl IntoView + use<> {
    let cards: Vec<_> = cases
        .into_iter()
        .map(|case| card(page, view, case))
        .collect();
    view! { <ul class="plain stack">{cards}</ul> }
}

fn card(page: &Page, view: View, case: DeskCase) -> impl IntoView + use<> {
    let t = page.t();
    let DeskCase { deal, dispute, .. } = &case;
    let href = match view {
        View::Own => format!("{}#dispute", room_path(deal.id)),
        View::Mine | View::Judged | View::Open => format!("/disputes/{}", deal.id),
    };
    let tier = match dispute.tier {
        Tier::First => t.case_tier_first(),
        Tier::Second => t.case_tier_second(),
    };
    let resolver = (view == View::Open).then(|| match &case.resolver {
        Some(name) => t.case_judged_by(name),
        None => t.case_undrawn().to_owned(),
    });
    let waits = (dispute.is_open && !dispute.may_be_ruled).then(|| t.case_waits_for_answer());
    let proposed = (dispute.is_open && dispute.is_proposed).then(|| t.case_waits_for_approval());
    let (units, asset) = (held_or_price(deal), deal.asset);
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                {time_left(page, &case)}
                <Money units asset/>
            </p>
            <h3 class="card-title"><a href=href><bdi>{deal.title.clone()}</bdi></a></h3>
            <p>
                {category_word(t, dispute.category)}" · "{tier}" · "{t.deal_title(deal.id.short())}
            </p>
            <p class="muted">{t.case_between(&case.buyer, &case.seller)}</p>
            {resolver.map(|resolver| view! { <p class="muted">{resolver}</p> })}
            {waits.map(|waits| view! { <p>{waits}</p> })}
            {proposed.map(|proposed| view! { <p>{proposed}</p> })}
        </li>
    }
}

/// What is in dispute: what is held, or what was once it is paid out.
fn held_or_price(deal: &DealSummary) -> Units {
    if deal.held.is_zero() {
        deal.price
    } else {
        deal.held
    }
}

/// How long there is to act: a word and a glyph, whatever the colour.
fn time_left(page: &Page, case: &DeskCase) -> impl IntoView + use<> {
    let t = page.t();
    let (state, held) = (case.deal.state, case.deal.is_on_hold);
    if state != State::Disputed {
        return view! { <DealChip state held/> }.into_any();
    }
    let (tone, icon, text) = match case.act_by {
        Some(at) => urgency(page, at),
        None => (Tone::Plain, "clock", t.case_clock_stands().to_owned()),
    };
    view! { <Chip tone icon text/> }.into_any()
}

/// Less than two days are pressing, none are overdue.
pub(super) fn urgency(page: &Page, at: Timestamp) -> (Tone, &'static str, String) {
    let t = page.t();
    let now = page.services().now();
    let length = |span| page.when.length(span).unwrap_or_else(|| t.when_minutes(0));
    if at <= now {
        return (Tone::Bad, "alert", t.case_overdue(length(now.since(at))));
    }
    let left = at.since(now);
    let is_near = left < Span::hours(48);
    let (tone, icon) = if is_near {
        (Tone::Care, "alert")
    } else {
        (Tone::Info, "clock")
    };
    (tone, icon, t.when_left(length(left)))
}

fn nothing(t: Locale, view: View) -> impl IntoView + use<> {
    let (title, text) = match view {
        View::Mine => (t.case_none_mine(), t.case_none_mine_text()),
        View::Judged => (t.case_none_judged(), t.case_none_judged_text()),
        View::Open => (t.case_none_open(), t.case_none_open_text()),
        View::Own => (t.case_none_own(), t.case_none_own_text()),
    };
    let (href, label) = match view {
        View::Mine => (View::Judged.path(), t.case_view_judged()),
        View::Judged => (View::Mine.path(), t.case_view_mine()),
        View::Open | View::Own => ("/deals".to_owned(), t.case_to_deals()),
    };
    view! {
        <Empty title text>
            <Button look=Look::Quiet href=href>{label}</Button>
        </Empty>
    }
}
