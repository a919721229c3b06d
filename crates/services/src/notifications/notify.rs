//! Telling one person of one event, once.

use domain::Span;
use domain::User;
use domain::id::{MailId, NotificationId, UserId};
use domain::policy::Action;
use storage::{Added, Notification};
use uuid::Uuid;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::mail::letters;
use crate::notifications::Message;
use crate::notifications::texts::open_label;

/// Notifications are kept for so long.
const KEPT: Span = Span::days(90);

/// Something to tell somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Who is told.
    pub to: UserId,
    /// What it tells of, such as `deal:<id>:17`: a person is told of one event once.
    pub event_key: String,
    /// What they are told.
    pub message: Message,
    /// The request, deal or dispute that it is about.
    pub related: Option<Uuid>,
    /// The page to open, as a path of our own.
    pub action_path: Option<String>,
}

impl Services {
    /// Tells somebody, in the ways they chose. May be repeated: the list and the mailbox get one.
    ///
    /// # Errors
    /// [`Failure`]; tell again.
    pub async fn notify(&self, actor: &Actor, notice: &Notice) -> Result<(), Failure> {
        actor.may(Action::Notify)?;
        let Some(user) = self.store.users().find(notice.to).await? else {
            return Ok(());
        };
        let channels = user.preferences.channels(notice.message.topic());
        // A reminder on which a release of money depends is always put where it can be found.
        if channels.in_app || notice.message.must_be_found() {
            self.add_to_list(notice).await?;
        }
        if channels.email {
            self.mail_news(&user, notice).await?;
        }
        Ok(())
    }

    async fn add_to_list(&self, notice: &Notice) -> Result<Added, Failure> {
        let now = self.now();
        let (message, params) = notice.message.to_stored();
        let who = notice.to.as_uuid();
        let notification = Notification {
            id: NotificationId::derived(&[who.as_bytes(), notice.event_key.as_bytes()]),
            user: notice.to,
            event_key: notice.event_key.clone(),
            kind: notice.message.kind(),
            topic: notice.message.topic(),
            message,
            params,
            related: notice.related,
            action_path: notice.action_path.clone(),
            created_at: now,
            read_at: None,
            expires_at: now.plus(KEPT),
        };
        Ok(self.store.notifications().add(&notification).await?)
    }

    async fn mail_news(&self, user: &User, notice: &Notice) -> Result<(), Failure> {
        let language = user.preferences.language;
        let wording = notice.message.worded(language);
        let site_url = &self.config.site_url;
        let action = notice.action_path.as_ref().map(|path| {
            let url = format!("{site_url}{path}");
            (open_label(language).to_owned(), url)
        });
        let letter = letters::news(language, &wording.title, &wording.body, action, site_url);
        let who = user.id.as_uuid();
        let id = MailId::derived(&[b"news", who.as_bytes(), notice.event_key.as_bytes()]);
        self.queue_mail(id, &user.email, &letter).await
    }
}
