//! An account as staff see it.

use domain::id::UserId;
use domain::policy::Action;
use domain::user::{ProposedRoles, ProposedSuspension};
use domain::{Language, Timestamp, User};
use storage::{Limit, Listed, PageRequest, Phase, Side, UserSummary};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// An account with what staff decide by. Neither its mailbox nor its addresses stand here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCard {
    /// What a list shows of it.
    pub summary: UserSummary,
    /// The version that a decision is about.
    pub version: u64,
    /// The language of its pages and mails.
    pub language: Language,
    /// When the mailbox was proven.
    pub email_verified_at: Option<Timestamp>,
    /// When the person last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// In how many places they are signed in.
    pub sessions: usize,
    /// How many payout addresses they have.
    pub addresses: usize,
    /// Until when nothing is paid out to them.
    pub payouts_blocked: Option<Timestamp>,
    /// What hangs on the account.
    pub dependencies: Dependencies,
    /// Roles that wait for a second admin, and what the first is called.
    pub proposed_roles: Option<(ProposedRoles, String)>,
    /// A proposal to suspend, and what its author is called.
    pub proposed_suspension: Option<(ProposedSuspension, String)>,
    /// Whether it is the caller's own.
    pub is_own: bool,
    /// The moment all this is of.
    pub now: Timestamp,
}

/// What hangs on an account, and with it whether it can be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependencies {
    /// Deals that are not over, as far as one page holds them.
    pub live_deals: usize,
    /// Offers that wait for an answer.
    pub open_offers: u64,
    /// A live deal, an intent or a payout leg is theirs: the account cannot be closed.
    pub money_in_play: bool,
}

impl Services {
    /// An account, for those who look after people.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn view_user(&self, actor: &Actor, id: UserId) -> Result<Option<UserCard>, Failure> {
        let person = actor.person_who_may(Action::ReadUsers)?;
        let now = self.now();
        let Some(user) = self.store.users().find(id).await? else {
            return Ok(None);
        };
        let mut sessions = self.store.sessions().list_live(id, now).await?;
        sessions.retain(|session| self.opens(session, &user, now));
        let roles = user.waiting_roles(now).cloned();
        let suspension = user.proposed_suspension.clone();
        let authors: Vec<UserId> = roles
            .iter()
            .map(|one| one.by)
            .chain(suspension.iter().map(|one| one.by))
            .collect();
        let people = self.store.users().find_many(&authors).await?;
        let name = |id: UserId| {
            let found = people.iter().find(|user| user.id == id);
            found.map_or_else(String::new, User::display_name)
        };
        Ok(Some(UserCard {
            summary: user.summary(),
            version: user.version,
            language: user.preferences.language,
            email_verified_at: user.email_verified_at,
            last_sign_in_at: user.last_sign_in_at,
            sessions: sessions.len(),
            addresses: user.listed().count(),
            payouts_blocked: user.payouts_blocked(now),
            dependencies: self.dependencies_of(id).await?,
            proposed_roles: roles.map(|one| {
                let by = name(one.by);
                (one, by)
            }),
            proposed_suspension: suspension.map(|one| {
                let by = name(one.by);
                (one, by)
            }),
            is_own: person.id == id,
            now,
        }))
    }

    async fn dependencies_of(&self, id: UserId) -> Result<Dependencies, Failure> {
        let page = PageRequest::first(Limit::MAX);
        let deals = self.store.deals();
        let live = deals
            .list_of_person(id, Side::Any, Some(Phase::Live), page)
            .await?;
        Ok(Dependencies {
            live_deals: live.items.len(),
            open_offers: self.store.requests().count_open_offers(id).await?,
            money_in_play: self.money_of(id).await?.keeps_open(),
        })
    }
}
