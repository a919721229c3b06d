//! `GET /payment/ledger`: the entries of every deal's books.

use std::sync::Arc;

use axum::extract::State;
use domain::ledger::Account;
use domain::policy::Action;
use domain::{Asset, Network, Token};
use serde::{Deserialize, Serialize};
use services::Services;
use services::ledger::{LedgerEntry as Entry, LedgerFilter, account_code};
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::{Fields, failed};
use crate::word::word;

/// One side of a journal.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerEntry {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    deal_id: String,
    /// The event of the deal that caused the journal.
    #[schema(example = 3)]
    event_seq: u64,
    /// `received`, `held`, `payable`, `released`, `refunded`, `fees` …
    #[schema(example = "held")]
    account: &'static str,
    /// `debit` or `credit`.
    #[schema(example = "credit")]
    side: String,
    amount: Money,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

impl From<Entry> for LedgerEntry {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            deal_id: entry.deal.to_string(),
            event_seq: entry.event_seq,
            account: account_code(entry.entry.account),
            side: word(&entry.entry.side),
            amount: Money::on_network(entry.entry.units, entry.asset),
            at: rfc3339(entry.at),
        }
    }
}

/// Which entries are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct EntryFilter {
    /// Those of one deal. Not together with the others.
    deal_id: Option<String>,
    /// Those of one asset, as `polygon/USDT`.
    #[param(example = "polygon/USDT")]
    asset: Option<String>,
    /// Those of one account, as `held`.
    #[param(example = "held")]
    account: Option<String>,
}

impl EntryFilter {
    fn read(&self) -> Result<LedgerFilter, Problem> {
        let mut fields = Fields::default();
        let deal = self.deal_id.as_deref().map(|id| fields.id("dealId", id));
        let assets: Vec<String> = Asset::all().map(written).collect();
        let assets: Vec<&str> = assets.iter().map(String::as_str).collect();
        let asset = self
            .asset
            .as_deref()
            .map(|word| fields.choice("asset", asset(word), &assets));
        let accounts = Account::ALL.map(account_code);
        let account = self.account.as_deref();
        let account = account.map(|word| fields.choice("account", account_of(word), &accounts));
        if !fields.are_right() {
            return Err(fields.problem());
        }
        match (deal.flatten(), asset.flatten(), account.flatten()) {
            (None, None, None) => Ok(LedgerFilter::All),
            (Some(deal), None, None) => Ok(LedgerFilter::OfDeal(deal)),
            (None, Some(asset), None) => Ok(LedgerFilter::OfAsset(asset)),
            (None, None, Some(account)) => Ok(LedgerFilter::OfAccount(account)),
            (None, Some(asset), Some(account)) => Ok(LedgerFilter::In(asset, account)),
            (Some(_), ..) => {
                let message = "the entries of one deal are few: leave asset and account out";
                Err(Problem::field("dealId", "INVALID_FILTER", message))
            }
        }
    }
}

fn written(asset: Asset) -> String {
    format!("{}/{}", asset.network().code(), asset.token().code())
}

fn asset(word: &str) -> Option<Asset> {
    let (network, token) = word.split_once('/')?;
    Asset::new(Network::from_code(network)?, Token::from_code(token)?)
}

fn account_of(word: &str) -> Option<Account> {
    Account::ALL
        .into_iter()
        .find(|account| account_code(*account) == word)
}

/// List ledger entries
///
/// Of every deal, newest first. In each journal debits equal credits.
#[utoipa::path(
    get,
    path = "/payment/ledger",
    tag = "payment",
    extensions(("x-policy" = json!("money.read"))),
    security(("bearer" = []), ("session" = [])),
    params(PagingParams, EntryFilter),
    responses(
        (status = 200, description = "Entries", body = Listing<LedgerEntry>),
        (status = 403, description = "`FORBIDDEN`"),
        (status = 422, description = "`VALIDATION_FAILED`: `errors` names the parameters"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    paging: Paging,
    Query(filter): Query<EntryFilter>,
) -> Result<Listing<LedgerEntry>, Problem> {
    caller.may(Action::ReadMoney)?;
    let filter = filter.read()?;
    let list = paging.read_list(|page| services.list_ledger(&caller.actor, filter, page));
    let list = list.await.map_err(failed)?;
    Ok(list.map(LedgerEntry::from))
}
