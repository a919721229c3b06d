//! The picture that a person shows of themselves.

use domain::User;
use domain::id::{CommandKey, FileId, UserId};
use domain::policy::Action;

use super::evidence_file::{Staged, Upload};
use super::subject::Subject;
use super::take_in::TakeInError;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::people::ChangeUserError;

impl Services {
    /// Takes a picture in, drawn anew, and shows it in place of the one before. The same bytes
    /// under the same key are one picture.
    ///
    /// # Errors
    /// [`TakeInError`]; documents and moving pictures are not taken.
    pub async fn show_picture(
        &self,
        actor: &Actor,
        upload: Upload,
        key: Option<&CommandKey>,
    ) -> Result<Staged, TakeInError> {
        let person = actor.person_who_may(Action::EditProfile);
        let id = person.map_err(Failure::from)?.id;
        let user = self.find_user(id).await?;
        let incoming = self.look_at(id, Subject::Person(id), upload, key)?;
        let kept = self.take_in(incoming).await?;
        self.change_picture(user, Some(kept.id)).await?;
        Ok(kept.into())
    }

    /// Shows no picture any more. Repeating it is no harm.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn hide_picture(&self, actor: &Actor) -> Result<(), Failure> {
        let person = actor.person_who_may(Action::EditProfile)?;
        let user = self.find_user(person.id).await?;
        self.change_picture(user, None).await
    }

    /// The person names the picture first, then its record notes it; what a crash leaves in
    /// between, the sweep notes.
    async fn change_picture(&self, user: User, picture: Option<FileId>) -> Result<(), Failure> {
        let before = user.profile.avatar;
        let show = |user: &User, now| user.show_picture(picture, now);
        let changed = self.change_user(user, show).await;
        let changed = changed.map_err(ChangeUserError::into_failure)?;
        if let Some(picture) = picture {
            let subject = Subject::Person(changed.id).to_string();
            let files = self.store.files();
            files.attach(picture, changed.id, &subject).await?;
            // Another one may have been shown in this moment, in another window.
            let now = self.find_user(changed.id).await?;
            if now.profile.avatar != Some(picture) {
                self.let_go_of_picture(changed.id, picture).await?;
            }
        }
        match before.filter(|before| Some(*before) != picture) {
            Some(before) => self.let_go_of_picture(changed.id, before).await,
            None => Ok(()),
        }
    }

    /// Notes that a person shows a picture no more: the sweep removes it. May be repeated.
    pub(crate) async fn let_go_of_picture(
        &self,
        person: UserId,
        picture: FileId,
    ) -> Result<(), Failure> {
        let subject = Subject::Person(person).to_string();
        Ok(self.store.files().detach(picture, person, &subject).await?)
    }
}
