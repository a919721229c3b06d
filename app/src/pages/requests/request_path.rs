//! The address of a request: `/requests/{id}-{words of its title}`.
//!
//! Only the id counts; the words are for people, and an address with other words leads to the one
//! with the right ones.

use domain::id::RequestId;

use crate::next_path::query_value;
use crate::page::Failure;

/// Letters of an id as it is written.
const ID_LENGTH: usize = 36;
/// Letters of the words at the most.
const WORDS_MAX: usize = 60;

/// The path of a request with this title.
pub(crate) fn request_path(id: RequestId, title: &str) -> String {
    let words = words(title);
    if words.is_empty() {
        format!("/requests/{id}")
    } else {
        format!("/requests/{id}-{}", query_value(&words))
    }
}

/// The id that a segment of the path begins with.
///
/// # Errors
/// [`Failure::NotFound`] when it begins with none.
pub(crate) fn read_id(segment: &str) -> Result<RequestId, Failure> {
    let id = segment.get(..ID_LENGTH).ok_or(Failure::NotFound)?;
    let rest = segment.get(ID_LENGTH..).unwrap_or_default();
    if !rest.is_empty() && !rest.starts_with('-') {
        return Err(Failure::NotFound);
    }
    id.parse().map_err(|_| Failure::NotFound)
}

/// The words of a title in small letters, parted by hyphens. No letter is changed into another, so
/// that Persian titles stay readable where browsers show them.
fn words(title: &str) -> String {
    let mut words = String::new();
    let mut length = 0;
    for word in title.split(|letter: char| !letter.is_alphanumeric()) {
        let word = word.to_lowercase();
        let letters = word.chars().count();
        if word.is_empty() {
            continue;
        }
        if length + letters > WORDS_MAX {
            break;
        }
        if !words.is_empty() {
            words.push('-');
        }
        words.push_str(&word);
        length += letters + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> RequestId {
        RequestId::derived(&[b"request"])
    }

    #[test]
    fn an_address_carries_the_words_of_the_title() {
        let path = request_path(id(), "A camera, 35 mm: <b>\"cheap\"</b>/../..");
        assert_eq!(path, format!("/requests/{}-a-camera-35-mm-b-cheap-b", id()));
        let path = request_path(id(), "دوربین");
        assert!(
            path.ends_with("-%D8%AF%D9%88%D8%B1%D8%A8%DB%8C%D9%86"),
            "{path}"
        );
        assert_eq!(request_path(id(), "!?"), format!("/requests/{}", id()));
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let path = request_path(id(), &"word ".repeat(40));
        assert!(path.len() < 120, "{path}");
        assert!(path.ends_with("-word"));
    }

    #[test]
    fn only_the_id_counts() {
        let id = id();
        assert_eq!(read_id(&id.to_string()), Ok(id));
        assert_eq!(read_id(&format!("{id}-whatever")), Ok(id));
        assert_eq!(read_id(&format!("{id}-دوربین")), Ok(id));
        for wrong in [
            "",
            "new",
            &format!("{id}x"),
            "دوربین دوربین دوربین دوربین دوربین",
        ] {
            assert_eq!(read_id(wrong), Err(Failure::NotFound), "{wrong}");
        }
    }
}
