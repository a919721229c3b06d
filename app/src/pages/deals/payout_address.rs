//! The payee of a payout says where it goes.

use domain::deal::{Command, Leg, LegState};

use super::address_form::{Fields, Purpose, Wording};
use super::open::DealPath;
use super::words::Words;
use crate::form::Submission;
use crate::page::{Page, PageResult};

pub(super) const PURPOSE: Purpose = Purpose {
    is_about: |case, leg| leg.takes_address(case.view.now),
    step: |leg, destination| Command::GiveAddress { leg, destination },
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
    let sum = leg.map(|leg| words.money(leg.net()));
    let text = match leg.map(|leg| (leg.state, leg.not_before)) {
        Some((LegState::Blocked, _)) => t.deal_payout_address_refused().to_owned(),
        Some((LegState::Approved, Some(at))) => {
            t.deal_payout_address_stop(words.page.when.moment(at))
        }
        _ => t.deal_payout_address_text().to_owned(),
    };
    Wording {
        title: match sum {
            Some(sum) => t.deal_payout_address_title(sum),
            None => t.deal_more_address().to_owned(),
        },
        text,
        button: t.deal_payout_address_button(),
        done: "deal_payout_address",
    }
}
