//! Name and profile.

use domain::User;
use domain::policy::Action;
use domain::text::Block;
use domain::user::{PersonName, Phone, Profile, Website};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::people::ChangeUserError;

/// What a person tells about themselves.
#[derive(Debug, Clone)]
pub struct EditProfile {
    /// First name.
    pub first_name: Option<PersonName>,
    /// Last name.
    pub last_name: Option<PersonName>,
    /// For the other party of a deal.
    pub phone: Option<Phone>,
    /// A few words.
    pub bio: Option<Block<500>>,
    /// A page elsewhere.
    pub website: Option<Website>,
    /// Whether strangers see more than the name.
    pub is_public: bool,
}

impl Services {
    /// Changes the name and what others may read.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn edit_profile(&self, actor: &Actor, command: EditProfile) -> Result<User, Failure> {
        let person = actor.person_who_may(Action::EditProfile)?;
        let user = self.find_user(person.id).await?;
        self.change_user(user, |user, now| {
            let profile = Profile {
                phone: command.phone.clone(),
                bio: command.bio.clone(),
                website: command.website.clone(),
                avatar: user.profile.avatar,
                is_public: command.is_public,
            };
            let first_name = command.first_name.clone();
            user.edit_profile(first_name, command.last_name.clone(), profile, now)
        })
        .await
        .map_err(ChangeUserError::into_failure)
    }
}
