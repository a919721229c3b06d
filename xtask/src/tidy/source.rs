//! Rust source with its comments and literals blanked, so that braces and words can be counted.

/// The code alone: comments and the insides of literals become spaces, lines stay where they are.
pub fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let skipped = literal_len(rest, chars.get(at.wrapping_sub(1)).copied());
        if skipped == 0 {
            code.push(char);
            at += 1;
            continue;
        }
        for hidden in rest.iter().take(skipped) {
            code.push(if *hidden == '\n' { '\n' } else { ' ' });
        }
        at += skipped;
    }
    code
}

/// The length of the comment or literal that begins here; 0 when code goes on.
fn literal_len(rest: &[char], before: Option<char>) -> usize {
    match rest {
        ['/', '/', ..] => until_line_end(rest),
        ['/', '*', ..] => block_comment_len(rest),
        ['"', ..] => string_len(rest),
        ['r', '"' | '#', ..] if !before.is_some_and(is_word) => raw_string_len(rest),
        ['\'', '\\', ..] => 2 + distance(rest, 2, '\''),
        ['\'', _, '\'', ..] => 3,
        _ => 0,
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

fn until_line_end(rest: &[char]) -> usize {
    rest.iter()
        .position(|char| *char == '\n')
        .unwrap_or(rest.len())
}

/// How far behind `from` the place after the next `goal` is. `\''` has its own first character.
fn distance(rest: &[char], from: usize, goal: char) -> usize {
    rest.iter()
        .skip(from + 1)
        .position(|char| *char == goal)
        .map_or(rest.len().saturating_sub(from), |found| found + 2)
}

fn block_comment_len(rest: &[char]) -> usize {
    rest.windows(2)
        .skip(2)
        .position(|pair| pair == ['*', '/'])
        .map_or(rest.len(), |found| found + 4)
}

fn string_len(rest: &[char]) -> usize {
    let mut escaped = false;
    for (index, char) in rest.iter().enumerate().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string_len(rest: &[char]) -> usize {
    let hashes = rest.iter().skip(1).take_while(|char| **char == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 0;
    }
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    let body = 2 + hashes;
    rest.get(body..)
        .unwrap_or_default()
        .windows(close.len())
        .position(|window| window == close)
        .map_or(rest.len(), |found| body + found + close.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_comments_are_blanked_and_lines_stay() {
        for (text, code) in [
            ("a // {\nb", "a     \nb"),
            ("a /* { */ b", "a         b"),
            ("a(\"{\\\"}\") b", "a(      ) b"),
            ("a('{') b", "a(   ) b"),
            ("a('\\'') b", "a(    ) b"),
            ("a('\\u{1f}') b", "a(        ) b"),
            ("a(r#\"{\"}\"#) b", "a(        ) b"),
            ("fn a<'x>(y: &'x str) {}", "fn a<'x>(y: &'x str) {}"),
            ("for r in x {}", "for r in x {}"),
        ] {
            assert_eq!(code_only(text), code, "{text}");
        }
    }
}
