//! Categories are made, renamed, ordered, closed; none is removed.

use domain::Role;
use domain::category::Slug;
use domain::language::Localized;
use domain::text::Line;
use services::categories::{EditCategory, NewCategory, WriteCategoryError};
use storage::{AuditFilter, Limit, PageRequest};

use crate::world::World;

fn name(en: &str, fa: &str) -> Localized<Line<60>> {
    Localized {
        en: Line::new(en).unwrap(),
        fa: Line::new(fa).unwrap(),
    }
}

fn new(slug: &str, parent: Option<&str>) -> NewCategory {
    NewCategory {
        name: name("Phones", "گوشی"),
        slug: Slug::new(slug).unwrap(),
        parent: parent.map(|parent| domain::id::CategoryId::derived(&[parent.as_bytes()])),
        order: 1,
    }
}

#[tokio::test]
async fn an_admin_makes_a_category_renames_and_closes_it_and_each_is_in_the_log() {
    let world = World::new();
    let admin = world.person("ada", &[Role::Admin]).await.actor();
    let made = world.create_category(&admin, new("phones", None)).await;
    let made = made.unwrap();
    let edit = EditCategory {
        id: made.id,
        expected_version: Some(made.version),
        name: name("Telephones", "تلفن"),
        order: 7,
        is_active: false,
    };
    let edited = world.edit_category(&admin, edit.clone()).await.unwrap();
    assert_eq!((edited.order, edited.is_active), (7, false));
    assert_eq!(edited.slug, made.slug, "addresses go on working");
    let stale = world.edit_category(&admin, edit).await;
    assert!(matches!(stale, Err(WriteCategoryError::Stale)));
    assert_eq!(world.catalogue().await.unwrap().open().count(), 0);
    let to = AuditFilter::To("category:phones".into());
    let page = PageRequest::first(Limit::MAX);
    let log = world.store().audit().list(&to, page).await.unwrap();
    assert_eq!(log.items.len(), 2);
}

#[tokio::test]
async fn a_slug_stands_for_one_category_and_nothing_lies_four_deep() {
    let world = World::new();
    let admin = world.person("ada", &[Role::Admin]).await.actor();
    for (slug, parent) in [("a", None), ("b", Some("a")), ("c", Some("b"))] {
        world
            .create_category(&admin, new(slug, parent))
            .await
            .unwrap();
    }
    let twin = world.create_category(&admin, new("b", None)).await;
    assert!(matches!(twin, Err(WriteCategoryError::SlugTaken)));
    let deep = world.create_category(&admin, new("d", Some("c"))).await;
    assert!(matches!(deep, Err(WriteCategoryError::TooDeep)));
    let lost = world
        .create_category(&admin, new("e", Some("nobody")))
        .await;
    assert!(matches!(lost, Err(WriteCategoryError::TooDeep)));
}

#[tokio::test]
async fn only_admins_write_categories() {
    let world = World::new();
    for role in [Role::Buyer, Role::Seller, Role::Support, Role::Resolver] {
        let person = world.person(&format!("{role}person"), &[role]).await;
        let refused = world.create_category(&person.actor(), new("x", None)).await;
        assert!(
            matches!(refused, Err(WriteCategoryError::Failed(_))),
            "{role}"
        );
    }
}
