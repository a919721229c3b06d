//! Deciding on applications to sell.

use domain::id::{MailId, UserId};
use domain::policy::Action;
use domain::{SellerStatus, Timestamp, User};
use storage::{Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::audit::Audited;
use crate::failure::Failure;
use crate::mail::letters;
use crate::people::ChangeUserError;

/// Somebody who wants to sell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellerApplication {
    /// Who.
    pub user: UserId,
    /// What others call them.
    pub name: String,
    /// Enough of their address to recognise it by.
    pub email: String,
    /// When the account was opened.
    pub member_since: Timestamp,
}

impl Services {
    /// Applications that wait, longest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_seller_applications(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<SellerApplication>, Failure> {
        actor.person_who_may(Action::DecideSeller)?;
        let users = self.store.users();
        let waiting = users
            .list_by_seller_status(SellerStatus::Pending, page)
            .await?;
        Ok(waiting.map(|user| SellerApplication {
            user: user.id,
            name: user.display_name(),
            email: user.email.masked(),
            member_since: user.created_at,
        }))
    }

    /// Approves or rejects an application; the person is told by mail.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn decide_seller(
        &self,
        actor: &Actor,
        id: UserId,
        approve: bool,
    ) -> Result<User, ChangeUserError> {
        let admin = actor
            .person_who_may(Action::DecideSeller)
            .map_err(Failure::from)?;
        let before = self.find_user(id).await?;
        let decide = |user: &User, now| user.decide_application(approve, now);
        let after = self.change_user(before.clone(), decide).await?;
        self.audit(Audited {
            actor: Some(admin.id),
            action: Action::DecideSeller,
            before: Some(&before),
            after: &after,
            reason: None,
        })
        .await?;
        let language = after.preferences.language;
        let letter = letters::seller_decided(language, approve, &self.config.site_url);
        let version = after.version.to_be_bytes();
        let mail = MailId::derived(&[b"seller", id.as_uuid().as_bytes(), &version]);
        self.queue_mail(mail, &after.email, &letter).await?;
        Ok(after)
    }
}
