//! How a sum would be divided, before anybody signs it.

use domain::{Asset, Units};
use leptos::prelude::*;

use super::Money;
use crate::i18n::Locale;

/// The width of the drawing, in its own units.
const WIDTH: u128 = 1_000;

/// Both parts and the fee as sums and shares of the whole, and as a bar.
#[component]
pub fn SplitPreview(asset: Asset, buyer: Units, seller: Units, fee: Units) -> impl IntoView {
    let t: Locale = expect_context();
    // Sums of a deal are bounded far below what overflows.
    let whole = Units::sum([buyer, seller, fee]).unwrap_or_default();
    let buyer_width = part_of(buyer, whole, WIDTH);
    let seller_width = part_of(seller, whole, WIDTH);
    let row = |class, label, units| {
        let share = share(units, whole);
        view! {
            <div class=class>
                <dt>{label}</dt>
                <dd><Money units asset/>" "<bdi class="muted" dir="ltr">{share}</bdi></dd>
            </div>
        }
    };
    view! {
        <figure class="split-preview">
            <svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
                <rect class="fee" width="1000" height="40"></rect>
                <rect class="buyer" width=buyer_width.to_string() height="40"></rect>
                <rect
                    class="seller"
                    x=buyer_width.to_string()
                    width=seller_width.to_string()
                    height="40"
                ></rect>
            </svg>
            <dl class="summary-list">
                {row("buyer", t.money_to_buyer(), buyer)}
                {row("seller", t.money_to_seller(), seller)}
                {(!fee.is_zero()).then(|| row("fee", t.money_fee(), fee))}
            </dl>
        </figure>
    }
}

/// `part` of `whole`, measured in `scale` steps, rounded down.
fn part_of(part: Units, whole: Units, scale: u128) -> u128 {
    let step = (whole.get() / scale).max(1);
    if whole.get() < scale {
        return (part.get() * scale).checked_div(whole.get()).unwrap_or(0);
    }
    (part.get() / step).min(scale)
}

/// `69.3%`, rounded down. In Latin digits, as the sum beside it.
fn share(part: Units, whole: Units) -> String {
    let thousandths = part_of(part, whole, WIDTH);
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_whole_and_never_more() {
        let units = Units::new;
        assert_eq!(share(units(868_000_000), units(1_240_000_000)), "70.0%");
        assert_eq!(share(units(1), units(3)), "33.3%");
        assert_eq!(share(units(3), units(3)), "100.0%");
        assert_eq!(share(units(0), units(0)), "0.0%");
        assert_eq!(share(units(u128::MAX), units(u128::MAX)), "100.0%");
    }
}
