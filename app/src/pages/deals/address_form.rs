//! Choosing one's own address for a refund or a payout.

use axum::response::Response;
use domain::deal::{Command, Destination, Leg, LegId, Rejection};
use domain::id::PayoutAddressId;
use domain::user::{AddressState, PayoutAddress};
use leptos::prelude::*;
use serde::Deserialize;

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::take::take;
use super::words::Words;
use crate::components::{Button, Choice, Empty, PostForm, RadioCards, grouped};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

/// Where people add an address and confirm it.
const OWN_ADDRESSES: &str = "/payouts/address";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    pub(super) address: String,
    /// The payout it is for, where there are several.
    pub(super) leg: String,
}

/// What a page of this kind says.
pub(super) struct Wording {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) button: &'static str,
    /// The message when it is done.
    pub(super) done: &'static str,
}

/// What a page about one payout is for.
pub(super) struct Purpose {
    /// Whether it is about this payout.
    pub(super) is_about: fn(&Case, &Leg) -> bool,
    /// What naming an address for it asks for.
    pub(super) step: fn(LegId, Destination) -> Command,
    /// Its words; none of the payout's own when there is no such payout.
    pub(super) wording: fn(Words<'_>, Option<&Leg>) -> Wording,
}

impl Purpose {
    /// The payout named, or the first that the page could be about.
    fn leg<'c>(&self, case: &'c Case, named: &str) -> Option<&'c Leg> {
        let mine = || {
            let legs = case.deal().legs.iter();
            legs.filter(|leg| leg.payee == case.party && (self.is_about)(case, leg))
        };
        mine()
            .find(|leg| leg.id.to_string() == named)
            .or_else(|| mine().next())
    }

    pub(super) fn show(&self, page: &Page, case: &Case, named: &str) -> PageResult {
        let leg = self.leg(case, named);
        let wording = (self.wording)(Words::new(page, &case.view), leg);
        let may = leg.map(|_| ()).ok_or(Rejection::WrongLegState);
        let leg = leg.map(|leg| leg.id.to_string()).unwrap_or_default();
        let fields = Fields {
            leg,
            ..Fields::default()
        };
        show(page, case, &fields, may, wording, &Errors::none())
    }

    pub(super) async fn get(&self, page: Page, path: DealPath) -> PageResult {
        let case = Case::open(&page, path).await?;
        self.show(&page, &case, page.query("leg").unwrap_or_default())
    }

    pub(super) async fn post(
        &self,
        page: Page,
        path: DealPath,
        form: Submission<Fields>,
    ) -> PageResult {
        let case = Case::open(&page, path).await?;
        let Some(leg) = self.leg(&case, &form.fields.leg) else {
            return self.show(&page, &case, &form.fields.leg);
        };
        let wording = (self.wording)(Words::new(&page, &case.view), Some(leg));
        let leg = leg.id.clone();
        name(&page, &case, &form, |to| (self.step)(leg, to), wording).await
    }
}

/// Names the chosen address.
pub(super) async fn name(
    page: &Page,
    case: &Case,
    form: &Submission<Fields>,
    step: impl FnOnce(Destination) -> Command,
    wording: Wording,
) -> PageResult {
    let Some(destination) = chosen(page, case, &form.fields.address)? else {
        let mut errors = Errors::none();
        errors.add("address", page.t().deal_address_choose());
        return show(page, case, &form.fields, Ok(()), wording, &errors);
    };
    let own = choices(page, case)?;
    let done = wording.done;
    take(page, case, form, step(destination), done, |case, errors| {
        draw(page, case, &form.fields, Ok(()), wording, own, errors)
    })
    .await
}

/// The address that a card stood for; none when it is not one of the person's own.
fn chosen(page: &Page, case: &Case, id: &str) -> Result<Option<Destination>, Failure> {
    let asset = case.deal().terms.asset;
    let Ok(id) = id.parse::<PayoutAddressId>() else {
        return Ok(None);
    };
    let known = confirmed(page, case)?.find(|known| known.id == id);
    Ok(known.and_then(|known| Destination::new(asset, known.address.clone())))
}

/// The confirmed addresses on the deal's network as cards; the way to add one.
pub(super) fn show(
    page: &Page,
    case: &Case,
    fields: &Fields,
    may: Result<(), Rejection>,
    wording: Wording,
    errors: &Errors,
) -> PageResult {
    let choices = choices(page, case)?;
    Ok(draw(page, case, fields, may, wording, choices, errors))
}

fn draw(
    page: &Page,
    case: &Case,
    fields: &Fields,
    may: Result<(), Rejection>,
    wording: Wording,
    choices: Vec<Choice>,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let network = Words::new(page, &case.view).network();
    let Fields { address, leg } = fields.clone();
    let Wording {
        title,
        text,
        button,
        ..
    } = wording;
    let version = case.deal().version;
    step_page(page, case, title, errors, may, || {
        let not_yet = not_yet(page, case);
        let form = if choices.is_empty() {
            view! {
                <Empty title=t.deal_address_none(&network) text=t.deal_address_none_text()>
                    <Button href=OWN_ADDRESSES>{t.deal_address_add()}</Button>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <PostForm version class="stack">
                    <input type="hidden" name="leg" value=leg/>
                    <RadioCards
                        name="address"
                        legend=t.deal_address_yours(&network)
                        choices
                        chosen=address
                    />
                    <p class="cluster"><Button>{button}</Button>{not_yet}</p>
                </PostForm>
                <p><a href=OWN_ADDRESSES>{t.deal_address_another()}</a></p>
            }
            .into_any()
        };
        view! { <p class="prose">{text}</p>{form} }
    })
}

fn choices(page: &Page, case: &Case) -> Result<Vec<Choice>, Failure> {
    let t = page.t();
    let now = case.view.now;
    let choices = confirmed(page, case)?.map(|known| {
        let detail = match known.state(now) {
            AddressState::Waiting(from) => t.deal_address_waits(page.when.moment(from)),
            _ => known
                .label
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        };
        let choice = Choice::new(known.id.to_string(), grouped(&known.address));
        if detail.is_empty() {
            choice
        } else {
            choice.detail(detail)
        }
    });
    Ok(choices.collect())
}

/// The person's own confirmed addresses on the network of the deal.
fn confirmed<'p>(
    page: &'p Page,
    case: &Case,
) -> Result<impl Iterator<Item = &'p PayoutAddress> + use<'p>, Failure> {
    let network = case.deal().terms.asset.network();
    let own = page.user()?.listed();
    Ok(own.filter(move |known| known.network == network && known.is_confirmed()))
}
