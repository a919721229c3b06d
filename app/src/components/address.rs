//! An address on a chain, so that people can compare it.

use leptos::prelude::*;

/// Whole, in groups of four, wherever somebody decides; the first and last six characters in lists.
#[component]
pub fn Address(#[prop(into)] address: String, #[prop(optional)] short: bool) -> impl IntoView {
    let text = if short {
        ends(&address)
    } else {
        grouped(&address)
    };
    view! { <bdi class="address" dir="ltr" translate="no" title=address>{text}</bdi> }
}

/// `0x 7F3a 91Cd …`: a prefix of its own, then groups of four.
pub fn grouped(address: &str) -> String {
    let (prefix, rest) = match address.strip_prefix("0x") {
        Some(rest) => ("0x", rest),
        None => ("", address),
    };
    let chars: Vec<char> = rest.chars().collect();
    let mut groups: Vec<String> = chars
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    if !prefix.is_empty() {
        groups.insert(0, prefix.to_owned());
    }
    groups.join(" ")
}

/// `0x7F3a…F3d2E9`.
pub fn ends(address: &str) -> String {
    const EACH: usize = 6;
    let chars: Vec<char> = address.chars().collect();
    match (
        chars.get(..EACH),
        chars.len().checked_sub(EACH).and_then(|at| chars.get(at..)),
    ) {
        (Some(first), Some(last)) if chars.len() > 2 * EACH => {
            let (first, last): (String, String) = (first.iter().collect(), last.iter().collect());
            format!("{first}…{last}")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9";

    #[test]
    fn addresses_are_grouped_so_that_people_can_compare_them() {
        assert_eq!(
            grouped(ADDRESS),
            "0x 7F3a 91Cd 0B2e 44A8 1f60 C9D2 5eB7 8841 0aF3 d2E9"
        );
        assert_eq!(grouped("TXYZabcd12"), "TXYZ abcd 12");
        assert_eq!(grouped(""), "");
    }

    #[test]
    fn lists_show_both_ends() {
        assert_eq!(ends(ADDRESS), "0x7F3a…F3d2E9");
        assert_eq!(ends("short"), "short");
    }
}
