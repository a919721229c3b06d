//! Pages of a list: a limit, and the place where the next page begins.

use core::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// At most as many as were asked for, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; none after the last item.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The page with each item turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(turn).collect(),
            next: self.next,
        }
    }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// Begin after this place; none asks for the first page.
    pub after: Option<Cursor>,
    /// How many at the most.
    pub limit: Limit,
    /// From the list's other end. Lists of what happened go both ways; lists of work that waits
    /// know one way only.
    pub is_reversed: bool,
}

impl PageRequest {
    /// The first `limit` items.
    pub const fn first(limit: Limit) -> Self {
        Self {
            after: None,
            limit,
            is_reversed: false,
        }
    }

    /// The items after `cursor`.
    pub const fn after(cursor: Cursor, limit: Limit) -> Self {
        Self {
            after: Some(cursor),
            limit,
            is_reversed: false,
        }
    }

    /// The same list from its other end.
    #[must_use]
    pub const fn reversed(self, is_reversed: bool) -> Self {
        Self {
            is_reversed,
            ..self
        }
    }
}

/// How many items at the most: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit(u8);

impl Limit {
    /// The most that one page holds.
    pub const MAX: Self = Self(100);

    /// The nearest number of items that a page may have.
    pub const fn new(items: u32) -> Self {
        match items {
            0 => Self(1),
            1..=100 => Self(items.to_le_bytes()[0]),
            _ => Self::MAX,
        }
    }

    /// The bare number.
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

/// A place in a list: the sort key and the id of the last item that was seen. Clients get it as an
/// opaque word and give it back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    key: i64,
    id: Uuid,
}

/// The word is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in a list")]
pub struct InvalidCursor;

impl Cursor {
    /// The place right after the item with this sort key and id.
    pub const fn new(key: i64, id: Uuid) -> Self {
        Self { key, id }
    }

    /// The sort key of the last item seen.
    pub const fn key(self) -> i64 {
        self.key
    }

    /// The id of the last item seen.
    pub const fn id(self) -> Uuid {
        self.id
    }

    /// Reads the word that [`Display`](fmt::Display) wrote.
    ///
    /// # Errors
    /// [`InvalidCursor`] for anything else.
    pub fn parse(word: &str) -> Result<Self, InvalidCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(word).map_err(|_| InvalidCursor)?;
        let (key, id) = bytes.split_first_chunk::<8>().ok_or(InvalidCursor)?;
        let id = Uuid::from_slice(id).map_err(|_| InvalidCursor)?;
        Ok(Self::new(i64::from_be_bytes(*key), id))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 24];
        let (key, id) = bytes.split_at_mut(8);
        key.copy_from_slice(&self.key.to_be_bytes());
        id.copy_from_slice(self.id.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({}, {})", self.key, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_from_the_word_that_clients_get() {
        let cursor = Cursor::new(-7, Uuid::from_u128(0xabc));
        assert_eq!(Cursor::parse(&cursor.to_string()), Ok(cursor));
    }

    #[test]
    fn a_word_that_we_never_gave_is_refused() {
        for word in ["", "x", "AAAA", "!!!!", &"A".repeat(33), "۱۲۳"] {
            assert_eq!(Cursor::parse(word), Err(InvalidCursor), "{word}");
        }
    }

    #[test]
    fn a_page_has_one_to_a_hundred_items() {
        let sizes = [0, 1, 20, 100, 101, u32::MAX].map(|items| Limit::new(items).get());
        assert_eq!(sizes, [1, 1, 20, 100, 100, 100]);
    }
}
