//! What whoever is not a party can do from here: judge, pause, see to payouts.

use domain::deal::State;
use leptos::prelude::*;
use services::deals::Relation;

use super::super::words::Words;
use crate::components::Icon;

pub(super) fn panel(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let t = words.t();
    let lines: Vec<_> = ways(words)
        .into_iter()
        .map(|(href, label)| {
            view! { <li><a href=href>{label}<Icon name="arrow" directional=true/></a></li> }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card stack tight" aria-labelledby="staff">
                <h2 id="staff">{t.staff_ways()}</h2>
                <ul class="stack tight">{lines}</ul>
            </section>
        }
    })
}

/// Pages of this deal, each with its name.
fn ways(words: Words<'_>) -> Vec<(String, String)> {
    let deal = &words.view.deal;
    let case = (!deal.disputes.is_empty()).then(|| {
        (
            format!("/disputes/{}", deal.id),
            words.t().staff_case().to_owned(),
        )
    });
    match words.view.relation {
        Relation::Party(_) => Vec::new(),
        Relation::Resolver | Relation::Approver => case.into_iter().collect(),
        Relation::Admin => case.into_iter().chain(of_admin(words)).collect(),
    }
}

fn of_admin(words: Words<'_>) -> Vec<(String, String)> {
    let t = words.t();
    let deal = &words.view.deal;
    let path = format!("/admin/deals/{}", deal.id);
    let pause = if deal.hold.is_some() {
        (format!("{path}/lift"), t.staff_lift().to_owned())
    } else {
        (format!("{path}/hold"), t.staff_hold().to_owned())
    };
    let loss =
        (deal.state == State::Loss).then(|| (format!("{path}/loss"), t.staff_loss().to_owned()));
    let payouts = deal.legs.iter().map(|leg| {
        let label = t.staff_payout(words.money(leg.net()), words.name(leg.payee));
        (format!("/admin/payouts/{}/{}", deal.id, leg.id), label)
    });
    let mut ways = vec![pause];
    ways.extend(loss);
    ways.extend(payouts);
    ways
}
