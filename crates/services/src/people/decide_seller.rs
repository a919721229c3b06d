//! Deciding on applications to sell.

use domain::id::{MailId, UserId};
use domain::policy::{Action, Denied};
use domain::{SellerStatus, Timestamp, User};
use storage::{Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::audit::Audited;
use crate::failure::Failure;
use crate::mail::letters;
use crate::people::ChangeUserError;
use crate::record::Record;

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

    /// Approves or rejects an application; the person is told by mail. Nobody decides on their own.
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
        if admin.id == id {
            return Err(Failure::Denied(Denied::Forbidden).into());
        }
        let user = self.find_user(id).await?;
        let decide = |user: &User, now| user.decide_application(approve, now);
        let records = |before: &User, after: &User| {
            let entry = self.entry_of(&Audited {
                actor: Some(admin.id),
                action: Action::DecideSeller,
                before: Some(before),
                after,
                reason: None,
            });
            vec![entry, self.decision_letter(before, approve)]
        };
        self.change_user_on_record(user, decide, records).await
    }

    fn decision_letter(&self, applicant: &User, approve: bool) -> Record {
        let language = applicant.preferences.language;
        let version = applicant.version.to_be_bytes();
        let id = applicant.id.as_uuid();
        Record::Letter {
            id: MailId::derived(&[b"seller", id.as_bytes(), &version]),
            to: applicant.email.clone(),
            letter: letters::seller_decided(language, approve, &self.config.site_url),
            send_after: self.now(),
        }
    }
}
