//! What else the viewer can do now: the outcome first, then the way there.

use domain::deal::{Claim, Command, DisputeCategory, Offer, Party, Rejection, State};
use domain::ledger::Account;
use domain::{Span, Units};
use leptos::prelude::*;

use super::super::open::step_path;
use super::super::words::Words;
use super::now;
use crate::components::Disclosure;

/// A step: what comes of it, what it is called, its page.
struct Action {
    outcome: String,
    label: &'static str,
    page: &'static str,
}

pub(super) fn panel(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let party = words.view.party()?;
    let deal = words.view.deal.id;
    let primary = now::primary_page(words);
    let lines: Vec<_> = possible(words, party)
        .into_iter()
        .filter(|action| Some(action.page) != primary)
        .map(|action| {
            let href = step_path(deal, action.page);
            view! {
                <li>
                    <p class="muted">{action.outcome}</p>
                    <p><a href=href>{action.label}</a></p>
                </li>
            }
        })
        .collect();
    let title = words.t().deal_more();
    (!lines.is_empty()).then(|| {
        view! {
            <div id="more">
                <Disclosure id="more-actions" title><ul class="more stack">{lines}</ul></Disclosure>
            </div>
        }
    })
}

/// Every step that the deal allows now, asked of the function that decides.
fn possible(words: Words<'_>, party: Party) -> Vec<Action> {
    let mut list = List {
        words,
        actions: Vec::new(),
    };
    match party {
        Party::Buyer => of_buyer(&mut list),
        Party::Seller => of_seller(&mut list),
    }
    of_both(&mut list, party);
    about_disputes(&mut list, party);
    about_addresses(&mut list, party);
    list.actions
}

struct List<'a> {
    words: Words<'a>,
    actions: Vec<Action>,
}

impl List<'_> {
    /// Adds a step if the deal would take it.
    fn ask(
        &mut self,
        step: Command,
        outcome: impl Into<String>,
        label: &'static str,
        page: &'static str,
    ) {
        if self.words.view.after(step).is_ok() {
            self.add(outcome, label, page);
        }
    }

    fn add(&mut self, outcome: impl Into<String>, label: &'static str, page: &'static str) {
        let outcome = outcome.into();
        self.actions.push(Action {
            outcome,
            label,
            page,
        });
    }

    /// What the seller would be left with if everything went to them.
    fn released(&self) -> String {
        let parts = self.words.view.deal.division(Units::ZERO);
        self.words
            .net(parts.map(|parts| parts.seller).unwrap_or_default())
    }
}

fn of_buyer(list: &mut List<'_>) {
    let words = list.words;
    let t = words.t();
    let deal = &words.view.deal;
    let outcome = t.deal_more_accept_outcome(list.released(), words.name(Party::Seller));
    list.ask(Command::Accept, outcome, t.deal_more_accept(), "accept");
    let outcome = t.deal_more_withdraw_outcome(words.net(deal.held()));
    list.ask(
        Command::WithdrawPayment,
        outcome,
        t.deal_more_withdraw(),
        "withdraw",
    );
    let left = u64::from(domain::deal::CHANGES_MAX.saturating_sub(deal.changes_asked));
    let changes = Command::AskForChanges {
        note: String::new(),
    };
    list.ask(
        changes,
        t.deal_more_changes_outcome(left),
        t.deal_more_changes(),
        "changes",
    );
    let outcome = t.deal_more_surplus_outcome(words.net(deal.balance(Account::Surplus)));
    list.ask(
        Command::TakeSurplus,
        outcome,
        t.deal_more_surplus(),
        "surplus",
    );
    let late = Units::sum(deal.late_undecided().into_iter().map(|(_, units)| units));
    let outcome = t.deal_more_late_outcome(words.net(late.unwrap_or_default()));
    list.ask(
        Command::RefundLate,
        outcome,
        t.deal_more_late(),
        "refund-late",
    );
}

fn of_seller(list: &mut List<'_>) {
    let words = list.words;
    let t = words.t();
    let without_code = words.view.after(Command::DeliverWithoutCode);
    // Offered also while something is missing: the page says what.
    if let Ok(_) | Err(Rejection::TooEarly(_) | Rejection::EvidenceMissing) = without_code {
        list.add(
            t.deal_more_deliver_outcome(),
            t.deal_more_deliver(),
            "deliver",
        );
    }
    let refund = words.net(words.view.deal.held());
    let outcome = t.deal_more_refund_outcome(refund, words.name(Party::Buyer));
    list.ask(Command::Decline, outcome, t.deal_more_decline(), "decline");
}

fn of_both(list: &mut List<'_>, party: Party) {
    let t = list.words.t();
    let deal = &list.words.view.deal;
    let half = Units::new(deal.held().get().div_euclid(2));
    let waiver = Offer::Waiver {
        arrived: deal.held(),
    };
    let longer = Offer::Extension { by: Span::days(1) };
    let lower = t.deal_more_waiver_outcome(list.words.money(deal.held()));
    if party == Party::Buyer {
        list.ask(
            Command::Propose { offer: waiver },
            lower,
            t.deal_more_waiver(),
            "waiver",
        );
    }
    let split = Command::Propose {
        offer: Offer::Split { buyer: half },
    };
    list.ask(
        split,
        t.deal_more_split_outcome(),
        t.deal_more_split(),
        "split",
    );
    let longer = Command::Propose { offer: longer };
    list.ask(
        longer,
        t.deal_more_extension_outcome(),
        t.deal_more_extension(),
        "extension",
    );
    list.ask(
        Command::Cancel,
        t.deal_more_cancel_outcome(),
        t.deal_more_cancel(),
        "cancel",
    );
}

fn about_disputes(list: &mut List<'_>, party: Party) {
    let words = list.words;
    let t = words.t();
    let deal = &words.view.deal;
    if deal.state.is_open() || deal.state == State::Disputed {
        list.add(
            t.deal_more_evidence_outcome(),
            t.deal_more_evidence(),
            "evidence",
        );
    }
    let claim = Claim {
        category: DisputeCategory::Other,
        statement: String::new(),
        wanted: None,
    };
    let frozen = t.deal_more_dispute_outcome(words.money(deal.held()));
    list.ask(
        Command::OpenDispute { claim },
        frozen,
        t.deal_more_dispute(),
        "dispute",
    );
    let outcome = t.deal_more_withdraw_dispute_outcome();
    let label = t.deal_more_withdraw_dispute();
    list.ask(Command::WithdrawDispute, outcome, label, "withdraw-dispute");
    let appeal = Command::Appeal {
        statement: String::new(),
    };
    list.ask(
        appeal,
        t.deal_more_appeal_outcome(),
        t.deal_more_appeal(),
        "appeal",
    );
    // Before a dispute the buyer's word for it is accepting.
    if party == Party::Seller || deal.state == State::Disputed {
        let outcome = match party {
            Party::Buyer => t.deal_more_accept_outcome(list.released(), words.name(Party::Seller)),
            Party::Seller => {
                t.deal_more_refund_outcome(words.net(deal.held()), words.name(Party::Buyer))
            }
        };
        list.ask(Command::Concede, outcome, t.deal_more_concede(), "concede");
    }
}

fn about_addresses(list: &mut List<'_>, party: Party) {
    let t = list.words.t();
    let deal = &list.words.view.deal;
    // Naming it is always allowed; after settlement each payout has an address of its own.
    if party == Party::Buyer && deal.settlement.is_none() && !deal.state.is_final() {
        let label = match deal.refund_address {
            Some(_) => t.deal_more_refund_address_change(),
            None => t.deal_more_refund_address(),
        };
        list.add(
            t.deal_more_refund_address_outcome(),
            label,
            "refund-address",
        );
    }
    let is_correctable = deal
        .legs
        .iter()
        .filter(|leg| leg.payee == party && !leg.state.waits_for_payee())
        .any(|leg| leg.takes_address(list.words.view.now));
    if is_correctable {
        list.add(
            t.deal_more_address_outcome(),
            t.deal_more_address(),
            "payout-address",
        );
    }
}
