//! Who the parties are.

use domain::deal::Party;
use leptos::prelude::*;

use super::super::words::Words;
use crate::components::{Row, SummaryList};

pub(in crate::pages) fn section(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let row = |label, party| {
        let name = words.view.name(party).to_owned();
        let you = (words.view.party() == Some(party)).then(|| format!(" ({})", t.deal_you()));
        Row::new(label, view! { <bdi>{name}</bdi>{you} })
    };
    let rows = vec![
        row(t.deal_buyer(), Party::Buyer),
        row(t.deal_seller(), Party::Seller),
    ];
    let other = words.view.party().map(|party| match party {
        Party::Buyer => words.view.deal.terms.seller,
        Party::Seller => words.view.deal.terms.buyer,
    });
    let report = other.map(|person| {
        let href = format!("/report?person={person}");
        view! { <p class="small-text"><a href=href>{t.report_link()}</a></p> }
    });
    view! {
        <section id="people" class="card stack tight" aria-labelledby="people-heading">
            <h2 id="people-heading">{t.deal_people()}</h2>
            <SummaryList rows/>
            <p class="hint">{t.deal_people_hint()}</p>
            {report}
        </section>
    }
}
