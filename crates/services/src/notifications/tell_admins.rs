//! Telling everybody who looks after the house.

use domain::Role;
use domain::id::DealId;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::notifications::{Message, Notice};
use crate::paging::Pages;

impl Services {
    /// Tells each admin of one event, once. May be repeated.
    pub(crate) async fn tell_admins(&self, event: &str, message: Message) -> Result<(), Failure> {
        self.tell_each_admin(event, None, &message).await
    }

    /// Tells each admin of one event in a deal, once. May be repeated.
    pub(crate) async fn tell_admins_of_deal(
        &self,
        deal: DealId,
        event: &str,
        message: Message,
    ) -> Result<(), Failure> {
        self.tell_each_admin(event, Some(deal), &message).await
    }

    async fn tell_each_admin(
        &self,
        event: &str,
        deal: Option<DealId>,
        message: &Message,
    ) -> Result<(), Failure> {
        let users = self.store.users();
        let mut pages = Pages::first();
        while let Some(admins) = pages
            .next(|page| users.list_with_role(Role::Admin, page))
            .await?
        {
            for admin in &admins {
                let notice = Notice {
                    to: admin.id,
                    event_key: event.to_owned(),
                    message: message.clone(),
                    related: deal.map(DealId::as_uuid),
                    action_path: Some(desk_of(message, deal)),
                };
                self.notify(&Actor::System, &notice).await?;
            }
        }
        Ok(())
    }
}

/// Where an admin sees to it.
fn desk_of(message: &Message, deal: Option<DealId>) -> String {
    let desk = match message {
        Message::WorkGivenUp { .. } => "/admin/work",
        Message::PersonToDecide { .. } => "/admin/users?proposed=yes",
        Message::ReportFiled { .. } => "/admin/moderation",
        Message::PayoutToApprove { .. }
        | Message::PayoutFailed { .. }
        | Message::PayoutUnclear { .. }
        | Message::PayoutNotCounted { .. } => "/admin/payouts",
        _ => match deal {
            Some(deal) => return format!("/deals/{deal}"),
            None => "/admin/solvency",
        },
    };
    desk.to_owned()
}
