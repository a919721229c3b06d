//! Search words: how a text is cut into them, so that people find what they mean in any spelling.
//!
//! Both what is stored and what is asked goes through the same folding: compatibility forms,
//! capitals, diacritics, the Arabic and Persian spellings of one letter, and digits of any script
//! all become one form. No store's own text index is used, so all find the same.

use std::collections::BTreeSet;

use domain::money::digit_value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words longer than this are cut: nobody types more of one.
const WORD_MAX: usize = 32;
/// A title's words are found by their beginnings from this length on.
const PREFIX_MIN: usize = 2;
/// And up to this length.
const PREFIX_MAX: usize = 12;
/// More words than this of one text are not stored.
const STORED_MAX: usize = 400;
/// More words than this of one question are not looked at.
const ASKED_MAX: usize = 8;

/// The words of a text, folded, in order, repetitions included.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let folded: String = text.nfkd().filter_map(fold).flatten().collect();
    let words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(WORD_MAX).collect())
        .collect();
    words.into_iter()
}

/// The words by which something is found: all of title and body, and the beginnings of the words
/// of the title. Sorted, each once, at most 400; the title's come first when there are more.
pub fn stored_words(title: &str, body: &str) -> Vec<String> {
    let mut stored = BTreeSet::new();
    let whole = words(title).chain(words(title).flat_map(beginnings));
    for word in whole.chain(words(body)) {
        if stored.len() == STORED_MAX {
            break;
        }
        stored.insert(word);
    }
    stored.into_iter().collect()
}

/// The words of a question. Something is found when it has all of them. Longest first, since long
/// words are rare ones and cheap to begin with.
pub fn asked_words(question: &str) -> Vec<String> {
    let unique: BTreeSet<String> = words(question).take(ASKED_MAX).collect();
    let mut asked: Vec<String> = unique.into_iter().collect();
    asked.sort_by_key(|word| core::cmp::Reverse(word.chars().count()));
    asked
}

fn beginnings(word: String) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    (PREFIX_MIN..letters.len().min(PREFIX_MAX + 1))
        .map(move |length| letters.iter().take(length).collect())
}

/// One letter in the form that all its spellings share: nothing for marks that only decorate, a
/// blank for what separates words.
fn fold(letter: char) -> Option<Folded> {
    if is_combining_mark(letter) || is_decoration(letter) {
        return None;
    }
    if let Some(digit) = digit_value(letter).and_then(|value| char::from_digit(value, 10)) {
        return Some(Folded::One(Some(digit)));
    }
    let letter = one_spelling(letter);
    if letter.is_alphanumeric() {
        Some(Folded::Lower(letter.to_lowercase()))
    } else {
        Some(Folded::One(Some(' ')))
    }
}

/// Letters that Persian and Arabic keyboards, or careless ones, write differently.
const fn one_spelling(letter: char) -> char {
    match letter {
        // Arabic yeh, alef maksura, yeh barree: Persian yeh.
        '\u{064a}' | '\u{0649}' | '\u{06d2}' => '\u{06cc}',
        // Arabic kaf, swash kaf: Persian keheh.
        '\u{0643}' | '\u{06aa}' => '\u{06a9}',
        // Teh marbuta, heh goal, heh doachashmee, ae: heh.
        '\u{0629}' | '\u{06c1}' | '\u{06be}' | '\u{06d5}' => '\u{0647}',
        // Alef wasla: alef. Alef with hamza or madda comes apart by itself.
        '\u{0671}' => '\u{0627}',
        // Final sigma, dotless i.
        'ς' => 'σ',
        'ı' => 'i',
        other => other,
    }
}

/// Marks that are no letter and part nothing: kashida, direction and joining marks but the
/// non-joiner, soft hyphen, apostrophes.
const fn is_decoration(letter: char) -> bool {
    matches!(
        letter,
        '\u{0640}'
            | '\u{00ad}'
            | '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\''
            | '\u{2019}'
    )
}

enum Folded {
    One(Option<char>),
    Lower(core::char::ToLowercase),
}

impl Iterator for Folded {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(letter) => letter.take(),
            Self::Lower(letters) => letters.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same_words(one: &str, other: &str) {
        let fold = |text: &str| words(text).collect::<Vec<_>>();
        assert_eq!(fold(one), fold(other), "{one} and {other}");
        assert!(!fold(one).is_empty(), "{one} has words");
    }

    #[test]
    fn persian_and_arabic_spellings_of_one_word_are_the_same() {
        same_words("كتاب علي", "کتاب علی");
        same_words("آیفون", "ايفون");
        same_words("مسئول", "مسيول");
        same_words("خانة", "خانه");
        same_words("کــتــاب", "کتاب");
        same_words("مُحَمَّد", "محمد");
        same_words("کتاب\u{200c}ها", "کتاب ها");
    }

    #[test]
    fn digits_capitals_and_forms_do_not_matter() {
        same_words("iPhone ۱۵", "IPHONE 15");
        same_words("iPhone ١٥", "ｉｐｈｏｎｅ １５");
        same_words("Café Straße", "cafe\u{301} straße");
        same_words("İstanbul", "istanbul");
        same_words("don't", "dont");
        same_words("ﬁne", "fine");
    }

    #[test]
    fn words_are_parted_by_whatever_is_no_letter() {
        let words: Vec<_> = words("a-b_c،d؟ e\u{202e}f").collect();
        assert_eq!(words, ["a", "b", "c", "d", "ef"]);
    }

    #[test]
    fn titles_are_found_by_their_beginnings_and_bodies_by_whole_words() {
        let stored = stored_words("Laptop", "sleeve");
        for found in ["la", "lap", "lapto", "laptop", "sleeve"] {
            assert!(stored.iter().any(|word| word == found), "{found}");
        }
        for missed in ["l", "sle"] {
            assert!(!stored.iter().any(|word| word == missed), "{missed}");
        }
    }

    #[test]
    fn what_is_stored_and_asked_stays_bounded() {
        let long = (0..5_000)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join(" ");
        let stored = stored_words("title", &long);
        assert_eq!(stored.len(), STORED_MAX);
        assert!(stored.iter().any(|word| word == "title"));
        assert_eq!(asked_words(&long).len(), ASKED_MAX);
        assert!(
            asked_words(&"x".repeat(9_999))
                .iter()
                .all(|word| word.len() == WORD_MAX)
        );
    }

    #[test]
    fn a_question_without_a_word_has_none() {
        assert!(asked_words(" \u{200b} !? \u{064b}").is_empty());
    }
}
