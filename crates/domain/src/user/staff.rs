//! What staff decide about a person, and what of it takes two of them.

use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::role::{Role, Roles};
use crate::text::Line;
use crate::time::{Span, Timestamp};

use super::{User, UserRejection};

/// So long one admin's word on staff roles waits for another's.
pub const ROLES_KEY_LASTS: Span = Span::hours(7 * 24);

/// Roles that one admin wants for a person; another has to agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedRoles {
    /// All roles that the person would have.
    pub roles: Roles,
    /// Who turned the first key.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Line<200>,
}

/// Somebody of the staff thinks that a person should be suspended; an admin decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedSuspension {
    /// Who proposed it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Line<200>,
}

impl User {
    /// Whether giving exactly `roles` gives or takes a role of staff, which takes two admins.
    pub fn roles_take_two(&self, roles: Roles) -> bool {
        let changes = |role: Role| role.is_staff() && self.roles.has(role) != roles.has(role);
        Role::ALL.into_iter().any(changes)
    }

    /// The same without roles that wait, for when whoever proposed them is no admin any more.
    #[must_use]
    pub fn without_proposed_roles(&self) -> Self {
        Self {
            proposed_roles: None,
            ..self.clone()
        }
    }

    /// The roles that wait for a second admin, unless the first one's word has lapsed.
    pub fn waiting_roles(&self, now: Timestamp) -> Option<&ProposedRoles> {
        let waits = |proposed: &&ProposedRoles| now < proposed.at.plus(ROLES_KEY_LASTS);
        self.proposed_roles.as_ref().filter(waits)
    }

    /// One admin gives exactly these roles. Where no role of staff changes hands they hold at once;
    /// otherwise they hold once another admin asks for the very same. Asking for others replaces
    /// what waits.
    ///
    /// # Errors
    /// [`UserRejection::OwnAccount`]; [`UserRejection::Deleted`]; [`UserRejection::OtherKey`] when
    /// `by` turned the first key already; [`UserRejection::SameRoles`].
    pub fn give_roles(
        &self,
        roles: Roles,
        by: UserId,
        reason: &Line<200>,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_open()?;
        if by == self.id {
            return Err(UserRejection::OwnAccount);
        }
        let roles = roles.with(Role::Buyer);
        if roles == self.roles {
            return Err(UserRejection::SameRoles);
        }
        let waiting = self.waiting_roles(now);
        let first = waiting.filter(|proposed| proposed.roles == roles);
        match first {
            Some(first) if first.by == by => Err(UserRejection::OtherKey),
            None if self.roles_take_two(roles) => {
                let mut changed = self.changed(now);
                changed.proposed_roles = Some(ProposedRoles {
                    roles,
                    by,
                    at: now,
                    reason: reason.clone(),
                });
                Ok(changed)
            }
            Some(_) | None => {
                let mut changed = self.set_roles(roles, now)?;
                changed.proposed_roles = None;
                Ok(changed)
            }
        }
    }

    /// Takes back what waits for a second admin; the first one may, and anyone who would be the
    /// second.
    ///
    /// # Errors
    /// [`UserRejection::NothingProposed`]; [`UserRejection::OwnAccount`].
    pub fn drop_proposed_roles(&self, by: UserId, now: Timestamp) -> Result<Self, UserRejection> {
        if by == self.id {
            return Err(UserRejection::OwnAccount);
        }
        if self.proposed_roles.is_none() {
            return Err(UserRejection::NothingProposed);
        }
        let mut changed = self.changed(now);
        changed.proposed_roles = None;
        Ok(changed)
    }

    /// Somebody of the staff proposes that the person is suspended. A second proposal replaces the
    /// first.
    ///
    /// # Errors
    /// [`UserRejection::OwnAccount`]; [`UserRejection::Deleted`]; [`UserRejection::Suspended`].
    pub fn propose_suspension(
        &self,
        by: UserId,
        reason: &Line<200>,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_active()?;
        if by == self.id {
            return Err(UserRejection::OwnAccount);
        }
        let mut changed = self.changed(now);
        changed.proposed_suspension = Some(ProposedSuspension {
            by,
            at: now,
            reason: reason.clone(),
        });
        Ok(changed)
    }

    /// An admin sets a proposal to suspend somebody else aside.
    ///
    /// # Errors
    /// [`UserRejection::NothingProposed`]; [`UserRejection::OwnAccount`].
    pub fn drop_proposed_suspension(
        &self,
        by: UserId,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        if by == self.id {
            return Err(UserRejection::OwnAccount);
        }
        if self.proposed_suspension.is_none() {
            return Err(UserRejection::NothingProposed);
        }
        let mut changed = self.changed(now);
        changed.proposed_suspension = None;
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::SellerStatus;
    use crate::user::tests::{NOON, sara};

    fn admin(name: &str) -> UserId {
        UserId::derived(&[name.as_bytes()])
    }

    fn why() -> Line<200> {
        Line::new("Joins the desk").unwrap()
    }

    #[test]
    fn a_role_of_staff_takes_two_different_admins_who_want_the_same() {
        let roles = Roles::BUYER.with(Role::Resolver);
        let one = sara().give_roles(roles, admin("a"), &why(), NOON).unwrap();
        assert_eq!(one.roles, Roles::BUYER);
        let again = one.give_roles(roles, admin("a"), &why(), NOON);
        assert_eq!(again, Err(UserRejection::OtherKey));
        let other = Roles::BUYER.with(Role::Admin);
        let other = one.give_roles(other, admin("b"), &why(), NOON).unwrap();
        assert_eq!(other.roles, Roles::BUYER, "they want different things");
        let both = one.give_roles(roles, admin("b"), &why(), NOON).unwrap();
        assert_eq!(both.roles, roles);
        assert_eq!(both.proposed_roles, None);
    }

    #[test]
    fn taking_a_role_of_staff_takes_two_as_well() {
        let resolver = sara()
            .set_roles(Roles::BUYER.with(Role::Resolver), NOON)
            .unwrap();
        let one = resolver
            .give_roles(Roles::BUYER, admin("a"), &why(), NOON)
            .unwrap();
        assert!(one.roles.has(Role::Resolver));
        let both = one
            .give_roles(Roles::BUYER, admin("b"), &why(), NOON)
            .unwrap();
        assert!(!both.roles.has(Role::Resolver));
    }

    #[test]
    fn selling_takes_one_admin() {
        let seller = Roles::BUYER.with(Role::Seller);
        let given = sara().give_roles(seller, admin("a"), &why(), NOON).unwrap();
        assert_eq!(given.seller_status, SellerStatus::Approved);
    }

    #[test]
    fn a_first_key_lapses_after_seven_days() {
        let roles = Roles::BUYER.with(Role::Support);
        let one = sara().give_roles(roles, admin("a"), &why(), NOON).unwrap();
        let late = NOON.plus(ROLES_KEY_LASTS);
        let second = one.give_roles(roles, admin("b"), &why(), late).unwrap();
        assert_eq!(second.roles, Roles::BUYER, "the second is the first again");
        assert_eq!(second.proposed_roles.map(|one| one.by), Some(admin("b")));
    }

    #[test]
    fn nobody_decides_on_themselves() {
        let own = sara().id;
        let refused = Err(UserRejection::OwnAccount);
        let roles = Roles::BUYER.with(Role::Admin);
        assert_eq!(sara().give_roles(roles, own, &why(), NOON), refused);
        assert_eq!(sara().propose_suspension(own, &why(), NOON), refused);
        let one = sara().give_roles(roles, admin("a"), &why(), NOON).unwrap();
        assert_eq!(one.drop_proposed_roles(own, NOON), refused);
        assert_eq!(
            one.drop_proposed_roles(admin("a"), NOON)
                .unwrap()
                .proposed_roles,
            None
        );
    }

    #[test]
    fn a_proposal_to_suspend_goes_with_the_suspension() {
        let proposed = sara().propose_suspension(admin("s"), &why(), NOON).unwrap();
        assert!(proposed.proposed_suspension.is_some());
        let suspended = proposed.suspend(NOON).unwrap();
        assert_eq!(suspended.proposed_suspension, None);
        let own = proposed.drop_proposed_suspension(proposed.id, NOON);
        assert_eq!(own, Err(UserRejection::OwnAccount));
        let dropped = proposed.drop_proposed_suspension(admin("b"), NOON).unwrap();
        assert_eq!(dropped.proposed_suspension, None);
        let twice = dropped.drop_proposed_suspension(admin("b"), NOON);
        assert_eq!(twice, Err(UserRejection::NothingProposed));
    }
}
