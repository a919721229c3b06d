//! A transaction on a chain, so that anybody can look it up.

use domain::Network;
use leptos::prelude::*;

use super::ends;
use crate::i18n::Locale;

/// The transaction's name, which leads to a public explorer of its network.
#[component]
pub fn Transaction(
    network: Network,
    #[prop(into)] tx: String,
    /// Only the first and last characters, for lists.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let t: Locale = expect_context();
    let text = if short { ends(&tx) } else { tx.clone() };
    let name =
        view! { <bdi class="address break" dir="ltr" translate="no" title=tx.clone()>{text}</bdi> };
    match explorer(network, &tx) {
        Some(href) => view! {
            <a href=href rel="noreferrer noopener">
                {name}<span class="visually-hidden">" "{t.common_at_explorer(network.name())}</span>
            </a>
        }
        .into_any(),
        None => name.into_any(),
    }
}

/// Where a network's transactions can be looked up. Names that no chain gives lead nowhere.
fn explorer(network: Network, tx: &str) -> Option<String> {
    let base = match network {
        Network::Bsc => "https://bscscan.com/tx/",
        Network::Ethereum => "https://etherscan.io/tx/",
        Network::Polygon => "https://polygonscan.com/tx/",
        Network::Tron => "https://tronscan.org/#/transaction/",
    };
    let digits = tx.strip_prefix("0x").unwrap_or(tx);
    let is_hash = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| format!("{base}{tx}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_is_looked_up_on_its_own_network() {
        let tx = "ab".repeat(32);
        for (network, url) in [
            (Network::Bsc, "https://bscscan.com/tx/"),
            (Network::Ethereum, "https://etherscan.io/tx/"),
            (Network::Polygon, "https://polygonscan.com/tx/"),
            (Network::Tron, "https://tronscan.org/#/transaction/"),
        ] {
            assert_eq!(explorer(network, &tx), Some(format!("{url}{tx}")));
        }
    }

    #[test]
    fn what_is_no_hash_leads_nowhere() {
        for wrong in ["", "one", "0x../../login", "javascript:alert(1)"] {
            assert_eq!(explorer(Network::Bsc, wrong), None, "{wrong}");
        }
    }
}
