//! Where one is in a list that is read page by page, and the ways to its neighbours.
//!
//! A list only leads onwards. The way back is the trail of places that one came by, carried in the
//! address; a very long one forgets its beginning, and then leads to the first page.

use services::paging::{Cursor, Limit, PageRequest};

use crate::page::Page;

/// So many steps back are remembered.
const TRAIL_MAX: usize = 12;
/// Stands in the trail for the first page.
const FIRST: &str = "first";

/// A place in a list, as the address tells it.
#[derive(Debug, Clone, Default)]
pub struct ListPlace {
    /// Stands before the words of the query, for the second list of a page.
    name: &'static str,
    after: Option<Cursor>,
    trail: Vec<String>,
}

impl ListPlace {
    /// Reads `after` and `trail` of the query; whatever is no place of a list is the first page.
    pub fn of(page: &Page) -> Self {
        Self::named(page, "")
    }

    /// The same of another list on the page, whose words in the query begin with `name`.
    pub fn named(page: &Page, name: &'static str) -> Self {
        let read = |word: &str| page.query(&format!("{name}{word}"));
        let after = read("after").and_then(|word| Cursor::parse(word).ok());
        let trail = read("trail").unwrap_or_default();
        let is_step = |step: &&str| *step == FIRST || Cursor::parse(step).is_ok();
        Self {
            name,
            trail: match after {
                Some(_) => trail
                    .split('.')
                    .filter(is_step)
                    .map(ToOwned::to_owned)
                    .collect(),
                None => Vec::new(),
            },
            after,
        }
    }

    /// What to ask the list for.
    pub const fn request(&self, limit: Limit) -> PageRequest {
        PageRequest {
            after: self.after,
            limit,
            is_reversed: false,
        }
    }

    /// `base` with this very place, for the links of another list on the page.
    pub fn kept_in(&self, base: &str) -> String {
        let trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
        match self.after {
            Some(after) => self.address(base, &after.to_string(), &trail),
            None => base.to_owned(),
        }
    }

    /// The link to the page that begins at `next`; `base` is a path with the other parts of the
    /// query, if any.
    pub fn older(&self, base: &str, next: Option<Cursor>) -> Option<String> {
        let next = next?;
        let here = self
            .after
            .map_or_else(|| FIRST.to_owned(), |here| here.to_string());
        let mut trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
        trail.push(&here);
        let forgotten = trail.len().saturating_sub(TRAIL_MAX);
        let trail = trail.split_off(forgotten);
        Some(self.address(base, &next.to_string(), &trail))
    }

    /// The link back to where one came from; none on the first page.
    pub fn newer(&self, base: &str) -> Option<String> {
        self.after?;
        Some(match self.trail.split_last() {
            None => base.to_owned(),
            Some((step, _)) if step == FIRST => base.to_owned(),
            Some((step, rest)) => {
                let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
                self.address(base, step, &rest)
            }
        })
    }

    fn address(&self, base: &str, after: &str, trail: &[&str]) -> String {
        let (mark, name) = (mark(base), self.name);
        let place = format!("{base}{mark}{name}after={after}");
        if trail.is_empty() {
            return place;
        }
        format!("{place}&{name}trail={}", trail.join("."))
    }
}

fn mark(base: &str) -> char {
    if base.contains('?') { '&' } else { '?' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(key: i64) -> Cursor {
        Cursor::new(key, domain::id::OfferId::derived(&[]).as_uuid())
    }

    /// Follows a link: what the next page reads of it.
    fn follow(link: &str) -> ListPlace {
        let value = |name: &str| {
            let (_, query) = link.split_once('?')?;
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find_map(|(key, value)| (key == name).then_some(value))
        };
        ListPlace {
            name: "",
            after: value("after").and_then(|word| Cursor::parse(word).ok()),
            trail: value("trail")
                .map(|trail| trail.split('.').map(ToOwned::to_owned).collect())
                .unwrap_or_default(),
        }
    }

    #[test]
    fn the_way_back_is_the_way_one_came() {
        let base = "/requests?q=a";
        let mut place = ListPlace::default();
        assert_eq!(place.newer(base), None);
        let mut came_by = Vec::new();
        for key in 0..5 {
            came_by.push(place.after);
            place = follow(&place.older(base, Some(cursor(key))).unwrap());
        }
        for expected in came_by.into_iter().rev() {
            place = follow(&place.newer(base).unwrap());
            assert_eq!(place.after, expected);
        }
        assert_eq!(place.newer(base), None);
    }

    #[test]
    fn a_long_way_ends_at_the_first_page() {
        let mut place = ListPlace::default();
        for key in 0..40 {
            place = follow(&place.older("/feed", Some(cursor(key))).unwrap());
        }
        assert!(place.trail.len() <= TRAIL_MAX);
        for _ in 0..40 {
            match place.newer("/feed") {
                Some(link) => place = follow(&link),
                None => return,
            }
        }
        panic!("the first page is never reached");
    }

    #[test]
    fn the_last_page_leads_no_further() {
        assert_eq!(ListPlace::default().older("/feed", None), None);
    }

    #[test]
    fn two_lists_of_a_page_keep_their_places_apart() {
        let first = ListPlace {
            after: Some(cursor(1)),
            ..ListPlace::default()
        };
        let second = ListPlace {
            name: "approve_",
            ..ListPlace::default()
        };
        let onwards = second
            .older(&first.kept_in("/disputes?view=mine"), Some(cursor(2)))
            .unwrap();
        let expected = format!(
            "/disputes?view=mine&after={}&approve_after={}&approve_trail=first",
            cursor(1),
            cursor(2)
        );
        assert_eq!(onwards, expected);
        assert_eq!(second.kept_in("/disputes"), "/disputes");
    }
}
