//! What was typed into a form that was refused before anything was done, so that the form can be
//! shown again with it. The browser carries it in the meantime: the server keeps nothing.

use leptos::prelude::{provide_context, use_context};

use super::submission::{BODY_BYTES_MAX, FIELDS_MAX, is_key, is_readable, read_pairs};

/// The largest form that brings a kept form along: what is kept, written once more, and an address
/// and a password.
pub const KEPT_BYTES_MAX: usize = 2 * BODY_BYTES_MAX;

/// The field that asks for a form to be shown again. Our other forms all begin with their key.
const FIELD: &str = "kept";

/// What is never shown again: secrets, and what proves that a person has received a letter.
const SECRETS: [&str; 6] = [
    "code", "current", "new_code", "old_code", "password", "ticket",
];

/// What is typed anew even so: an address to be paid at is typed twice by the person who will be
/// paid, and whoever signs in next on this browser may be another one.
const TYPED_ANEW: [&str; 2] = ["address", "again"];

/// The fields of a form as they were sent, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept(Vec<(String, String)>);

/// What the fields of the page that is being rendered show again, if anything.
#[derive(Debug, Clone)]
struct Shown(Option<Kept>);

impl Kept {
    /// The field that carries [`Self::to_text`] where nothing is to be done but to show the form.
    pub const FIELD: &str = FIELD;

    /// What a form of ours has sent; nothing when nobody can have typed anything into it.
    pub fn sent(body: &[u8]) -> Option<Self> {
        if body.len() > BODY_BYTES_MAX {
            return None;
        }
        Self::new(read_pairs(body)?)
    }

    /// What is to be shown again, when the body asks for that and for nothing else.
    pub fn asked(body: &[u8]) -> Option<Self> {
        match &read_pairs(body)?[..] {
            [(name, text)] if name == FIELD => Self::read(text),
            _ => None,
        }
    }

    /// Reads what [`Self::to_text`] wrote. A browser has carried it: it is trusted no more than a
    /// form is.
    pub fn read(text: &str) -> Option<Self> {
        let pairs: Vec<(String, String)> = serde_json::from_str(text).ok()?;
        let readable = pairs
            .iter()
            .all(|(name, value)| is_readable(name) && is_readable(value));
        let is_fit = readable && pairs.len() <= FIELDS_MAX;
        is_fit.then_some(pairs).and_then(Self::new)
    }

    fn new(mut pairs: Vec<(String, String)>) -> Option<Self> {
        pairs.retain(|(name, _)| {
            let is_lost = Self::is_secret(name) || TYPED_ANEW.contains(&name.as_str());
            !is_lost && name != "version"
        });
        let is_key_fit = |(name, value): &(String, String)| name != "key" || is_key(value);
        let is_typed = |(name, value): &(String, String)| name != "key" && !value.is_empty();
        let is_kept = pairs.iter().all(is_key_fit) && pairs.iter().any(is_typed);
        is_kept.then_some(Self(pairs))
    }

    /// For a hidden field.
    pub fn to_text(&self) -> String {
        serde_json::to_string(&self.0).expect("texts can be written as JSON")
    }

    /// Whether a field is never shown again.
    pub fn is_secret(name: &str) -> bool {
        SECRETS.contains(&name)
    }

    /// Lets all fields that are rendered from now on show this, or what their page says.
    pub fn show(kept: Option<Self>) {
        provide_context(Shown(kept));
    }

    /// What is shown again on the page that is being rendered.
    pub fn current() -> Option<Self> {
        use_context::<Shown>().and_then(|shown| shown.0)
    }

    /// What was in the field `name`, if the form had one.
    pub fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// What was chosen of `name`.
    pub fn values(&self, name: &str) -> Vec<String> {
        let of_name = self.0.iter().filter(|(known, _)| known == name);
        of_name.map(|(_, value)| value.clone()).collect()
    }

    /// What a field shows: what was kept of it, or what the page says.
    pub fn or(name: &str, value: String) -> String {
        let kept = Self::current();
        let kept = kept.as_ref().and_then(|kept| kept.value(name));
        kept.map_or(value, ToOwned::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(kept: &Kept) -> Vec<(&str, &str)> {
        kept.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    #[test]
    fn all_is_kept_but_secrets_and_what_the_page_knows_better() {
        let body = "key=k1&version=3&title=%D8%B3%D9%84%D8%A7%D9%85&tags=a&tags=b&note=&\
                    password=p&current=c&code=123456&ticket=t&address=0x5aA&again=0x5aA";
        let kept = Kept::sent(body.as_bytes()).unwrap();
        let expected = [
            ("key", "k1"),
            ("title", "سلام"),
            ("tags", "a"),
            ("tags", "b"),
            ("note", ""),
        ];
        assert_eq!(pairs(&kept), expected);
        assert_eq!(kept.values("tags"), ["a", "b"]);
        assert_eq!(kept.value("note"), Some(""));
        assert_eq!(kept.value("other"), None);
    }

    #[test]
    fn nothing_is_kept_of_a_form_that_nobody_typed_into() {
        for body in [
            "",
            "key=k1",
            "key=k1&version=2&note=",
            "key=k1&code=123456&password=p",
        ] {
            assert_eq!(Kept::sent(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn nothing_is_kept_of_what_no_form_of_ours_sends() {
        let large = format!("key=k&note={}", "a".repeat(BODY_BYTES_MAX));
        for body in [
            "key=a+b&note=x",
            "key=k&note=%00",
            "key=k&note=%FF",
            large.as_str(),
        ] {
            assert_eq!(Kept::sent(body.as_bytes()), None, "{body:.40}");
        }
    }

    #[test]
    fn what_a_browser_carried_comes_back_as_it_was() {
        let text = "\"</textarea>\r\nسلام\u{1}";
        let body = serde_html_form::to_string([("key", "k"), ("note", text)]).unwrap();
        let kept = Kept::sent(body.as_bytes()).unwrap();
        let carried = serde_html_form::to_string([(Kept::FIELD, kept.to_text())]).unwrap();
        assert_eq!(Kept::asked(carried.as_bytes()), Some(kept));
    }

    #[test]
    fn what_a_browser_carried_is_not_trusted() {
        let many = format!("[{}[\"a\",\"b\"]]", "[\"a\",\"b\"],".repeat(FIELDS_MAX));
        for text in [
            "",
            "{}",
            "[]",
            "[[\"note\"]]",
            "[[\"note\",1]]",
            "[[\"note\",\"\\u0000\"]]",
            "[[\"key\",\"a b\"],[\"note\",\"x\"]]",
            "[[\"password\",\"p\"]]",
            many.as_str(),
        ] {
            assert_eq!(Kept::read(text), None, "{text:.40}");
        }
        let kept = Kept::read("[[\"note\",\"x\"],[\"code\",\"1\"],[\"version\",\"7\"]]").unwrap();
        assert_eq!(pairs(&kept), [("note", "x")]);
    }

    #[test]
    fn only_a_body_of_that_one_field_asks_to_be_shown() {
        let text = "%5B%5B%22note%22%2C%22x%22%5D%5D";
        assert!(Kept::asked(format!("kept={text}").as_bytes()).is_some());
        for body in [
            format!("kept={text}&key=k"),
            format!("key=k&kept={text}"),
            "kept=".to_owned(),
        ] {
            assert_eq!(Kept::asked(body.as_bytes()), None, "{body}");
        }
    }
}
