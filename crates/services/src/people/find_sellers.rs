//! Sellers, by their names.

use domain::policy::Action;
use domain::{SellerStatus, User};
use storage::search::{asked_words, words};
use storage::{Cursor, Limit, Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::SellerCard;

/// So many accounts are looked at for one page.
const LOOKED_AT_MAX: usize = 500;

impl Services {
    /// Those who may sell and let others read about them, by the beginnings of their names, the
    /// longest here first; without a name all of them. A page may hold fewer than its limit and
    /// still have a next one.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn find_sellers(
        &self,
        actor: &Actor,
        name: &str,
        page: PageRequest,
    ) -> Result<Page<SellerCard>, Failure> {
        actor.may(Action::ReadPublic)?;
        let asked = asked_words(name);
        let mut kept = Vec::new();
        let mut after = page.after;
        let mut looked_at = 0;
        let next = loop {
            let request = PageRequest {
                after,
                limit: Limit::MAX,
            };
            let users = self.store.users();
            let found = users
                .list_by_seller_status(SellerStatus::Approved, request)
                .await?;
            let mut is_full = false;
            for user in found.items {
                if kept.len() == page.limit.get() {
                    is_full = true;
                    break;
                }
                looked_at += 1;
                after = Some(Cursor::new(user.created_at.unix_ms(), user.id.as_uuid()));
                if is_shown(&user, &asked) {
                    kept.push(user);
                }
            }
            if is_full {
                break after;
            }
            if found.next.is_none() || looked_at >= LOOKED_AT_MAX {
                break found.next;
            }
        };
        let cards = self.seller_cards(kept.iter().map(|user| user.id)).await?;
        Ok(Page {
            items: kept
                .iter()
                .filter_map(|user| cards.get(&user.id).cloned())
                .collect(),
            next,
        })
    }
}

fn is_shown(user: &User, asked: &[String]) -> bool {
    let of_name: Vec<String> = words(&user.display_name()).collect();
    let begins = |asked: &String| of_name.iter().any(|word| word.starts_with(asked.as_str()));
    user.may_sell() && user.profile.is_public && asked.iter().all(begins)
}
