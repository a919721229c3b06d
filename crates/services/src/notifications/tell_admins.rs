//! Telling everybody who looks after the house.

use domain::Role;
use storage::{Limit, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::notifications::{Message, Notice};

impl Services {
    /// Tells each admin of one event, once. May be repeated.
    pub(crate) async fn tell_admins(&self, event: &str, message: Message) -> Result<(), Failure> {
        let mut page = PageRequest::first(Limit::MAX);
        loop {
            let users = self.store.users();
            let admins = users.list_with_role(Role::Admin, page).await?;
            for admin in &admins.items {
                let notice = Notice {
                    to: admin.id,
                    event_key: event.to_owned(),
                    message: message.clone(),
                    related: None,
                    action_path: Some(desk_of(&message).to_owned()),
                };
                self.notify(&Actor::System, &notice).await?;
            }
            match admins.next {
                Some(cursor) => page = PageRequest::after(cursor, Limit::MAX),
                None => return Ok(()),
            }
        }
    }
}

/// Where an admin sees to it.
const fn desk_of(message: &Message) -> &'static str {
    match message {
        Message::WorkGivenUp { .. } => "/admin/work",
        _ => "/admin/solvency",
    }
}
