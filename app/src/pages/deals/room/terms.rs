//! What both agreed to, fixed and hashed when the offer was accepted.

use domain::deal::ProductKind;
use leptos::prelude::*;
use services::requests::DeliveryView;

use super::super::delivery;
use super::super::words::Words;
use crate::components::{Address, Disclosure, Money, Row, SummaryList};
use crate::i18n::Locale;

pub(in crate::pages) fn section(
    words: Words<'_>,
    to: Option<&DeliveryView>,
) -> impl IntoView + use<> {
    let t = words.t();
    let delivery = to.map(|to| delivery::part(words, to));
    let deal = &words.view.deal;
    let terms = &deal.terms;
    let description = terms.goods.description.clone();
    let rows = rows(words);
    let hash = terms.hash().to_string();
    view! {
        <section id="terms" class="stack" aria-labelledby="terms-heading">
            <h2 id="terms-heading">{t.deal_terms()}</h2>
            {delivery}
            <Disclosure id="all-terms" title=t.deal_terms_all()>
                <p class="said" dir="auto">{description}</p>
                <SummaryList rows/>
                <p class="small-text muted">
                    {t.deal_terms_hash()}" "<code dir="ltr">{hash}</code>
                </p>
            </Disclosure>
        </section>
    }
}

fn rows(words: Words<'_>) -> Vec<Row> {
    let t = words.t();
    let terms = &words.view.deal.terms;
    let asset = terms.asset;
    let periods = terms.periods;
    let money = move |units| view! { <Money units asset/> };
    let address = terms.seller_address.as_str().to_owned();
    let mut rows = vec![
        Row::new(t.deal_terms_kind(), kind_word(t, terms.goods.kind)),
        Row::new(
            t.deal_terms_quantity(),
            t.number(u64::from(terms.goods.quantity)),
        ),
        Row::new(t.deal_terms_price(), money(terms.price)),
        Row::new(t.deal_terms_network(), words.network()),
        Row::new(t.deal_terms_fee(), money(terms.fee_on(terms.price))),
        Row::new(t.deal_terms_network_fee(), money(terms.network_fee)),
        Row::new(
            t.deal_terms_receives(),
            money(terms.seller_receives(terms.price)),
        ),
        Row::new(t.deal_terms_ship_by(), words.length(periods.ship_by)),
        Row::new(t.deal_terms_delivery(), words.length(periods.delivery)),
        Row::new(t.deal_terms_transit(), transit(words)),
        Row::new(t.deal_terms_inspection(), words.length(periods.inspection)),
        Row::new(t.deal_terms_silence(), silence(words)),
    ];
    let address = view! { <Address address short=true/> };
    rows.push(Row::new(t.deal_terms_seller_address(), address));
    rows
}

fn transit(words: Words<'_>) -> String {
    let transit = words.view.deal.terms.periods.min_transit;
    if transit.ms() == 0 {
        words.t().deal_terms_at_once().to_owned()
    } else {
        words.length(transit)
    }
}

/// What the terms say of a dispute that nobody rules on.
fn silence(words: Words<'_>) -> String {
    let t = words.t();
    match words.view.deal.terms.buyer_on_silence {
        None => t.deal_terms_by_evidence().to_owned(),
        Some(part) => {
            let hundredths = |bps: u16| format!("{}.{:02}\u{a0}%", bps / 100, bps % 100);
            let seller = 10_000_u16.saturating_sub(part.get());
            t.deal_terms_split(hundredths(part.get()), hundredths(seller))
        }
    }
}

const fn kind_word(t: Locale, kind: ProductKind) -> &'static str {
    match kind {
        ProductKind::PhysicalProduct => t.deal_kind_physical_product(),
        ProductKind::DigitalProduct => t.deal_kind_digital_product(),
        ProductKind::Service => t.deal_kind_service(),
        ProductKind::Consultation => t.deal_kind_consultation(),
    }
}
