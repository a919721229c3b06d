//! What somebody chose to see: kept in cookies, and with the account of whoever has one.

pub(super) mod language;
pub(super) mod theme;

use services::people::{EditPreferences, EditPreferencesError};

use crate::page::{Failure, Page};

/// Keeps a choice with the account of the person who is signed in.
async fn keep(page: &Page, command: EditPreferences) -> Result<(), Failure> {
    let actor = page.actor();
    let kept = page.services().edit_preferences(&actor, command).await;
    match kept {
        // Somebody suspended still reads: the cookie serves them as it serves visitors.
        Ok(_) | Err(EditPreferencesError::Failed(services::Failure::Denied(_))) => Ok(()),
        Err(EditPreferencesError::Failed(failure)) => Err(failure.into()),
        Err(EditPreferencesError::UnknownTimeZone) => Err(Failure::Internal),
    }
}
