//! Long functions: none that is new, none that grows.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use super::Source;
use super::source::code_only;
use crate::ground;

/// More lines than fit a screen. Markup inside `view!` is not counted.
const LINES_MAX: usize = 70;
const RATCHET: &str = "xtask/ratchet.toml";

type Lengths = BTreeMap<String, usize>;

pub fn check(sources: &[Source], record: bool) -> Result<Vec<String>> {
    let found = long_functions(sources);
    if record {
        fs::write(ground::root().join(RATCHET), recorded(&found))?;
        return Ok(Vec::new());
    }
    let ratchet = fs::read_to_string(ground::root().join(RATCHET)).context(RATCHET)?;
    let allowed: Lengths = toml::from_str(&ratchet)?;
    Ok(faults(&found, &allowed))
}

fn long_functions(sources: &[Source]) -> Lengths {
    sources
        .iter()
        .filter(|source| !is_test(&source.path))
        .flat_map(|source| {
            functions(&source.text)
                .into_iter()
                .filter(|(_, lines)| *lines > LINES_MAX)
                .map(|(name, lines)| (format!("{}::{name}", source.path), lines))
        })
        .collect()
}

/// A test tells a story from its beginning to its end; cutting it does not make it clearer.
fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("/properties.rs")
}

fn faults(found: &Lengths, allowed: &Lengths) -> Vec<String> {
    let grown = found.iter().filter_map(|(name, lines)| {
        let most = allowed.get(name).copied().unwrap_or(LINES_MAX);
        (*lines > most).then(|| format!("{name}: {lines} lines, at most {most}: split it"))
    });
    let idle = allowed
        .iter()
        .filter(|(name, most)| found.get(*name) != Some(*most))
        .filter(|(name, most)| found.get(*name).is_none_or(|lines| lines < *most))
        .map(|(name, _)| format!("{name} got shorter: run `cargo xtask tidy --record`"));
    grown.chain(idle).collect()
}

fn recorded(found: &Lengths) -> String {
    let mut text = format!(
        "# Functions of more than {LINES_MAX} lines. They may shrink, not grow, and no other may join them\n\
         # without a reason given where this file is reviewed. Written by `cargo xtask tidy --record`.\n"
    );
    for (name, lines) in found {
        text.extend([&format!("{name:?} = {lines}\n")[..]]);
    }
    text
}

/// Every function of a file with the number of its lines, signature and braces included.
fn functions(text: &str) -> Vec<(String, usize)> {
    let code = code_only(text);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let (before, rest) = code.split_at(at);
        if before.ends_with(|char: char| char.is_alphanumeric() || char == '_') {
            continue;
        }
        let name: String = rest
            .chars()
            .skip(3)
            .take_while(|char| char.is_alphanumeric() || *char == '_')
            .collect();
        if let Some(body) = body(rest)
            && !name.is_empty()
        {
            found.push((name, lines(body) - markup_lines(body)));
        }
    }
    found
}

/// From the signature to the closing brace; nothing for a signature alone.
fn body(rest: &str) -> Option<&str> {
    let open = rest.find(['{', ';'])?;
    let (signature, block) = rest.split_at(open);
    let close = block_len(block)?;
    rest.get(..signature.len() + close)
}

/// The length of the braced block that `text` begins with.
fn block_len(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, char) in text.char_indices() {
        match char {
            '{' => depth += 1,
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

fn markup_lines(body: &str) -> usize {
    let mut counted = 0;
    let mut rest = body;
    while let Some((_, after)) = rest.split_once("view! {") {
        let block = format!("{{{after}");
        let Some(len) = block_len(&block) else { break };
        let markup = block.get(..len).unwrap_or_default();
        counted += lines(markup).saturating_sub(1);
        rest = after.get(len.saturating_sub(1)..).unwrap_or_default();
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_measured_from_its_name_to_its_brace() {
        let text = "fn a() {\n  b('{');\n}\ntrait T { fn c(); }\nfn d(x: fn(u8)) -> u8 {\n}\n";
        assert_eq!(functions(text), [("a".to_owned(), 3), ("d".to_owned(), 2)]);
    }

    #[test]
    fn markup_is_not_counted() {
        let text = "fn a() {\n  let x = 1;\n  view! {\n    <p>\n      {x}\n    </p>\n  }\n}\n";
        assert_eq!(functions(text), [("a".to_owned(), 4)]);
    }

    #[test]
    fn the_ratchet_only_turns_one_way() {
        let of = |lines| Lengths::from([("a.rs::f".to_owned(), lines)]);
        assert!(faults(&of(90), &of(90)).is_empty());
        assert_eq!(faults(&of(91), &of(90)).len(), 1, "grown");
        assert_eq!(faults(&of(80), &of(90)).len(), 1, "shrunk, not recorded");
        assert_eq!(
            faults(&Lengths::new(), &of(90)).len(),
            1,
            "gone, not recorded"
        );
        assert_eq!(faults(&of(71), &Lengths::new()).len(), 1, "new");
    }
}
