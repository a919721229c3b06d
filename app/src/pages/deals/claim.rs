//! A payee comes back for a payout that was put aside.

use domain::deal::{Command, Leg, LegState};

use super::address_form::{Fields, Purpose, Wording};
use super::open::DealPath;
use super::words::Words;
use crate::form::Submission;
use crate::page::{Page, PageResult};

pub(super) const PURPOSE: Purpose = Purpose {
    is_about: |case, leg| {
        let deal = &case.view.deal;
        let is_enough = leg.gross >= deal.terms.asset.min_payout();
        leg.state == LegState::Unclaimed && deal.state.is_final() && is_enough
    },
    step: |leg, destination| Command::ClaimLeg { leg, destination },
    wording,
};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    PURPOSE.get(page, path).await
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    PURPOSE.post(page, path, form).await
}

fn wording(words: Words<'_>, leg: Option<&Leg>) -> Wording {
    let t = words.t();
    Wording {
        title: match leg {
            Some(leg) => t.deal_claim_title(words.money(leg.net())),
            None => t.deal_now_claim_button().to_owned(),
        },
        text: t.deal_claim_text().to_owned(),
        button: t.deal_claim_button(),
        done: "deal_claimed",
    }
}
