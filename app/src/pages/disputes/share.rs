//! The buyer's part of what is held, as a sum or as a share of the whole.

use domain::deal::{Deal, Division};
use domain::money::digit_value;
use domain::{Bps, Units};
use leptos::prelude::*;

use crate::components::{SplitPreview, money_text};
use crate::i18n::Locale;
use crate::pages::deals::for_staff::sum;

/// Reads `868.00` as a sum and `70%` as a share of what is held, in the digits of any script.
pub(super) fn part(t: Locale, deal: &Deal, typed: &str) -> Result<Division, String> {
    let asset = deal.terms.asset;
    let trimmed = typed.trim();
    let units = match trimmed.strip_suffix(['%', '٪']) {
        Some(share) => hundredths(share)
            .and_then(Bps::new)
            .map(|share| share.of(deal.held()))
            .ok_or_else(|| t.ruling_share_wrong().to_owned())?,
        None => sum(t, asset, typed)?,
    };
    deal.division(units)
        .ok_or_else(|| t.deal_split_too_large(money_text(deal.held(), asset)))
}

/// `70` and `12.5` as hundredths of a per cent.
fn hundredths(typed: &str) -> Option<u16> {
    const PLACES: usize = 2;
    let (whole, part) = typed
        .trim()
        .split_once(['.', '٫'])
        .unwrap_or((typed.trim(), ""));
    let digits = |text: &str| -> Option<String> {
        let read = text.chars().map(|typed| {
            let value = digit_value(typed)?;
            char::from_digit(value, 10)
        });
        read.collect()
    };
    let (whole, part) = (digits(whole)?, digits(part)?);
    if whole.is_empty() || part.len() > PLACES {
        return None;
    }
    format!("{whole}{part:0<PLACES$}").parse().ok()
}

/// Both sums, the fee and that they make what is held.
pub(super) fn preview(t: Locale, deal: &Deal, division: Division) -> impl IntoView + use<> {
    let asset = deal.terms.asset;
    let Division { buyer, seller, fee } = division;
    let bare = |units: Units| units.to_grouped(asset.decimals());
    let whole = money_text(deal.held(), asset);
    let sum = format!(
        "{} + {} + {} = {whole}",
        bare(buyer),
        bare(seller),
        bare(fee)
    );
    view! {
        <div class="stack tight">
            <SplitPreview asset buyer seller fee/>
            <p class="muted">{t.ruling_adds_up()}" "<bdi class="equation" dir="ltr">{sum}</bdi></p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_to_the_hundredth_of_a_per_cent_in_any_digits() {
        for (typed, read) in [
            ("70", Some(7_000)),
            (" 12.5 ", Some(1_250)),
            ("۷۰٫۲۵", Some(7_025)),
            ("0", Some(0)),
            ("100", Some(10_000)),
            ("", None),
            (".5", None),
            ("1.234", None),
            ("-1", None),
            ("70000", None),
        ] {
            assert_eq!(hundredths(typed), read, "{typed}");
        }
    }
}
