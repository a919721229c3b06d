//! Categories: a tree, at most three deep, that requests are filed in.

use core::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::id::CategoryId;
use crate::language::Localized;
use crate::text::Line;
use crate::time::Timestamp;

/// What stands for a category in addresses: `mobile-phones`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// The text is no slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a slug is 1 to 60 letters a–z, digits and single hyphens between them")]
pub struct InvalidSlug;

impl Slug {
    /// The longest, in characters.
    pub const MAX: usize = 60;

    /// Takes a slug.
    ///
    /// # Errors
    /// [`InvalidSlug`].
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidSlug> {
        let text = text.into();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let parted = text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(plain));
        if parted && text.len() <= Self::MAX {
            Ok(Self(text))
        } else {
            Err(InvalidSlug)
        }
    }

    /// The bare text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slug({})", self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Self, InvalidSlug> {
        Self::new(text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// One category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Derived from the slug it was made with.
    pub id: CategoryId,
    /// Raised by every commit.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// What people read.
    pub name: Localized<Line<60>>,
    /// What stands for it in addresses.
    pub slug: Slug,
    /// The name of a picture in the icon sprite.
    pub icon: Option<Slug>,
    /// The category it belongs to.
    pub parent: Option<CategoryId>,
    /// Its place among its neighbours, smallest first.
    pub order: u32,
    /// Whether new requests may be filed in it.
    pub is_active: bool,
}

impl Category {
    /// How deep the tree may be.
    pub const DEPTH_MAX: usize = 3;

    /// A new active category.
    pub fn new(
        name: Localized<Line<60>>,
        slug: Slug,
        parent: Option<CategoryId>,
        order: u32,
        now: Timestamp,
    ) -> Self {
        Self {
            id: CategoryId::derived(&[slug.as_str().as_bytes()]),
            version: 1,
            created_at: now,
            updated_at: now,
            name,
            slug,
            icon: None,
            parent,
            order,
            is_active: true,
        }
    }

    /// With other words, another place among its neighbours, open or closed. The slug and where it
    /// lies in the tree stay: addresses and requests name them.
    #[must_use]
    pub fn edit(
        &self,
        name: Localized<Line<60>>,
        order: u32,
        is_active: bool,
        now: Timestamp,
    ) -> Self {
        Self {
            version: self.version.saturating_add(1),
            updated_at: now,
            name,
            order,
            is_active,
            ..self.clone()
        }
    }
}

/// All categories, arranged: parents before children, neighbours in their order. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue(Arc<[Shelf]>);

/// A category and how deep it lies: 0 for one without a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// The category.
    pub category: Category,
    /// How many categories it lies in.
    pub depth: usize,
    /// Whether requests may be filed in it: it and all it lies in are active.
    pub is_open: bool,
}

impl Catalogue {
    /// Arranges categories. One whose parent is missing, or that lies in itself or too deep, is
    /// left out with all it holds.
    pub fn arrange(categories: impl IntoIterator<Item = Category>) -> Self {
        let mut waiting: Vec<Category> = categories.into_iter().collect();
        waiting.sort_by(|one, other| (one.order, &one.slug).cmp(&(other.order, &other.slug)));
        let mut shelves = Vec::new();
        Self::place(&waiting, None, 0, true, &mut shelves);
        Self(shelves.into())
    }

    fn place(
        waiting: &[Category],
        parent: Option<CategoryId>,
        depth: usize,
        is_open: bool,
        shelves: &mut Vec<Shelf>,
    ) {
        if depth >= Category::DEPTH_MAX {
            return;
        }
        for category in waiting.iter().filter(|category| category.parent == parent) {
            let is_open = is_open && category.is_active;
            shelves.push(Shelf {
                category: category.clone(),
                depth,
                is_open,
            });
            Self::place(
                waiting,
                Some(category.id),
                depth.saturating_add(1),
                is_open,
                shelves,
            );
        }
    }

    /// All of them, parents before children.
    pub fn shelves(&self) -> &[Shelf] {
        &self.0
    }

    /// Those that requests may be filed in.
    pub fn open(&self) -> impl Iterator<Item = &Shelf> {
        self.0.iter().filter(|shelf| shelf.is_open)
    }

    /// The one with this id.
    pub fn find(&self, id: CategoryId) -> Option<&Shelf> {
        self.0.iter().find(|shelf| shelf.category.id == id)
    }

    /// The one with this slug.
    pub fn find_slug(&self, slug: &str) -> Option<&Shelf> {
        self.0
            .iter()
            .find(|shelf| shelf.category.slug.as_str() == slug)
    }

    /// The category itself and all that lies in it: what a search in it looks through.
    pub fn within(&self, id: CategoryId) -> Vec<CategoryId> {
        let mut within = Vec::new();
        let mut root_depth = None;
        for shelf in &*self.0 {
            if shelf.category.id == id {
                root_depth = Some(shelf.depth);
            } else if root_depth.is_some_and(|depth| shelf.depth <= depth) {
                break;
            }
            if root_depth.is_some() {
                within.push(shelf.category.id);
            }
        }
        within
    }

    /// The way from the top to the category, itself last.
    pub fn path(&self, id: CategoryId) -> Vec<&Category> {
        let mut path = Vec::new();
        let mut next = Some(id);
        while let Some(shelf) = next.and_then(|id| self.find(id)) {
            path.push(&shelf.category);
            next = shelf.category.parent;
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(slug: &str, parent: Option<&str>, order: u32) -> Category {
        let name = Line::new(slug).unwrap();
        let name = Localized::each(|_| name.clone());
        let parent = parent.map(|slug| CategoryId::derived(&[slug.as_bytes()]));
        let slug = Slug::new(slug).unwrap();
        Category::new(name, slug, parent, order, Timestamp::default())
    }

    fn id(slug: &str) -> CategoryId {
        CategoryId::derived(&[slug.as_bytes()])
    }

    fn slugs(catalogue: &Catalogue) -> Vec<&str> {
        catalogue
            .shelves()
            .iter()
            .map(|shelf| shelf.category.slug.as_str())
            .collect()
    }

    #[test]
    fn children_follow_their_parents_in_their_order() {
        let catalogue = Catalogue::arrange([
            category("phones", Some("electronics"), 2),
            category("books", None, 2),
            category("laptops", Some("electronics"), 1),
            category("electronics", None, 1),
        ]);
        assert_eq!(
            slugs(&catalogue),
            ["electronics", "laptops", "phones", "books"]
        );
        assert_eq!(catalogue.within(id("electronics")).len(), 3);
        assert_eq!(catalogue.within(id("books")), [id("books")]);
        assert_eq!(catalogue.within(id("nothing")), []);
        let path = catalogue.path(id("phones"));
        assert_eq!(
            path.iter().map(|one| one.slug.as_str()).collect::<Vec<_>>(),
            ["electronics", "phones"]
        );
    }

    #[test]
    fn what_lies_in_a_closed_category_is_closed() {
        let mut electronics = category("electronics", None, 1);
        electronics.is_active = false;
        let catalogue =
            Catalogue::arrange([electronics, category("phones", Some("electronics"), 1)]);
        assert_eq!(catalogue.open().count(), 0);
        assert_eq!(catalogue.shelves().len(), 2);
    }

    #[test]
    fn orphans_rings_and_depths_are_left_out() {
        let catalogue = Catalogue::arrange([
            category("orphan", Some("nobody"), 1),
            category("hen", Some("egg"), 1),
            category("egg", Some("hen"), 1),
            category("a", None, 1),
            category("b", Some("a"), 1),
            category("c", Some("b"), 1),
            category("d", Some("c"), 1),
        ]);
        assert_eq!(slugs(&catalogue), ["a", "b", "c"]);
    }

    #[test]
    fn slugs_are_plain() {
        assert!(Slug::new("mobile-phones-5").is_ok());
        for refused in [
            "",
            "-",
            "a--b",
            "-a",
            "a-",
            "A",
            "a b",
            "گوشی",
            &"a".repeat(61),
        ] {
            assert_eq!(Slug::new(refused), Err(InvalidSlug), "{refused}");
        }
    }
}
