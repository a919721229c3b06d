//! Which passwords stand first on every attacker's list.

use std::collections::BTreeSet;

/// The most frequent of published breaches with ten characters or more, in lower case, sorted.
/// From the frequency lists that zxcvbn (MIT) and Django (BSD-3-Clause) publish.
const COMMON: &str = include_str!("common.txt");

/// The most frequent ones that are five to nine letters: what people put a year or a mark behind.
const COMMON_WORDS: &str = include_str!("common_words.txt");

/// So many digits and marks around a word leave it what it was.
const TRIMMINGS_MAX: usize = 6;

/// Whether `lower`, a password of ten characters or more in lower case, is easily guessed.
pub(super) fn is_common(lower: &str) -> bool {
    is_listed(COMMON, lower) || is_trimmed_word(lower) || is_repetition(lower) || is_run(lower)
}

/// The lists are sorted, so that looking one up reads a dozen lines.
fn is_listed(list: &str, word: &str) -> bool {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low.midpoint(high);
        let start = list
            .get(..middle)
            .and_then(|head| head.rfind('\n'))
            .map_or(0, |at| at.saturating_add(1));
        let line = list
            .get(start..)
            .unwrap_or("")
            .split('\n')
            .next()
            .unwrap_or("");
        match line.cmp(word) {
            core::cmp::Ordering::Equal => return true,
            core::cmp::Ordering::Less => {
                low = start.saturating_add(line.len()).saturating_add(1);
            }
            core::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

fn is_word(word: &str) -> bool {
    is_listed(COMMON_WORDS, word) || is_listed(COMMON, word)
}

/// `password2024!`
fn is_trimmed_word(lower: &str) -> bool {
    let stem = lower.trim_matches(|c: char| !c.is_alphabetic());
    let trimmings = lower.chars().count().saturating_sub(stem.chars().count());
    trimmings <= TRIMMINGS_MAX && is_word(stem)
}

/// `abcabcabcabc`, `dragondragon`, or hardly any different characters.
fn is_repetition(lower: &str) -> bool {
    let distinct: BTreeSet<char> = lower.chars().collect();
    let is_period = |size: usize| {
        let unit: String = lower.chars().take(size).collect();
        let repeats = lower.chars().zip(unit.chars().cycle()).all(|(a, b)| a == b);
        repeats && (size <= 5 || is_word(&unit))
    };
    let half = lower.chars().count().checked_div(2).unwrap_or(0);
    distinct.len() <= 3 || (1..=half).any(is_period)
}

/// `abcdefghij`, `9876543210`: each character beside the one before; 0 follows 9.
fn is_run(lower: &str) -> bool {
    let steps = |a: char, b: char| {
        (u32::from(a).checked_add(1) == Some(u32::from(b))) || (a, b) == ('9', '0')
    };
    let pairs = || lower.chars().zip(lower.chars().skip(1));
    pairs().all(|(a, b)| steps(a, b)) || pairs().all(|(a, b)| steps(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_so_that_every_line_is_found() {
        for list in [COMMON, COMMON_WORDS] {
            let lines: Vec<&str> = list.lines().collect();
            assert!(lines.is_sorted(), "binary search needs order");
            assert!(lines.iter().all(|line| is_listed(list, line)));
            assert!(!is_listed(list, "not on any list"));
            assert!(!is_listed(list, ""));
            assert!(!is_listed(list, "zzzzzzzzzzzz~"));
        }
    }

    #[test]
    fn a_short_word_within_a_long_phrase_is_no_common_password() {
        assert!(!is_common("dragon under the mill"));
        assert!(!is_common("my dragon eats 7 plums"));
    }
}
