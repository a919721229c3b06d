//! "Check before sending": what the wallet shows, compared with the address of this deal.

use leptos::prelude::*;

use crate::components::{Banner, Button, Field, Look, Tone};
use crate::pages::deals::words::Words;

/// How a pasted address compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Same,
    /// Both ends are right and the middle is not.
    LooksAlike,
    /// Too short or too long to be compared, as when a wallet shows only both ends.
    NotWhole,
    Other,
}

/// A form that changes nothing, and its answer.
pub(super) fn part(words: Words<'_>, address: &str, pasted: &str) -> impl IntoView + use<> {
    let t = words.t();
    let answer = (!pasted.trim().is_empty()).then(|| match compare(address, pasted) {
        Answer::Same => (Tone::Ok, t.deal_pay_check_same()),
        Answer::LooksAlike => (Tone::Bad, t.deal_pay_check_alike()),
        Answer::NotWhole => (Tone::Care, t.deal_pay_check_not_whole()),
        Answer::Other => (Tone::Bad, t.deal_pay_check_other()),
    });
    view! {
        <form id="check-form" method="get" action="#check-form" class="stack tight">
            <Field
                name="check"
                label=t.deal_pay_check()
                hint=t.deal_pay_check_hint()
                value=pasted.to_owned()
                dir="ltr"
                maxlength=120
            />
            {answer.map(|(tone, text)| view! { <Banner tone live=true>{text}</Banner> })}
            <p><Button look=Look::Quiet>{t.deal_pay_check_button()}</Button></p>
        </form>
    }
}

/// Spaces, dashes and capitals do not matter; a wallet may show an address in groups.
fn compare(address: &str, pasted: &str) -> Answer {
    let bare = |text: &str| -> String {
        let kept = text.chars().filter(char::is_ascii_alphanumeric);
        kept.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let (ours, theirs) = (bare(address), bare(pasted));
    let ends = |text: &str| {
        let rest = text.strip_prefix("0x").unwrap_or(text);
        let first: String = rest.chars().take(4).collect();
        let last: String = rest.chars().rev().take(4).collect();
        (first, last)
    };
    if ours == theirs {
        Answer::Same
    } else if ours.len() != theirs.len() {
        Answer::NotWhole
    } else if ends(&ours) == ends(&theirs) {
        Answer::LooksAlike
    } else {
        Answer::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9";

    #[test]
    fn groups_and_capitals_do_not_matter() {
        let grouped = "0x 7f3a 91cd 0b2e 44a8 1f60 c9d2 5eb7 8841 0af3 d2e9";
        assert_eq!(compare(OURS, grouped), Answer::Same);
        assert_eq!(compare(OURS, OURS), Answer::Same);
    }

    #[test]
    fn an_address_with_the_same_ends_is_told_from_ours() {
        let poisoned = "0x7F3a0000000000000000000000000000000fd2E9";
        assert_eq!(compare(OURS, poisoned), Answer::LooksAlike);
        assert_eq!(
            compare(OURS, "0x1111111111111111111111111111111111111111"),
            Answer::Other
        );
    }

    #[test]
    fn what_is_not_the_whole_address_raises_no_alarm() {
        for part in ["0x7F3a…d2E9", "0x7F3a91Cd0B2e44A8", "7F3a...d2E9", "…"] {
            assert_eq!(compare(OURS, part), Answer::NotWhole, "{part}");
        }
    }
}
