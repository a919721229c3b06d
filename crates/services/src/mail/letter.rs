//! One letter, as plain text and as HTML.

use core::fmt::Write;

use domain::Language;

/// A letter in one language, not yet addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The language, and with it the direction.
    pub language: Language,
    /// One line.
    pub subject: String,
    /// What it says, from top to bottom.
    pub parts: Vec<Part>,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Text(String),
    /// A code to type somewhere; always from left to right.
    Code(String),
    /// A long value to compare: an address, a hash; always from left to right.
    Value(String),
    /// A page of ours to open.
    Link {
        /// What it does.
        label: String,
        /// Where it leads, whole.
        url: String,
    },
    /// Something that matters less.
    Note(String),
}

/// Sets `text` apart from the direction of what surrounds it: an amount, an address or a name
/// reads the same in every language. Unicode's isolates do it in plain text too.
pub fn isolated(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

impl Letter {
    /// As plain text.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for part in self.parts.iter().chain(&self.footer()) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            match part {
                Part::Text(paragraph) | Part::Note(paragraph) => text.push_str(paragraph),
                Part::Code(value) | Part::Value(value) => {
                    text.push_str("    ");
                    text.push_str(value);
                }
                Part::Link { label, url } => {
                    text.push_str(label);
                    text.push('\n');
                    text.push_str(url);
                }
            }
        }
        text.push('\n');
        text
    }

    /// As a whole HTML document, without pictures, scripts or anything to load.
    pub fn to_html(&self) -> String {
        let mut body = String::new();
        for part in &self.parts {
            write_html(&mut body, part);
        }
        body.push_str("<hr style=\"border:0;border-top:1px solid #d6d0c4;margin:24px 0\">");
        for part in &self.footer() {
            write_html(&mut body, part);
        }
        format!(
            "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
             <body style=\"margin:0;background:#f8f5ef;color:#1b2b33;\
             font:16px/1.6 system-ui,sans-serif\">\
             <div style=\"max-width:34rem;margin:0 auto;padding:24px\">\
             <p style=\"font-size:20px;font-weight:700;margin:0 0 16px\">{name}</p>{body}</div>\
             </body></html>\n",
            lang = self.language.code(),
            dir = self.language.direction(),
            title = escaped(&self.subject),
            name = match self.language {
                Language::En => "Amn",
                Language::Fa => "امن",
            },
        )
    }

    /// What stands below every letter: the one sentence that makes fake support fail.
    fn footer(&self) -> [Part; 1] {
        let text = match self.language {
            Language::En => {
                "Amn never asks for your password, a code or a payment by mail, phone or chat."
            }
            Language::Fa => "امن هرگز با ایمیل، تلفن یا گفتگو از شما گذرواژه، کد یا پول نمی‌خواهد.",
        };
        [Part::Note(text.to_owned())]
    }
}

fn write_html(html: &mut String, part: &Part) {
    const MONO: &str = "font-family:ui-monospace,monospace;overflow-wrap:anywhere";
    let written = match part {
        Part::Text(text) => write!(html, "<p style=\"margin:0 0 16px\">{}</p>", escaped(text)),
        Part::Code(code) => write!(
            html,
            "<p dir=\"ltr\" style=\"margin:0 0 16px;font-size:32px;letter-spacing:4px;{MONO}\">\
             {}</p>",
            escaped(code)
        ),
        Part::Value(value) => write!(
            html,
            "<p dir=\"ltr\" style=\"margin:0 0 16px;{MONO}\">{}</p>",
            escaped(value)
        ),
        Part::Link { label, url } => write!(
            html,
            "<p style=\"margin:0 0 16px\"><a href=\"{url}\" style=\"color:#0b5f6b\">{label}</a>\
             </p>",
            url = escaped(url),
            label = escaped(label)
        ),
        Part::Note(text) => write!(
            html,
            "<p style=\"margin:0 0 16px;font-size:14px;color:#4c5a61\">{}</p>",
            escaped(text)
        ),
    };
    written.expect("writing to a string does not fail");
}

/// For text and for attributes in double quotes.
fn escaped(text: &str) -> String {
    html_escape::encode_quoted_attribute(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(part: Part) -> Letter {
        Letter {
            language: Language::Fa,
            subject: "</title><script>".into(),
            parts: vec![part],
        }
    }

    #[test]
    fn what_people_typed_is_escaped_everywhere_in_html() {
        let hostile = "\"><script>alert('1')</script>&";
        for part in [
            Part::Text(hostile.into()),
            Part::Code(hostile.into()),
            Part::Value(hostile.into()),
            Part::Note(hostile.into()),
            Part::Link {
                label: hostile.into(),
                url: hostile.into(),
            },
        ] {
            let html = letter(part).to_html();
            assert!(!html.contains("<script"), "{html}");
            assert!(!html.contains("\"\">"), "no attribute ends early: {html}");
        }
    }

    #[test]
    fn a_letter_says_its_language_and_direction() {
        let html = letter(Part::Text("سلام".into())).to_html();
        assert!(html.contains("<html lang=\"fa\" dir=\"rtl\">"));
    }

    #[test]
    fn text_and_html_say_the_same() {
        let parts = vec![
            Part::Text("Hello".into()),
            Part::Code("418206".into()),
            Part::Link {
                label: "Open".into(),
                url: "https://amn.example/deals".into(),
            },
        ];
        let letter = Letter {
            language: Language::En,
            subject: "Subject".into(),
            parts,
        };
        let (text, html) = (letter.to_text(), letter.to_html());
        for said in [
            "Hello",
            "418206",
            "https://amn.example/deals",
            "never asks for",
        ] {
            assert!(text.contains(said) && html.contains(said), "{said}");
        }
    }
}
