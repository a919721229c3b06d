//! Text that must, or must not, stand in a source file.

use super::Source;
use super::source::code_only;

/// A piece of code that only some files may contain.
struct Forbidden {
    code: &'static str,
    below: &'static str,
    except: &'static [&'static str],
    instead: &'static str,
}

const FORBIDDEN: [Forbidden; 4] = [
    Forbidden {
        code: "<textarea",
        below: "app/src/",
        except: &["app/src/components/textarea.rs"],
        instead: "its children are not escaped: use the component Textarea",
    },
    Forbidden {
        code: "<Title",
        below: "app/src/",
        except: &[],
        instead: "its text is not escaped: give the title to Page::html",
    },
    Forbidden {
        code: "inner_html",
        below: "app/src/",
        except: &[
            "app/src/components/qr.rs",
            "app/src/components/textarea.rs",
            "app/src/document/head.rs",
        ],
        instead: "nothing is escaped there: write the markup in view!",
    },
    Forbidden {
        code: "unsafe ",
        below: "",
        except: &[],
        instead: "there is no unsafe code here",
    },
];

/// Built so that this file does not find itself.
const UNFINISHED: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("X", "XX:"),
];

pub fn check(sources: &[Source]) -> Vec<String> {
    sources.iter().flat_map(check_one).collect()
}

fn check_one(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let path = &source.path;
    let opening = source.text.trim_start();
    if !opening.starts_with("//!") {
        faults.push(format!(
            "{path}: begins without a `//!` sentence that says what it is"
        ));
    }
    for (number, line) in (1_u32..).zip(source.text.lines()) {
        if UNFINISHED.iter().any(|word| line.contains(word)) {
            faults.push(format!("{path}:{number}: unfinished by its own word"));
        }
    }
    let code = code_only(&source.text);
    for rule in &FORBIDDEN {
        if path.starts_with(rule.below)
            && !rule.except.contains(&path.as_str())
            && code.contains(rule.code)
        {
            faults.push(format!("{path}: `{}`: {}", rule.code.trim(), rule.instead));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        check_one(&Source {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn a_file_says_what_it_is() {
        assert_eq!(faults("app/src/a.rs", "//! What it is.\n"), 0);
        assert_eq!(faults("app/src/a.rs", "fn main() {}\n"), 1);
    }

    #[test]
    fn injection_sinks_are_found_in_code_but_not_in_comments() {
        let used = "//! A page.\nfn a() { view! { <textarea>{x}</textarea> } }\n";
        let named = "//! A page.\n// Not <textarea: it does not escape.\n";
        assert_eq!(faults("app/src/pages/a.rs", used), 1);
        assert_eq!(faults("app/src/pages/a.rs", named), 0);
        assert_eq!(faults("app/src/components/textarea.rs", used), 0);
    }

    #[test]
    fn unfinished_work_is_found() {
        let text = format!("//! A page.\n// {}: later\n", UNFINISHED[0]);
        assert_eq!(faults("app/src/a.rs", &text), 1);
    }
}
