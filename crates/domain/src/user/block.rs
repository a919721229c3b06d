//! People whom somebody wants nothing to do with.

use super::{User, UserRejection};
use crate::id::UserId;
use crate::time::Timestamp;

impl User {
    /// So many people can be blocked.
    pub const BLOCKED_MAX: usize = 200;

    /// Blocks somebody; who is blocked already stays so. Deals that run go on.
    ///
    /// # Errors
    /// [`UserRejection`].
    pub fn block(&self, other: UserId, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        if other == self.id {
            return Err(UserRejection::OwnAccount);
        }
        if self.has_blocked(other) {
            return Ok(self.clone());
        }
        if self.blocked.len() >= Self::BLOCKED_MAX {
            return Err(UserRejection::TooManyBlocked);
        }
        let mut changed = self.changed(now);
        changed.blocked.push(other);
        Ok(changed)
    }

    /// Lifts a block; one that is not there is no harm.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`].
    pub fn unblock(&self, other: UserId, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        if !self.has_blocked(other) {
            return Ok(self.clone());
        }
        let mut changed = self.changed(now);
        changed.blocked.retain(|known| *known != other);
        Ok(changed)
    }

    /// Whether this person has blocked somebody.
    pub fn has_blocked(&self, other: UserId) -> bool {
        self.blocked.contains(&other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user::tests::{NOON, sara};

    fn person(name: &str) -> UserId {
        UserId::derived(&[name.as_bytes()])
    }

    #[test]
    fn somebody_is_blocked_once_and_let_go_again() {
        let blocked = sara().block(person("omid"), NOON).unwrap();
        assert!(blocked.has_blocked(person("omid")));
        let again = blocked.block(person("omid"), NOON).unwrap();
        assert_eq!(again.version, blocked.version);
        let free = again.unblock(person("omid"), NOON).unwrap();
        assert!(!free.has_blocked(person("omid")));
        assert_eq!(
            free.unblock(person("omid"), NOON).unwrap().version,
            free.version
        );
        let own = sara().block(sara().id, NOON);
        assert_eq!(own, Err(UserRejection::OwnAccount));
    }

    #[test]
    fn two_hundred_people_can_be_blocked() {
        let mut user = sara();
        for number in 0..User::BLOCKED_MAX {
            user = user.block(person(&number.to_string()), NOON).unwrap();
        }
        let more = user.block(person("one more"), NOON);
        assert_eq!(more, Err(UserRejection::TooManyBlocked));
    }
}
