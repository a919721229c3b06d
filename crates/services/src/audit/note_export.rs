//! Who takes a list out of the house is written down before it leaves.

use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// Notes that a whole list is taken out as a file; whoever may read it, may.
    ///
    /// # Errors
    /// [`Failure`]; then nothing may leave.
    pub async fn note_export(
        &self,
        actor: &Actor,
        action: Action,
        list: &str,
    ) -> Result<(), Failure> {
        let person = actor.person_who_may(action)?;
        let subject = format!("export:{list}");
        let entry = self.entry_of_reading(person.id, action, subject, None);
        self.write_down([entry]).await
    }
}
