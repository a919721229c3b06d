//! Proposals on their own pages: what stands, and the buttons to agree or to take it back.

use domain::deal::{Command, Offer, Proposal};
use leptos::prelude::*;
use serde::Deserialize;

use super::open::Case;
use super::room::{live_proposals, proposal_words};
use super::words::Words;
use crate::components::{Button, Look, Moment, PostForm};
use crate::page::Page;

/// What the forms of these pages send: which button, for which proposal, and what was typed for a
/// new one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reply {
    act: String,
    proposal: String,
    /// A sum or a number of days, as typed.
    pub(super) value: String,
}

impl Reply {
    /// Agreeing, or taking back, and the message that says it was done; none for a new proposal.
    pub(super) fn command(&self) -> Option<(Command, &'static str)> {
        let id = self.proposal.parse().ok()?;
        match self.act.as_str() {
            "agree" => Some((Command::AcceptProposal { id }, "deal_agreed")),
            "withdraw" => Some((Command::WithdrawProposal { id }, "deal_proposal_withdrawn")),
            _ => None,
        }
    }
}

/// A kind of proposal: which offers are of it, what agreeing is called and what it shows.
pub(super) struct Kind<'k> {
    pub(super) is: fn(Offer) -> bool,
    pub(super) agree: &'k dyn Fn(Offer) -> String,
    pub(super) detail: &'k dyn Fn(Offer) -> Option<AnyView>,
}

/// Every live proposal of the kind, the other party's with a button to agree.
pub(super) fn standing(page: &Page, case: &Case, kind: &Kind<'_>) -> Vec<AnyView> {
    live_proposals(case.deal())
        .filter(|proposal| (kind.is)(proposal.offer))
        .map(|proposal| card(page, case, proposal, kind))
        .collect()
}

/// Whether a proposal of the other party waits for an answer: then agreeing is the primary.
pub(super) fn waits_for_answer(case: &Case, is: fn(Offer) -> bool) -> bool {
    live_proposals(case.deal()).any(|proposal| is(proposal.offer) && proposal.by != case.party)
}

fn card(page: &Page, case: &Case, proposal: &Proposal, kind: &Kind<'_>) -> AnyView {
    let t = page.t();
    let text = proposal_words(Words::new(page, &case.view), proposal);
    let detail = (kind.detail)(proposal.offer);
    let (act, label, look) = if proposal.by == case.party {
        (
            "withdraw",
            t.deal_proposal_withdraw().to_owned(),
            Look::Quiet,
        )
    } else {
        ("agree", (kind.agree)(proposal.offer), Look::Primary)
    };
    let hint = (proposal.by != case.party).then(|| t.deal_proposal_binds());
    let (id, at, version) = (proposal.id.to_string(), proposal.at, case.deal().version);
    view! {
        <section class="card stack">
            <p>{text}</p>
            <p class="hint"><Moment at/></p>
            {detail}
            <PostForm version class="stack tight">
                <input type="hidden" name="proposal" value=id/>
                {hint.map(|hint| view! { <p>{hint}</p> })}
                <p><Button look name="act" value=act>{label}</Button></p>
            </PostForm>
        </section>
    }
    .into_any()
}
