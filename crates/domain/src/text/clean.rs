//! Which characters a text keeps.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Enough for Vietnamese, Hebrew and Quranic Arabic; more only hides the lines around it.
const STACKED_MARKS_MAX: u32 = 4;

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';

/// One line: every kind of white space becomes one space.
pub(super) fn line(raw: &str) -> String {
    if is_plain(raw) {
        return raw.to_owned();
    }
    let kept = filtered(raw);
    let words: Vec<&str> = kept.split(char::is_whitespace).map(trim_joiners).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ").nfc().collect()
}

/// Several lines, at most one empty line between two of them, nothing at the end of a line.
pub(super) fn block(raw: &str) -> String {
    if is_plain(raw) {
        return raw.to_owned();
    }
    let kept = filtered(raw);
    let mut text = String::new();
    let mut empty_lines = 0_u32;
    for line in kept.split('\n') {
        let line = line.trim_end_matches(|c: char| c.is_whitespace() || is_joiner(c));
        if line.is_empty() {
            empty_lines = empty_lines.saturating_add(1);
            continue;
        }
        if !text.is_empty() {
            text.push_str(if empty_lines > 0 { "\n\n" } else { "\n" });
        }
        empty_lines = 0;
        text.push_str(line);
    }
    text.trim_start().nfc().collect()
}

/// One line of ASCII with single spaces within, which is clean as it is: much of what people type,
/// and it is read from the store far more often than it is typed.
fn is_plain(raw: &str) -> bool {
    let mut previous = b' ';
    for byte in raw.bytes() {
        let is_clean = byte.is_ascii_graphic() || (byte == b' ' && previous != b' ');
        if !is_clean {
            return false;
        }
        previous = byte;
    }
    previous != b' '
}

/// What a refused form shows again: as typed, but for characters that no page can carry.
pub fn printable(raw: &str) -> String {
    raw.chars()
        .filter(|c| matches!(c, '\n' | '\r' | '\t') || !(c.is_control() || is_hidden(*c)))
        .collect()
}

/// Whether anything in a clean text can be seen.
pub(super) fn has_visible(text: &str) -> bool {
    text.chars().any(|c| {
        !(c.is_whitespace() || is_joiner(c) || is_direction_mark(c) || is_combining_mark(c))
    })
}

/// Drops what nobody can see, and bounds the accents on a letter.
fn filtered(raw: &str) -> String {
    let mut marks = 0_u32;
    let mut previous = '\n';
    let mut text = String::with_capacity(raw.len());
    let mut source = raw.nfc().peekable();
    while let Some(read) = source.next() {
        // A carriage return before a line feed is half of one line break.
        if read == '\r' && source.peek() == Some(&'\n') {
            continue;
        }
        let Some(kept) = kept(read) else { continue };
        if is_joiner(kept) && is_joiner(previous) {
            continue;
        }
        marks = if is_combining_mark(kept) {
            marks.saturating_add(1)
        } else {
            0
        };
        if marks > STACKED_MARKS_MAX {
            continue;
        }
        text.push(kept);
        previous = kept;
    }
    text
}

fn kept(read: char) -> Option<char> {
    match read {
        '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // Looks like a space in every font.
        '\t' | '\u{2800}' => Some(' '),
        hidden if hidden.is_control() || is_hidden(hidden) => None,
        space if space.is_whitespace() => Some(' '),
        other => Some(other),
    }
}

/// Characters that draw nothing, or draw others in a false order, and that no script needs.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // direction overrides and isolates
        | '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' // ignorable marks
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' // fillers
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' // musical and tag characters
        | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' // private use
        | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe // no characters
}

const fn is_joiner(c: char) -> bool {
    matches!(c, ZWNJ | ZWJ)
}

const fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn trim_joiners(word: &str) -> &str {
    word.trim_matches(is_joiner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_plain_would_be_left_as_it_is(raw in "[ -~\\t\\n]{0,40}") {
            if is_plain(&raw) {
                prop_assert_eq!(filtered(&raw), raw.as_str());
                prop_assert_eq!(raw.split_whitespace().collect::<Vec<_>>().join(" "), raw);
            }
        }
    }
}
