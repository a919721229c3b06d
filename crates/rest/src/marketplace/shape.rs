//! What the answers about the marketplace are made of.

use domain::category::Shelf;
use domain::language::Localized as Names;
use domain::text::Line;
use serde::Serialize;
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// A text in every language of the site.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Localized {
    #[schema(example = "Phones")]
    en: String,
    #[schema(example = "گوشی")]
    fa: String,
}

impl From<&Names<Line<60>>> for Localized {
    fn from(names: &Names<Line<60>>) -> Self {
        Self {
            en: names.en.to_string(),
            fa: names.fa.to_string(),
        }
    }
}

/// What a request is filed in, in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Filed {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "phones")]
    slug: String,
    name: Localized,
}

impl From<&domain::category::Category> for Filed {
    fn from(category: &domain::category::Category) -> Self {
        Self {
            id: category.id.to_string(),
            slug: category.slug.to_string(),
            name: Localized::from(&category.name),
        }
    }
}

/// What requests are filed in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    name: Localized,
    #[schema(example = "phones")]
    slug: String,
    /// The name of a picture in the icon sprite.
    #[schema(example = "phone")]
    icon: Option<String>,
    /// The category that it lies in.
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5f")]
    parent_id: Option<String>,
    /// Its place among its neighbours.
    #[schema(example = 1)]
    order: u32,
    /// Whether new requests may be filed in it.
    #[schema(example = true)]
    is_active: bool,
    #[schema(example = 1)]
    version: u64,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    updated_at: String,
}

impl From<&Shelf> for Category {
    fn from(shelf: &Shelf) -> Self {
        let category = &shelf.category;
        Self {
            id: category.id.to_string(),
            name: Localized::from(&category.name),
            slug: category.slug.to_string(),
            icon: category.icon.as_ref().map(ToString::to_string),
            parent_id: category.parent.map(|parent| parent.to_string()),
            order: category.order,
            is_active: shelf.is_open,
            version: category.version,
            created_at: rfc3339(category.created_at),
            updated_at: rfc3339(category.updated_at),
        }
    }
}
