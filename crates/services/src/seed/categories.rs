//! The categories that a new marketplace begins with.

use domain::Localized;
use domain::category::{Category, Slug};
use domain::id::CategoryId;
use domain::policy::Action;
use domain::text::Line;
use storage::InsertError;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Slug, the slug that it lies in, English, Persian; parents before children, in their order.
pub(super) const CATEGORIES: &[(&str, &str, &str, &str)] = &[
    ("electronics", "", "Electronics", "الکترونیک"),
    ("phones", "electronics", "Phones and tablets", "گوشی و تبلت"),
    (
        "computers",
        "electronics",
        "Computers and laptops",
        "رایانه و لپ‌تاپ",
    ),
    (
        "cameras",
        "electronics",
        "Cameras and photography",
        "دوربین و عکاسی",
    ),
    ("audio", "electronics", "Audio", "صوتی"),
    (
        "parts",
        "electronics",
        "Parts and accessories",
        "قطعات و لوازم جانبی",
    ),
    ("home", "", "Home and kitchen", "خانه و آشپزخانه"),
    ("furniture", "home", "Furniture and rugs", "مبلمان و فرش"),
    ("kitchen", "home", "Kitchen", "آشپزخانه"),
    ("tools", "home", "Tools and garden", "ابزار و باغبانی"),
    ("fashion", "", "Fashion", "پوشاک"),
    ("clothing", "fashion", "Clothing", "لباس"),
    ("shoes", "fashion", "Shoes and bags", "کفش و کیف"),
    (
        "watches",
        "fashion",
        "Watches and jewellery",
        "ساعت و زیورآلات",
    ),
    ("media", "", "Books and media", "کتاب و رسانه"),
    ("books", "media", "Books", "کتاب"),
    ("games", "media", "Games and consoles", "بازی و کنسول"),
    ("music-film", "media", "Music and film", "موسیقی و فیلم"),
    ("leisure", "", "Sports and hobbies", "ورزش و سرگرمی"),
    (
        "sports",
        "leisure",
        "Sports and outdoors",
        "ورزش و طبیعت‌گردی",
    ),
    (
        "instruments",
        "leisure",
        "Musical instruments",
        "سازهای موسیقی",
    ),
    (
        "collectibles",
        "leisure",
        "Collectibles and art",
        "هنر و اقلام کلکسیونی",
    ),
    ("vehicles", "", "Vehicles and parts", "خودرو و لوازم"),
    (
        "car-parts",
        "vehicles",
        "Car and motorcycle parts",
        "لوازم خودرو و موتورسیکلت",
    ),
    ("bicycles", "vehicles", "Bicycles", "دوچرخه"),
    ("digital", "", "Digital goods", "کالای دیجیتال"),
    (
        "software",
        "digital",
        "Software and licences",
        "نرم‌افزار و مجوز",
    ),
    (
        "templates",
        "digital",
        "Templates and designs",
        "قالب و طرح آماده",
    ),
    ("services", "", "Services", "خدمات"),
    ("design", "services", "Design", "طراحی"),
    ("development", "services", "Development", "برنامه‌نویسی"),
    (
        "translation",
        "services",
        "Translation and writing",
        "ترجمه و نویسندگی",
    ),
    (
        "consulting",
        "services",
        "Advice and teaching",
        "مشاوره و آموزش",
    ),
    ("other", "", "Everything else", "سایر"),
];

impl Services {
    /// Adds the first categories, as far as they are missing. What admins changed since stays as
    /// they left it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn seed_categories(&self, actor: &Actor) -> Result<(), Failure> {
        actor.may(Action::CreateAccount)?;
        for (order, (slug, parent, en, fa)) in (1..).zip(CATEGORIES) {
            let name = Localized {
                en: line(en),
                fa: line(fa),
            };
            let parent = (!parent.is_empty()).then(|| category_id(parent));
            let slug = Slug::new(*slug).expect("the slugs above are slugs");
            let category = Category::new(name, slug, parent, order, self.now());
            match self.store.categories().insert(&category).await {
                Ok(()) | Err(InsertError::Exists { .. } | InsertError::Conflict { .. }) => {}
                Err(InsertError::Store(error)) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// The id of a category that was made with this slug.
pub(super) fn category_id(slug: &str) -> CategoryId {
    CategoryId::derived(&[slug.as_bytes()])
}

fn line(text: &str) -> Line<60> {
    Line::new(text).expect("the names above fit")
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use domain::category::Catalogue;

    use super::*;

    #[test]
    fn every_category_has_its_place() {
        let categories = (1..)
            .zip(CATEGORIES)
            .map(|(order, (slug, parent, en, fa))| {
                let name = Localized {
                    en: line(en),
                    fa: line(fa),
                };
                let parent = (!parent.is_empty()).then(|| category_id(parent));
                Category::new(
                    name,
                    Slug::new(*slug).unwrap(),
                    parent,
                    order,
                    Timestamp::default(),
                )
            });
        let catalogue = Catalogue::arrange(categories);
        assert_eq!(catalogue.shelves().len(), CATEGORIES.len());
        assert_eq!(catalogue.shelves()[0].category.slug.as_str(), "electronics");
    }
}
