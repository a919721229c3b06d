//! Pieces of HTML: escaping, the frame around every page, a button that posts.

use core::fmt::{self, Display, Write as _};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Units;

use crate::coin::{Coin, FIAT_PLACES};

/// Text that is safe between tags and in quoted attributes.
#[derive(Debug)]
pub(super) struct Text<T>(pub(super) T);

impl<T: Display> Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.to_string().chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// A whole page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) title: String,
    pub(super) main: String,
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let title = Text(&self.title);
        let main = &self.main;
        let html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\">\
             <title>{title} · SHKeeper simulator</title>\
             <link rel=\"icon\" href=\"data:,\">\
             <link rel=\"stylesheet\" href=\"/page.css\"></head><body>\
             <header><a class=\"brand\" href=\"/\">SHKeeper simulator</a>\
             <p>No real money. This chain, its coins and this wallet are made up.</p></header>\
             <main>{main}</main></body></html>"
        );
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::REFERRER_POLICY, "same-origin"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (self.status, headers, html).into_response()
    }
}

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// A form that is one button, with what it sends along.
pub(super) fn button(action: &str, label: &str, class: &str, fields: &[(&str, &str)]) -> String {
    let hidden = fields.iter().fold(String::new(), |all, (name, value)| {
        let value = Text(value);
        all + &format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
    });
    format!(
        "<form method=\"post\" action=\"{}\">{hidden}<button class=\"{class}\">{}</button></form>",
        Text(action),
        Text(label)
    )
}

/// An amount with its coin, for people.
pub(super) fn amount(coin: Coin, units: Units) -> String {
    format!("{} {}", units.to_grouped(coin.decimals), coin.name)
}

/// A fiat sum, for people.
pub(super) fn fiat(units: Units, currency: &str) -> String {
    format!("{} {currency}", units.to_grouped(FIAT_PLACES))
}

/// A long name, cut in the middle.
pub(super) fn short(name: &str) -> String {
    const ENDS: usize = 8;
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= 2 * ENDS + 1 {
        return name.to_owned();
    }
    let begin: String = letters.iter().take(ENDS).collect();
    let end: String = letters.iter().skip(letters.len() - ENDS).collect();
    format!("{begin}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wrote_is_never_markup() {
        let hostile = r#"</textarea><script>alert("&'")</script>"#;
        let escaped = Text(hostile).to_string();
        assert!(!escaped.contains(['<', '>', '"', '\'']));
        assert!(escaped.contains("&amp;"));
    }

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(
            short("0x55d398326f99059fF775485246999027B3197955"),
            "0x55d398…B3197955"
        );
        assert_eq!(short("short"), "short");
    }
}
