//! `GET /payment/stats`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use domain::{Asset, Units};
use serde::Serialize;
use services::Services;
use services::payments::Payment;
use utoipa::ToSchema;

use super::shape::{direction, status};
use super::whose::{FIRST, WhoseFilter, page_after, read_page};
use crate::answer::Data;
use crate::caller::Caller;
use crate::money::Money;
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::failed;

/// Payments of one kind in one asset.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentSum {
    /// `in`, `out` or `refund`.
    #[schema(example = "out")]
    direction: &'static str,
    /// `pending`, `processing`, `confirmed`, `completed`, `failed`, `cancelled`, `refunded`.
    #[schema(example = "completed")]
    status: &'static str,
    /// How many they are.
    #[schema(example = 3)]
    count: u64,
    /// What they come to.
    total: Money,
}

/// Network, token, direction, status: the order in which sums are told.
type Kind = (&'static str, &'static str, &'static str, &'static str);

/// Sums of all that was read so far.
#[derive(Default)]
struct Sums(BTreeMap<Kind, Sum>);

struct Sum {
    asset: Asset,
    count: u64,
    total: Units,
}

impl Sums {
    fn add(&mut self, payment: &Payment) {
        let asset = payment.asset;
        let kind = (
            asset.network().code(),
            asset.token().code(),
            direction(payment.direction),
            status(payment),
        );
        let sum = self.0.entry(kind).or_insert(Sum {
            asset,
            count: 0,
            total: Units::ZERO,
        });
        sum.count = sum.count.saturating_add(1);
        // Nothing that ever moves comes near the end of 128 bits.
        sum.total = sum.total.checked_add(payment.units).unwrap_or(sum.total);
    }

    fn told(self) -> Vec<PaymentSum> {
        let told = self.0.into_iter().map(|(kind, sum)| {
            let (_, _, direction, status) = kind;
            PaymentSum {
                direction,
                status,
                count: sum.count,
                total: Money::on_network(sum.total, sum.asset),
            }
        });
        told.collect()
    }
}

/// Sum up payments
///
/// Everything counts that ever moved, completed payments, too: in each asset, direction and status.
#[utoipa::path(
    get,
    path = "/payment/stats",
    tag = "payment",
    extensions(("x-policy" = json!("payment.read"))),
    security(("bearer" = []), ("session" = [])),
    params(WhoseFilter),
    responses(
        (status = 200, description = "Sums", body = Data<Vec<PaymentSum>>),
        (status = 403, description = "`FORBIDDEN`: the payments of others are for admins"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(filter): Query<WhoseFilter>,
) -> Result<Data<Vec<PaymentSum>>, Problem> {
    caller.may(Action::ReadOwnPayments)?;
    let whose = filter.read()?;
    let (mut sums, mut next) = (Sums::default(), Some(FIRST));
    while let Some(request) = next {
        let page = read_page(&services, &caller.actor, whose, request).await;
        let page = page.map_err(failed)?;
        page.items
            .iter()
            .flatten()
            .for_each(|payment| sums.add(payment));
        next = page_after(&page);
    }
    Ok(Data::new(sums.told()))
}
