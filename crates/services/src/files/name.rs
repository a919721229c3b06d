//! Names of files, made safe to show, to store and to save again.

use domain::text::Line;

use super::FileKind;

/// The longest name that is kept, in characters.
const CHARS_MAX: usize = 100;
const NAMELESS: &str = "file";

/// What is left of a name that came with a file: no folders, nothing invisible, nothing that a
/// file system minds, and an end that says what the file really is.
pub(super) fn safe_name(raw: &str, kind: FileKind) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|char| !matches!(char, '<' | '>' | ':' | '"' | '|' | '?' | '*' | ';' | '%'))
        .collect();
    let clean = Line::<4_000>::new(&plain).map_or_else(|_| String::new(), String::from);
    let clean = clean.trim_matches(|char: char| char == '.' || char.is_whitespace());
    let extension = kind.extensions().first().copied().unwrap_or_default();
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, end)) if says(kind, end) => (stem, end.to_ascii_lowercase()),
        Some(_) | None => (clean, extension.to_owned()),
    };
    let room = CHARS_MAX.saturating_sub(extension.len()).saturating_sub(1);
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end();
    let stem = if stem.is_empty() || is_reserved(stem) {
        NAMELESS
    } else {
        stem
    };
    format!("{stem}.{extension}")
}

fn says(kind: FileKind, end: &str) -> bool {
    kind.extensions()
        .iter()
        .any(|extension| end.eq_ignore_ascii_case(extension))
}

/// Names that Windows takes for devices, whatever their ends.
fn is_reserved(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or_default().trim_end();
    let numbered = |prefix: &str| {
        let rest = base.get(prefix.len()..);
        base.get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
            && rest.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let named = ["con", "prn", "aux", "nul"];
    named.iter().any(|name| base.eq_ignore_ascii_case(name)) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(raw: &str) -> String {
        safe_name(raw, FileKind::Jpeg)
    }

    #[test]
    fn good_names_stay() {
        assert_eq!(jpeg("parcel 2.JPG"), "parcel 2.jpg");
        assert_eq!(jpeg("رسید پست.jpeg"), "رسید پست.jpeg");
        assert_eq!(safe_name("chat.csv", FileKind::Text), "chat.csv");
    }

    #[test]
    fn no_name_leads_anywhere() {
        for raw in [
            "../../etc/passwd.jpg",
            "..\\..\\windows\\passwd.jpg",
            "/etc/passwd.jpg",
            "C:passwd.jpg",
            "file:///x/passwd.jpg",
        ] {
            let name = jpeg(raw);
            assert!(name.ends_with("passwd.jpg"), "{name}");
            assert!(!name.contains(['/', '\\', ':']), "{name}");
        }
        for raw in [
            "",
            "..",
            ".",
            "///",
            "...jpg",
            ".jpg",
            "\0",
            "\u{202e}\u{200b}",
        ] {
            assert!(
                ["file.jpg", "jpg.jpg"].contains(&jpeg(raw).as_str()),
                "{raw:?}"
            );
        }
    }

    #[test]
    fn a_name_does_not_lie_about_the_type() {
        assert_eq!(jpeg("invoice.exe"), "invoice.exe.jpg");
        assert_eq!(jpeg("photo.jpg.html"), "photo.jpg.html.jpg");
        assert_eq!(jpeg("cod\u{202e}gpj.exe"), "codgpj.exe.jpg");
        assert_eq!(safe_name("a.png", FileKind::Pdf), "a.png.pdf");
    }

    #[test]
    fn nothing_that_a_header_or_a_file_system_minds_is_left() {
        assert_eq!(
            jpeg("a\"b\r\nSet-Cookie: x=1;.jpg"),
            "ab Set-Cookie x=1.jpg"
        );
        assert_eq!(jpeg("a\tb%0d%0a.jpg"), "a b0d0a.jpg");
        assert_eq!(jpeg("NUL.jpg"), "file.jpg");
        assert_eq!(jpeg("com1.tar.jpg"), "file.jpg");
        assert_eq!(jpeg("console.jpg"), "console.jpg");
    }

    #[test]
    fn a_long_name_is_cut_before_its_end() {
        let name = jpeg(&format!("{}.jpg", "ب".repeat(500)));
        assert_eq!(name.chars().count(), CHARS_MAX);
        assert_eq!(name.rsplit_once('.').unwrap().1, "jpg");
    }
}
