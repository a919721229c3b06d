//! `/dev/deals`: every state of a deal as each party sees it, to be looked at in both languages and
//! themes without trading.

mod desk_stories;
pub(crate) mod desks;
mod samples;
mod story;

use axum::extract::Path;
use axum::response::Response;
use domain::Span;
use domain::deal::{
    DeadlineKind, Deal, DepositKey, Evidence, Goods, Party, State, outcomes_if_nobody_acts,
};
use domain::intent::{Arrived, Intent, Rail, Reading, Sighted, Sighting};
use domain::postal::{Country, PostalAddress};
use domain::request::Delivery;
use domain::text::Line;
use leptos::prelude::*;
use services::deals::{DealView, Relation, ShownCode};
use services::files::FiledEvidence;
use services::payments::PayView;
use services::requests::DeliveryView;

use self::samples::SAMPLES;
use self::story::{Story, camera};
use crate::form::Errors;
use crate::page::{Failure, Page, PageResult};
use crate::pages::deals::looked_at::{self, Case};

/// An address that nobody has.
const ADDRESS: &str = "0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9";

/// Text that would do harm if a page did not escape it.
const HOSTILE: &str = "</textarea><script>alert(1)</script>\"'<b>&amp;\u{202e}𐍈 </title>";

/// The list of samples.
pub(crate) async fn list(page: Page) -> Response {
    let t = page.t();
    page.html(t.deal_list_title()).render(|| {
        let samples: Vec<_> = SAMPLES
            .iter()
            .flat_map(|(name, _)| ["buyer", "seller"].map(|viewer| (*name, viewer)))
            .map(|(name, viewer)| {
                let href = format!("/dev/deals/{name}/{viewer}/room");
                view! { <li><a href=href>{name}" "{viewer}</a></li> }
            })
            .collect();
        view! {
            <div class="stack">
                <h1>{t.deal_list_title()}</h1>
                <ul>{samples}</ul>
            </div>
        }
    })
}

/// One page of one sample.
pub(crate) async fn show(
    page: Page,
    Path((name, viewer, part)): Path<(String, String, String)>,
) -> PageResult {
    let found = SAMPLES.iter().find(|(known, _)| *known == name);
    let (_, tell) = found.ok_or(Failure::NotFound)?;
    let party = match viewer.as_str() {
        "buyer" => Party::Buyer,
        "seller" => Party::Seller,
        _ => return Err(Failure::NotFound),
    };
    let goods = if page.query("hostile").is_some() {
        hostile()
    } else {
        camera()
    };
    let story = Story::told(page.services().now(), &goods, *tell);
    let case = case(story, party, page.query("hostile").is_some());
    let file = match page.query("hostile") {
        Some(_) => HOSTILE,
        None => "IMG_2041.jpg",
    };
    draw(&page, &case, &part, file)
}

fn hostile() -> Goods {
    Goods {
        title: HOSTILE.to_owned(),
        description: HOSTILE.to_owned(),
        ..camera()
    }
}

fn case(story: Story, party: Party, hostile: bool) -> Case {
    let view = view(story, Relation::Party(party), hostile);
    Case { view, party }
}

fn view(story: Story, relation: Relation, hostile: bool) -> DealView {
    let Story { deal, now, .. } = story;
    let name = |usual: &str| if hostile { HOSTILE } else { usual }.to_owned();
    let resolver = deal.disputes.last().and_then(|case| case.resolver);
    DealView {
        relation,
        buyer_name: name("Omid Rahimi"),
        seller_name: name("Sara Cameras"),
        resolver_name: resolver.map(|_| name("Lena Vogt")),
        if_nobody_acts: outcomes_if_nobody_acts(&deal, now),
        now,
        deal,
    }
}

/// The evidence of a story, whose files there never were.
fn filed(deal: &Deal, file: &str) -> Vec<FiledEvidence> {
    let filed = |evidence: &Evidence| FiledEvidence {
        evidence: evidence.clone(),
        name: file.to_owned(),
        size: 2_400_000,
        has_preview: false,
    };
    deal.evidence.iter().map(filed).collect()
}

/// Where the goods of a story go, as the party sees it.
fn delivery(case: &Case) -> Option<DeliveryView> {
    let line = |text| Line::new(text).ok();
    let address = PostalAddress {
        country: "AL".parse::<Country>().ok()?,
        region: None,
        city: line("Tirana")?,
        postal_code: None,
        street: Line::new("Rruga e Durrësit 12").ok()?,
        extra: None,
        recipient: line("Bahar Karimi")?,
        phone: None,
    };
    let delivery = Delivery::Physical {
        address,
        notes: None,
    };
    let is_paid = !case.view.deal.state.is_before_funding();
    Some(match (case.party, is_paid) {
        (Party::Seller, false) => DeliveryView::Place(delivery.place()?),
        _ => DeliveryView::Whole(delivery),
    })
}

fn draw(page: &Page, case: &Case, part: &str, file: &str) -> PageResult {
    if let Some(shown) = draw_payment(page, case, part).or_else(|| draw_step(page, case, part)) {
        return Ok(shown);
    }
    let errors = Errors::none();
    let deal = &case.view.deal;
    Ok(match (part, case.party) {
        ("room", _) => {
            let filed = filed(deal, file);
            looked_at::room(page, &case.view, Some(&filed), delivery(case).as_ref())
        }
        ("room-without-files", _) => {
            looked_at::room(page, &case.view, None, delivery(case).as_ref())
        }
        ("code", Party::Buyer) => {
            let shown = (deal.state == State::InDelivery).then(|| ShownCode {
                spoken: "418 206".to_owned(),
                valid_until: case.view.now.plus(Span::days(7)),
            });
            looked_at::code_of_buyer(page, case, shown.as_ref(), &errors)
        }
        ("code", Party::Seller) => looked_at::code_of_seller(page, case, &errors),
        ("ship", _) => looked_at::ship(page, case, delivery(case).as_ref(), &errors),
        ("code-refused", Party::Seller) => {
            let mut errors = Errors::none();
            errors.add("code", page.t().deal_code_wrong(2));
            looked_at::code_of_seller(page, case, &errors)
        }
        ("split", _) => looked_at::split(page, case, page.query("value").unwrap_or(""), &errors),
        ("dispute-check", _) => looked_at::check_dispute(page, case, samples::claim()),
        ("refund-address", _) => return looked_at::refund_address(page, case),
        ("payout-address", _) => return looked_at::payout_address(page, case),
        ("claim", _) => return looked_at::claim(page, case),
        _ => return Err(Failure::NotFound),
    })
}

/// The pages of steps that are drawn from the deal alone.
fn draw_step(page: &Page, case: &Case, part: &str) -> Option<Response> {
    let plain = match part {
        "accept" => looked_at::accept,
        "cancel" => looked_at::cancel,
        "concede" => looked_at::concede,
        "decline" => looked_at::decline,
        "deliver" => looked_at::deliver,
        "dispute" => looked_at::dispute,
        "extension" => looked_at::extension,
        "refund-late" => looked_at::refund_late,
        "reopen" => looked_at::reopen,
        "surplus" => looked_at::surplus,
        "waiver" => looked_at::waiver,
        "withdraw" => looked_at::withdraw,
        "withdraw-dispute" => looked_at::withdraw_dispute,
        _ => return draw_written(page, case, part),
    };
    Some(plain(page, case, &Errors::none()))
}

fn draw_written(page: &Page, case: &Case, part: &str) -> Option<Response> {
    let written = match part {
        "answer" => looked_at::answer,
        "appeal" => looked_at::appeal,
        "changes" => looked_at::changes,
        _ => return None,
    };
    Some(written(page, case, "", &Errors::none()))
}

fn draw_payment(page: &Page, case: &Case, part: &str) -> Option<Response> {
    let deal = &case.view.deal;
    let arrived = match part {
        "pay" => None,
        "pay-stray" => Some(Arrived::Other {
            crypto: "POLYGON-USDT".to_owned(),
            amount: "1240".to_owned(),
        }),
        "pay-dust" => Some(Arrived::Own(deal.terms.asset.cents(10))),
        "pay-away" => return Some(looked_at::gateway_away(page, case)),
        _ => return None,
    };
    if !deal.state.is_before_funding() {
        return Some(looked_at::not_due(page, case));
    }
    let mut pay = pay_view(deal);
    if let Some(arrived) = arrived {
        let reading = Reading {
            at: case.view.now,
            sightings: vec![Sighting {
                key: DepositKey::from_gateway("POLYGON-USDT", "looked at", ADDRESS),
                txid: "looked at".to_owned(),
                address: ADDRESS.to_owned(),
                arrived,
                sighted: Sighted::Confirmed,
            }],
        };
        pay.intent.observe(&reading, case.view.now);
    }
    Some(looked_at::pay(page, case, &pay, ""))
}

fn pay_view(deal: &Deal) -> PayView {
    let until = match deal.state {
        State::Underpaid => deal.clocks.at(&DeadlineKind::TopUp),
        _ => deal.clocks.at(&DeadlineKind::Quote),
    };
    let begun = deal.created_at;
    let held_until = until.unwrap_or(begun);
    let mut intent = Intent::request(
        deal.id,
        Rail::Shkeeper,
        deal.terms.asset,
        deal.price,
        held_until,
        begun,
    );
    let given = intent.give_address(ADDRESS, begun);
    given.expect("the address above has the shape of one");
    PayView {
        intent,
        missing: deal.missing(),
        until,
    }
}
