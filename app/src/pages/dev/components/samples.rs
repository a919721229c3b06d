//! Everything that is not an input.

use domain::deal::State;
use domain::{Asset, Network, Span, Token, Units};
use leptos::prelude::*;

use crate::components::{
    Address, Banner, Button, Clock, Confirm, DealChip, Disclosure, Empty, EvidenceChecklist,
    EvidenceItem, LiveRegion, Look, Moment, Money, MoneyLine, MoneyPanel, Pagination, Qr, Row,
    SplitPreview, Stage, SummaryList, Table, TimeLeft, Timeline, TimelineStep, Tone,
};
use crate::islands::CopyButton;
use crate::page::Page;

const ADDRESS: &str = "0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9";

fn asset() -> Asset {
    Asset::new(Network::Ethereum, Token::Usdt).expect("USDT is paid on Ethereum")
}

/// Dollars in base units of the sample's asset.
fn dollars(cents: u64) -> Units {
    asset().cents(cents)
}

#[component]
pub(super) fn Feedback() -> impl IntoView {
    let t = Page::current().t();
    let chips: Vec<_> = State::ALL
        .into_iter()
        .map(|state| view! { <DealChip state/> })
        .collect();
    view! {
        <Banner>{t.common_demo_notice()}</Banner>
        <Banner tone=Tone::Ok>{t.done_saved()}</Banner>
        <Banner tone=Tone::Care>{t.how_warning()}</Banner>
        <Banner tone=Tone::Bad>{t.refusal_stale()}</Banner>
        <Banner tone=Tone::Dispute>{t.state_disputed()}</Banner>
        <div class="cluster">{chips}<DealChip state=State::Funded held=true/></div>
        <Empty title=t.dev_empty() text=t.dev_empty_text()>
            <Button look=Look::Quiet href="/">{t.common_home()}</Button>
        </Empty>
        <Disclosure id="warning" title=t.how_warning()>{t.how_warning_text()}</Disclosure>
        <Confirm warning=t.dev_no_way_back()>
            <p class="cluster"><Button look=Look::Danger href="/dev/components">{t.dev_send()}</Button></p>
        </Confirm>
    }
}

#[component]
pub(super) fn Domain() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let now = page.services().now();
    let due = now.plus(Span::minutes(8));
    let asset = asset();
    let line = |label: &str, cents| MoneyLine {
        label: label.to_owned(),
        units: dollars(cents),
    };
    let parts = vec![line(t.state_funded(), 122_760), line(t.money_fee(), 1_240)];
    view! {
        <LiveRegion version="1" says=t.state_funded()>
            <p class="cluster">
                <DealChip state=State::Funded/>
                <CopyButton text="7K4Q" label=t.common_copy() done=t.common_copied()/>
            </p>
        </LiveRegion>
        <Clock at=due>{t.home_pay_otherwise()}</Clock>
        <p><TimeLeft at=due/></p>
        <MoneyPanel asset received=dollars(124_000) parts/>
        <SplitPreview asset buyer=dollars(86_800) seller=dollars(36_828) fee=dollars(372)/>
        <div class="stack tight">
            <Address address=ADDRESS/>
            <p><Address address=ADDRESS short=true/></p>
            <CopyButton text=ADDRESS label=t.common_copy() done=t.common_copied()/>
        </div>
        <Qr content=ADDRESS label=t.dev_qr()/>
        <EvidenceChecklist items=vec![
            EvidenceItem { label: t.dev_photo().to_owned(), given: true },
            EvidenceItem { label: t.dev_tracking().to_owned(), given: false },
        ]/>
        <Timeline label=t.home_steps_title() steps=steps(&page)/>
    }
}

fn steps(page: &Page) -> Vec<TimelineStep> {
    let t = page.t();
    let now = page.services().now();
    let step = |title: &str, stage, at| TimelineStep {
        title: title.to_owned(),
        stage,
        when: Some(view! { <Moment at bare=true/> }.into_any()),
        note: None,
    };
    vec![
        step(t.home_agree(), Stage::Done, now.minus(Span::days(2))),
        step(t.home_pay(), Stage::Current, now),
        step(t.home_release(), Stage::Future, now.plus(Span::days(3))),
    ]
}

#[component]
pub(super) fn Lists() -> impl IntoView {
    let t = Page::current().t();
    let price = view! { <Money units=dollars(124_000) asset=asset()/> };
    let rows = vec![
        Row::new(t.dev_price(), price).change(t.dev_change(), "/dev/components"),
        Row::new(t.dev_network(), "BNB Smart Chain"),
    ];
    let line = |name: &'static str, cents| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td><DealChip state=State::Funded/></td>
                <td class="number"><Money units=dollars(cents) asset=asset()/></td>
            </tr>
        }
    };
    view! {
        <SummaryList rows/>
        <Table caption=t.dev_deals() id="deals">
            <thead>
                <tr>
                    <th scope="col">{t.dev_name()}</th>
                    <th scope="col">{t.dev_state()}</th>
                    <th scope="col" class="number">{t.dev_price()}</th>
                </tr>
            </thead>
            <tbody>{line("Sara", 124_000)}{line("مینا", 4_550)}</tbody>
        </Table>
        <Pagination previous="/dev/components".to_owned() next="/dev/components".to_owned()/>
    }
}
