//! Categories are made, renamed, ordered, closed and opened again. None is ever removed: requests
//! lie in them.

use domain::category::{Catalogue, Category, Slug};
use domain::digest::Digest;
use domain::id::{AuditId, CategoryId, UserId};
use domain::language::Localized;
use domain::policy::Action;
use domain::text::Line;
use storage::{CommitError, InsertError, NewAuditEntry, StoreError};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::record::Record;

/// A category that there is not yet.
#[derive(Debug, Clone)]
pub struct NewCategory {
    /// What people read.
    pub name: Localized<Line<60>>,
    /// What stands for it in addresses, for ever.
    pub slug: Slug,
    /// The category it belongs to.
    pub parent: Option<CategoryId>,
    /// Its place among its neighbours, smallest first.
    pub order: u32,
}

/// What may change of a category.
#[derive(Debug, Clone)]
pub struct EditCategory {
    /// Which one.
    pub id: CategoryId,
    /// The version that the page showed.
    pub expected_version: Option<u64>,
    /// What people read.
    pub name: Localized<Line<60>>,
    /// Its place among its neighbours, smallest first.
    pub order: u32,
    /// Whether new requests may be filed in it.
    pub is_active: bool,
}

/// Why a category was not written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WriteCategoryError {
    /// There is none.
    #[error("there is no such category")]
    NotFound,
    /// Another category has this slug.
    #[error("another category has this slug already")]
    SlugTaken,
    /// The parent is missing, or lies as deep as categories may.
    #[error("nothing can lie in this category: there are three levels at the most")]
    TooDeep,
    /// Somebody else changed it in between.
    #[error("this category was changed in between; look at it again")]
    Stale,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<StoreError> for WriteCategoryError {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl Services {
    /// Makes a category. Asking for the same twice makes one.
    ///
    /// # Errors
    /// [`WriteCategoryError`].
    pub async fn create_category(
        &self,
        actor: &Actor,
        new: NewCategory,
    ) -> Result<Category, WriteCategoryError> {
        let admin = actor.person_who_may(Action::ManageCategories);
        let admin = admin.map_err(Failure::from)?.id;
        let catalogue = self.catalogue().await?;
        if new
            .parent
            .is_some_and(|parent| !has_room(&catalogue, parent))
        {
            return Err(WriteCategoryError::TooDeep);
        }
        if catalogue.find_slug(new.slug.as_str()).is_some() {
            return Err(WriteCategoryError::SlugTaken);
        }
        let category = Category::new(new.name, new.slug, new.parent, new.order, self.now());
        self.write_down([self.categorised(admin, None, &category)])
            .await?;
        match self.store.categories().insert(&category).await {
            Ok(()) => Ok(category),
            Err(InsertError::Exists { .. } | InsertError::Conflict { .. }) => {
                Err(WriteCategoryError::SlugTaken)
            }
            Err(InsertError::Store(error)) => Err(error.into()),
        }
    }

    /// Renames a category, moves it among its neighbours, closes or opens it.
    ///
    /// # Errors
    /// [`WriteCategoryError`].
    pub async fn edit_category(
        &self,
        actor: &Actor,
        edit: EditCategory,
    ) -> Result<Category, WriteCategoryError> {
        let admin = actor.person_who_may(Action::ManageCategories);
        let admin = admin.map_err(Failure::from)?.id;
        let before = self.store.categories().find(edit.id).await?;
        let before = before.ok_or(WriteCategoryError::NotFound)?;
        if edit
            .expected_version
            .is_some_and(|seen| seen != before.version)
        {
            return Err(WriteCategoryError::Stale);
        }
        let after = before.edit(edit.name, edit.order, edit.is_active, self.now());
        self.write_down([self.categorised(admin, Some(&before), &after)])
            .await?;
        match self.store.categories().commit(&after, before.version).await {
            Ok(()) => Ok(after),
            Err(CommitError::Stale | CommitError::Conflict { .. }) => {
                Err(WriteCategoryError::Stale)
            }
            Err(CommitError::Store(error)) => Err(error.into()),
        }
    }

    fn categorised(&self, admin: UserId, before: Option<&Category>, after: &Category) -> Record {
        let digest = Digest::of_value(after);
        Record::Entry(NewAuditEntry {
            id: AuditId::derived(&[
                b"category",
                after.id.as_uuid().as_bytes(),
                &after.version.to_be_bytes(),
                admin.as_uuid().as_bytes(),
                digest.to_string().as_bytes(),
            ]),
            at: self.now(),
            actor: Some(admin),
            action: Action::ManageCategories.code().to_owned(),
            subject: format!("category:{}", after.slug),
            before: before.map(Digest::of_value),
            after: Some(digest),
            reason: None,
            ip: None,
        })
    }
}

fn has_room(catalogue: &Catalogue, parent: CategoryId) -> bool {
    let shelf = catalogue.find(parent);
    shelf.is_some_and(|shelf| shelf.depth.saturating_add(1) < Category::DEPTH_MAX)
}
