//! What one party has proposed and the other may answer.

use domain::deal::{Deal, Offer, Party, Proposal};
use leptos::prelude::*;

use super::super::open::step_path;
use super::super::words::Words;
use crate::components::Icon;

/// Proposals that can still be agreed to: each lapses with the state it was made in.
pub(in super::super) fn live_proposals(deal: &Deal) -> impl Iterator<Item = &Proposal> {
    deal.proposals
        .iter()
        .filter(|proposal| proposal.made_in == deal.state)
}

pub(super) fn panel(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let t = words.t();
    let viewer = words.view.party();
    let deal = &words.view.deal;
    let lines: Vec<_> = live_proposals(deal)
        .map(|proposal| {
            let text = proposal_words(words, proposal);
            let href = step_path(deal.id, page_of(proposal.offer));
            let label = match viewer {
                Some(party) if party == proposal.by => Some(t.deal_proposal_own()),
                Some(_) => Some(t.deal_proposal_answer()),
                None => None,
            };
            view! {
                <li class="stack tight">
                    <p>{text}</p>
                    {label.map(|label| view! {
                        <p><a href=href>{label}<Icon name="arrow" directional=true/></a></p>
                    })}
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card stack tight" aria-labelledby="proposals">
                <h2 id="proposals">{t.deal_proposals()}</h2>
                <ul class="stack">{lines}</ul>
            </section>
        }
    })
}

/// A proposal in a sentence.
pub(in super::super) fn proposal_words(words: Words<'_>, proposal: &Proposal) -> String {
    let t = words.t();
    let who = words.role(proposal.by);
    match proposal.offer {
        Offer::Split { buyer } => {
            let parts = words.division(buyer);
            let seller = parts.map(|parts| parts.seller).unwrap_or_default();
            t.deal_proposal_split(
                who,
                words.money(buyer),
                words.name(Party::Buyer),
                words.money(seller),
                words.name(Party::Seller),
            )
        }
        Offer::Waiver { arrived } => t.deal_proposal_waiver(who, words.money(arrived)),
        Offer::Extension { by } => t.deal_proposal_extension(who, words.length(by)),
    }
}

const fn page_of(offer: Offer) -> &'static str {
    match offer {
        Offer::Split { .. } => "split",
        Offer::Waiver { .. } => "waiver",
        Offer::Extension { .. } => "extension",
    }
}
