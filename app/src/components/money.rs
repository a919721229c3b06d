//! An amount with its token, the same in every language.

use domain::{Asset, Units};
use leptos::prelude::*;

/// `1,240.00 USDT`, never broken across lines, never mirrored.
#[component]
pub fn Money(units: Units, asset: Asset) -> impl IntoView {
    view! { <bdi class="money" dir="ltr">{money_text(units, asset)}</bdi> }
}

/// The amount as text, for sentences: grouped, with a no-break space before the token.
pub fn money_text(units: Units, asset: Asset) -> String {
    format!(
        "{}\u{a0}{}",
        units.to_grouped(asset.decimals()),
        asset.token().code()
    )
}

#[cfg(test)]
mod tests {
    use domain::{Network, Token};

    use super::*;

    #[test]
    fn an_amount_names_its_token_and_stays_on_one_line() {
        let asset = Asset::new(Network::Ethereum, Token::Usdt).unwrap();
        assert_eq!(
            money_text(Units::new(1_240_000_000), asset),
            "1,240.00\u{a0}USDT"
        );
    }
}
