//! `/verify`: anybody has a receipt checked. Nothing of it is kept.

use axum::response::Response;
use domain::Asset;
use domain::deal::Party;
use domain::receipt::{Fault, NoReceipt, Part as Altered, Payout, RECEIPT_BYTES_MAX, Receipt};
use domain::{Network, Token, Units};
use leptos::prelude::*;
use services::receipts::{CheckReceiptError, CheckedReceipt};

use crate::components::{
    Banner, Button, DealChip, FileField, Moment, Money, PostForm, Row, SummaryList, Textarea, Tone,
};
use crate::form::{Brought, Errors, MultipartForm, Part};
use crate::i18n::Locale;
use crate::page::{Failure, Page, PageResult, share};

/// So much can be pasted; a longer receipt comes as a file.
const PASTED_BYTES_MAX: usize = 512 * 1_024;

pub(crate) async fn get(page: Page) -> Response {
    share(show(&page, "", None, &Errors::none()))
}

/// The answer is the page itself: there is nothing to come back to.
pub(crate) async fn post(page: Page, form: MultipartForm) -> PageResult {
    let sent = match read(form).await {
        Ok(sent) => sent,
        Err(refused) => return Ok(refused),
    };
    let t = page.t();
    let mut errors = Errors::none();
    let (field, bytes) = match sent.file {
        Some(Brought::Whole(bytes)) => ("file", bytes),
        Some(Brought::TooLarge) => {
            errors.add("file", t.verify_too_large());
            return Ok(show(&page, &sent.pasted, None, &errors));
        }
        None if sent.pasted.trim().is_empty() => {
            errors.add("file", t.verify_nothing());
            return Ok(show(&page, &sent.pasted, None, &errors));
        }
        None => ("pasted", sent.pasted.clone().into_bytes()),
    };
    match page.services().check_receipt(&page.actor(), &bytes) {
        Ok(checked) => Ok(show(&page, "", Some(&checked), &errors)),
        Err(CheckReceiptError::NoReceipt(why)) => {
            errors.add(field, no_receipt(t, &why));
            Ok(show(&page, &sent.pasted, None, &errors))
        }
        Err(CheckReceiptError::Failed(failure)) => Err(Failure::from(failure)),
    }
}

/// What came: a file goes before what was pasted.
#[derive(Default)]
struct Sent {
    file: Option<Brought>,
    pasted: String,
}

/// Reads all of it; the error is the bare refusal of what no form of ours sends.
async fn read(form: MultipartForm) -> Result<Sent, Response> {
    let mut form = form.with_texts_up_to(PASTED_BYTES_MAX);
    let mut sent = Sent::default();
    while let Some(part) = form.next(RECEIPT_BYTES_MAX).await? {
        match part {
            // A field in which nothing was chosen.
            Part::File {
                name,
                brought: Brought::Whole(bytes),
            } if name.is_empty() && bytes.is_empty() => {}
            Part::File { brought, .. } => sent.file = Some(brought),
            Part::Text { name, value } if name == "pasted" => sent.pasted = value,
            Part::Text { .. } => {}
        }
    }
    Ok(sent)
}

const fn no_receipt(t: Locale, why: &NoReceipt) -> &'static str {
    match why {
        NoReceipt::TooLarge => t.verify_too_large(),
        NoReceipt::Version(_) => t.verify_version(),
        NoReceipt::Unreadable(_) => t.verify_no_receipt(),
    }
}

fn show(page: &Page, pasted: &str, checked: Option<&CheckedReceipt>, errors: &Errors) -> Response {
    let t = page.t();
    let html = page
        .html(t.verify_title())
        .description(t.verify_lede())
        .translated()
        .errors(errors);
    html.render(|| {
        let answer = checked.map(|checked| answer(page, checked));
        view! {
            <article class="stack loose prose">
                <div class="stack tight">
                    <h1>{t.verify_title()}</h1>
                    <p class="lede">{t.verify_lede()}</p>
                </div>
                {answer}
                {form(t, pasted)}
                {elsewhere(page)}
            </article>
        }
    })
}

fn form(t: Locale, pasted: &str) -> impl IntoView + use<> {
    let pasted = pasted.to_owned();
    view! {
        <PostForm multipart=true key="verify" class="stack">
            <FileField
                name="file"
                label=t.verify_file()
                hint=t.verify_file_hint()
                accept=".json,application/json"
                optional=true
            />
            <Textarea name="pasted" label=t.verify_pasted() value=pasted rows=4 optional=true/>
            <p><Button>{t.verify_button()}</Button></p>
        </PostForm>
    }
}

/// What was found. Of a receipt that does not hold nothing is repeated as if it were true.
fn answer(page: &Page, checked: &CheckedReceipt) -> impl IntoView + use<> {
    let t = page.t();
    let count = checked.receipt.length;
    let (tone, title, text) = match &checked.fault {
        None => (
            Tone::Ok,
            t.verify_valid(count),
            t.verify_valid_text().to_owned(),
        ),
        Some(Fault::Altered(part)) => (
            Tone::Bad,
            altered(t, part),
            t.verify_altered_text().to_owned(),
        ),
        Some(Fault::Missing(event)) => (
            Tone::Bad,
            t.verify_missing(t.number(*event)),
            t.verify_altered_text().to_owned(),
        ),
        Some(Fault::Unsigned) => (
            Tone::Bad,
            t.verify_unsigned().to_owned(),
            t.verify_unsigned_text().to_owned(),
        ),
        Some(Fault::OtherKey(_)) => (
            Tone::Bad,
            t.verify_other_key().to_owned(),
            t.verify_other_key_text().to_owned(),
        ),
    };
    let other = match &checked.fault {
        Some(Fault::OtherKey(key)) => Some(key.to_string()),
        _ => None,
    };
    let told = checked
        .fault
        .is_none()
        .then(|| told(page, &checked.receipt));
    view! {
        <Banner tone live=true>
            <p><strong>{title}</strong></p>
            <p>{text}</p>
            {other.map(|key| view! { <p><code class="break" dir="ltr">{key}</code></p> })}
        </Banner>
        {told}
    }
}

fn altered(t: Locale, part: &Altered) -> String {
    match part {
        Altered::Terms => t.verify_altered_terms().to_owned(),
        Altered::Event(event) => t.verify_altered_event(t.number(*event)),
        Altered::Payout(leg) => t.verify_altered_payout(leg),
    }
}

/// What a receipt that holds says, as far as it stands open.
fn told(page: &Page, receipt: &Receipt) -> impl IntoView + use<> {
    let t = page.t();
    let holder = match receipt.holder {
        Party::Buyer => t.verify_holder_buyer(),
        Party::Seller => t.verify_holder_seller(),
    };
    let (state, at, code) = (receipt.state, receipt.as_of, receipt.deal.short());
    let site = receipt.site.clone();
    let mut rows = vec![
        Row::new(t.verify_deal(), view! { <bdi dir="ltr">{code}</bdi> }),
        Row::new(t.verify_site(), view! { <bdi dir="ltr">{site}</bdi> }),
        Row::new(t.verify_holder(), holder),
        Row::new(t.verify_state(), view! { <DealChip state/> }),
        Row::new(t.verify_as_of(), view! { <Moment at bare=true/> }),
    ];
    if let Some(title) = receipt.term("terms.goods.title") {
        let title = title.to_owned();
        rows.insert(0, Row::new(t.verify_goods(), view! { <bdi>{title}</bdi> }));
    }
    let asset = asset_of(receipt);
    if let Some((price, asset)) = receipt.term("terms.price").and_then(units).zip(asset) {
        rows.push(Row::new(
            t.verify_price(),
            view! { <Money units=price asset/> },
        ));
    }
    for payout in &receipt.payouts {
        rows.extend(payout_row(t, payout, asset));
    }
    let files = u64::try_from(receipt.evidence().count()).unwrap_or(u64::MAX);
    if files > 0 {
        rows.push(Row::new(t.verify_evidence(), t.verify_files(files)));
    }
    view! {
        <section class="card stack" aria-labelledby="told">
            <h2 id="told" class="card-title">{t.verify_told()}</h2>
            <SummaryList rows/>
        </section>
    }
}

/// One payout: to whom, how much arrives, and whether it was paid.
fn payout_row(t: Locale, payout: &Payout, asset: Option<Asset>) -> Option<Row> {
    let net = payout.entry.value("net").and_then(units)?;
    let asset = asset?;
    let term = match payout.entry.value("payee") {
        Some("seller") => t.verify_to_seller(),
        Some("buyer") => t.verify_to_buyer(),
        _ => return None,
    };
    let paid = match payout.entry.value("state") {
        Some("paid") => t.verify_paid(),
        _ => t.verify_not_paid(),
    };
    let value = view! { <Money units=net asset/>" "{paid} };
    Some(Row::new(term, value))
}

/// What the deal was paid with, if its receipt says so and we know it.
fn asset_of(receipt: &Receipt) -> Option<Asset> {
    let network = receipt.term("terms.asset.network")?;
    let token = receipt.term("terms.asset.token")?;
    let network = Network::ALL.into_iter().find(|it| it.code() == network)?;
    let token = Token::ALL.into_iter().find(|it| it.code() == token)?;
    Asset::new(network, token)
}

fn units(text: &str) -> Option<Units> {
    text.parse().ok().map(Units::new)
}

/// How to do without us: the keys, and the command.
fn elsewhere(page: &Page) -> impl IntoView + use<> {
    let t = page.t();
    let mut keys = page.services().receipt_keys().into_iter();
    let key = keys.next().map(|key| key.to_string()).unwrap_or_default();
    let command = format!("amn verify-receipt --key {key} amn-receipt.json");
    let former: Vec<_> = keys
        .map(|key| view! { <li><code class="break" dir="ltr">{key.to_string()}</code></li> })
        .collect();
    let former = (!former.is_empty()).then(|| {
        view! {
            <p>{t.verify_keys_former()}</p>
            <ul class="stack tight">{former}</ul>
        }
    });
    view! {
        <section class="stack tight" aria-labelledby="elsewhere">
            <h2 id="elsewhere">{t.verify_elsewhere()}</h2>
            <p>{t.verify_elsewhere_text()}</p>
            <p>{t.verify_key()}</p>
            <p><code class="break" id="receipt-key" dir="ltr">{key}</code></p>
            {former}
            <p>{t.verify_command()}</p>
            <p><code class="break" dir="ltr">{command}</code></p>
        </section>
    }
}
