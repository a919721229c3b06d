//! Where the buyer's money goes back to, should it have to.

use domain::deal::{Command, Party, Rejection};

use super::address_form::{Fields, Wording, name, show};
use super::open::{Case, DealPath};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    show_to(&page, &case)
}

/// The page before anything is chosen.
pub(super) fn show_to(page: &Page, case: &Case) -> PageResult {
    show(
        page,
        case,
        &Fields::default(),
        may(case),
        wording(page),
        &Errors::none(),
    )
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    if let Err(rejection) = may(&case) {
        return show(
            &page,
            &case,
            &form.fields,
            Err(rejection),
            wording(&page),
            &Errors::none(),
        );
    }
    let step = |destination| Command::SetRefundAddress { destination };
    name(&page, &case, &form, step, wording(&page)).await
}

/// Until the outcome is fixed; afterwards each payout has an address of its own.
fn may(case: &Case) -> Result<(), Rejection> {
    let deal = case.deal();
    if case.party != Party::Buyer {
        return Err(Rejection::BuyerOnly);
    }
    if deal.settlement.is_some() {
        return Err(Rejection::WrongState);
    }
    Ok(())
}

fn wording(page: &Page) -> Wording {
    let t = page.t();
    Wording {
        title: t.deal_refund_address_title().to_owned(),
        text: t.deal_refund_address_text().to_owned(),
        button: t.deal_refund_address_button(),
        done: "deal_refund_address",
    }
}
