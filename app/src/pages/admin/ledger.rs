//! `/admin/ledger`: the entries of all deals.

use axum::response::Response;
use domain::Asset;
use domain::id::DealId;
use domain::ledger::{Account, Side};
use domain::policy::Action;
use leptos::prelude::*;
use services::ledger::{LedgerEntry, LedgerFilter, account_code, asset_code};
use services::paging::Page as Paged;

use crate::components::{Choice, Empty, Field, Moment, Money, Select, Table};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::account_word;
use crate::pages::desk::{ListView, file};
use crate::when::iso;

const PATH: &str = "/admin/ledger";
const FILTERS: [&str; 3] = ["deal", "asset", "account"];

pub(crate) async fn get(page: Page) -> PageResult {
    let view = ListView::of(&page, PATH, &FILTERS);
    let mut errors = Errors::none();
    let filter = filter(&view).unwrap_or_else(|| {
        errors.add("deal", page.t().ledger_deal_wrong());
        LedgerFilter::All
    });
    let actor = page.actor();
    let found = page.services().list_ledger(&actor, filter, view.request());
    let found = found.await?;
    Ok(show(&page, &view, found, &errors))
}

pub(crate) async fn csv(page: Page) -> PageResult {
    let t = page.t();
    let view = ListView::of(&page, PATH, &FILTERS);
    let (services, actor) = (page.services(), page.actor());
    services
        .note_export(&actor, Action::ReadMoney, "ledger")
        .await?;
    let filter = filter(&view).unwrap_or(LedgerFilter::All);
    let columns = [
        t.ledger_at(),
        t.ledger_deal(),
        t.ledger_event(),
        t.ledger_asset(),
        t.ledger_account(),
        t.ledger_debit(),
        t.ledger_credit(),
    ];
    let list = |request| services.list_ledger(&actor, filter, request);
    file(&view, &columns, list, |entry| {
        let [debit, credit] = sides(&entry).map(|units| {
            let places = entry.asset.decimals();
            units.map_or_else(String::new, |units| units.to_plain(places))
        });
        vec![
            iso(entry.at),
            entry.deal.to_string(),
            entry.event_seq.to_string(),
            asset_code(entry.asset),
            account_code(entry.entry.account).to_owned(),
            debit,
            credit,
        ]
    })
    .await
}

/// What the address asks for; none when its deal is no id.
fn filter(view: &ListView) -> Option<LedgerFilter> {
    let deal = view.value("deal");
    if !deal.is_empty() {
        return deal.parse::<DealId>().ok().map(LedgerFilter::OfDeal);
    }
    let asset = Asset::all().find(|one| asset_code(*one) == view.value("asset"));
    let account = Account::ALL
        .into_iter()
        .find(|one| account_code(*one) == view.value("account"));
    Some(match (asset, account) {
        (Some(asset), Some(account)) => LedgerFilter::In(asset, account),
        (Some(asset), None) => LedgerFilter::OfAsset(asset),
        (None, Some(account)) => LedgerFilter::OfAccount(account),
        (None, None) => LedgerFilter::All,
    })
}

/// What stands on the left and what on the right.
fn sides(entry: &LedgerEntry) -> [Option<domain::Units>; 2] {
    let units = Some(entry.entry.units);
    match entry.entry.side {
        Side::Debit => [units, None],
        Side::Credit => [None, units],
    }
}

fn show(page: &Page, view: &ListView, found: Paged<LedgerEntry>, errors: &Errors) -> Response {
    let t = page.t();
    page.html(t.ledger_title()).errors(errors).render(|| {
        let views = [
            ("", t.desk_all()),
            ("?account=held", t.ledger_view_held()),
            ("?account=fees", t.ledger_view_fees()),
            ("?account=unclaimed", t.ledger_view_unclaimed()),
            ("?account=shortfall", t.ledger_view_shortfall()),
        ];
        let list = if found.items.is_empty() {
            view! { <Empty title=t.desk_none() text=t.ledger_none_text()/> }.into_any()
        } else {
            table(t, view, &found.items).into_any()
        };
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <h1>{t.ledger_title()}</h1>
                    <p class="lede prose">{t.ledger_lede()}</p>
                </div>
                {view.views(t, &views)}
                {view.form(t, fields(t, view))}
                {list}
                {view.pages(found.next)}
                {view.file_link(t)}
            </div>
        }
    })
}

fn fields(t: Locale, view: &ListView) -> impl IntoView + use<> {
    let with_any = |choices: Vec<Choice>| {
        let mut all = vec![Choice::new("", t.desk_any())];
        all.extend(choices);
        all
    };
    let assets = Asset::all().map(|one| Choice::new(asset_code(one), asset_name(one)));
    let accounts = Account::ALL.map(|one| Choice::new(account_code(one), account_word(t, one)));
    let value = |name: &str| view.value(name).to_owned();
    view! {
        <Field
            name="deal"
            label=t.ledger_deal()
            hint=t.ledger_deal_hint()
            value=value("deal")
            dir="ltr"
            maxlength=60
        />
        <Select
            name="asset"
            label=t.ledger_asset()
            choices=with_any(assets.collect())
            chosen=value("asset")
        />
        <Select
            name="account"
            label=t.ledger_account()
            choices=with_any(accounts.into())
            chosen=value("account")
        />
    }
}

fn asset_name(asset: Asset) -> String {
    format!("{} · {}", asset.token().code(), asset.network().name())
}

fn table(t: Locale, view: &ListView, found: &[LedgerEntry]) -> impl IntoView + use<> {
    let rows: Vec<_> = found.iter().map(|entry| row(t, entry)).collect();
    let head = view.sorted_head(t, t.ledger_at());
    view! {
        <Table caption=t.ledger_title() id="ledger">
            <thead>
                <tr>
                    {head}
                    <th scope="col">{t.ledger_deal()}</th>
                    <th scope="col">{t.ledger_account()}</th>
                    <th scope="col" class="number">{t.ledger_debit()}</th>
                    <th scope="col" class="number">{t.ledger_credit()}</th>
                    <th scope="col">{t.ledger_network()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

fn row(t: Locale, entry: &LedgerEntry) -> impl IntoView + use<> {
    let (at, asset) = (entry.at, entry.asset);
    let href = format!("/admin/deals/{}#event-{}", entry.deal, entry.event_seq);
    let name = t.ledger_of(entry.deal.short(), t.number(entry.event_seq));
    let [debit, credit] =
        sides(entry).map(|units| units.map(|units| view! { <Money units asset/> }));
    view! {
        <tr>
            <td><Moment at bare=true/></td>
            <th scope="row"><a href=href>{name}</a></th>
            <td>{account_word(t, entry.entry.account)}</td>
            <td class="number">{debit}</td>
            <td class="number">{credit}</td>
            <td>{asset.network().name()}</td>
        </tr>
    }
}
