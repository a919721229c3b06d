//! Categories.

use std::sync::Arc;

use domain::Localized;
use domain::category::{Category, Slug};
use domain::text::Line;

use super::NOON;
use crate::{CommitError, InsertError, Store};

fn category(slug: &str) -> Category {
    let name = Localized {
        en: Line::new("Books").unwrap(),
        fa: Line::new("کتاب").unwrap(),
    };
    Category::new(name, Slug::new(slug).unwrap(), None, 1, NOON)
}

pub(crate) async fn all_categories_are_found(store: Arc<dyn Store>) {
    let categories = store.categories();
    let all = ["books", "cameras", "phones"].map(category);
    for category in &all {
        categories.insert(category).await.unwrap();
    }
    let mut found = categories.list_all().await.unwrap();
    found.sort_by_key(|category| category.slug.clone());
    assert_eq!(found, all);
}

pub(crate) async fn a_slug_stands_for_one_category(store: Arc<dyn Store>) {
    let categories = store.categories();
    let (books, cameras) = (category("books"), category("cameras"));
    categories.insert(&books).await.unwrap();
    categories.insert(&cameras).await.unwrap();
    let again = categories.insert(&books).await;
    assert!(matches!(again, Err(InsertError::Exists { same: true })));
    let mut renamed = cameras.clone();
    renamed.slug = books.slug;
    renamed.version += 1;
    let refused = categories.commit(&renamed, cameras.version).await;
    assert!(matches!(
        refused,
        Err(CommitError::Conflict { field: "slug" })
    ));
}
