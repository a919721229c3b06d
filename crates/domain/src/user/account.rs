//! Signing in, passwords, selling, suspension and the end of an account.

use crate::digest::Digest;
use crate::email::Email;
use crate::id::FileId;
use crate::role::{Role, Roles, SellerStatus, UserStatus};
use crate::time::Timestamp;

use super::{
    Ended, EndedHow, KnownDevice, PasswordHash, PersonName, Preferences, Profile, User,
    UserRejection,
};

impl User {
    /// Notes that the person signed in, and remembers the browser; a program is none.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`]. A suspended person may sign in: open deals go on.
    pub fn sign_in(&self, device: Option<Digest>, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        let mut changed = self.changed(now);
        changed.last_sign_in_at = Some(now);
        if let Some(secret) = device {
            changed.devices.retain(|known| known.secret != secret);
            changed.devices.push(KnownDevice {
                secret,
                seen_at: now,
            });
        }
        let surplus = changed.devices.len().saturating_sub(Self::DEVICES_MAX);
        changed.devices.drain(..surplus);
        Ok(changed)
    }

    /// Sets another password, known to the person who set the last one. Every session that began
    /// before ends.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`].
    pub fn change_password(
        &self,
        new: PasswordHash,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_open()?;
        let mut changed = self.changed(now);
        changed.password = Some(new);
        changed.sessions_valid_from = now;
        Ok(changed)
    }

    /// Writes the same password anew, hashed with today's cost.
    #[must_use]
    pub fn rehash_password(&self, again: PasswordHash, now: Timestamp) -> Self {
        let mut changed = self.changed(now);
        changed.password = Some(again);
        changed
    }

    /// Sets a password by a mailed code alone: all sessions end, no browser is known any longer,
    /// and nothing is paid out for a while.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`].
    pub fn reset_password(&self, new: PasswordHash, now: Timestamp) -> Result<Self, UserRejection> {
        let mut changed = self.change_password(new, now)?;
        changed.devices.clear();
        changed.email_verified_at = changed.email_verified_at.or(Some(now));
        changed.block_payouts(now);
        Ok(changed)
    }

    /// Uses another mailbox, proven just now like the one before. Every session that began before
    /// ends. The same mailbox again is no change.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`], [`UserRejection::Suspended`].
    pub fn change_email(&self, new: Email, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_active()?;
        if self.email == new {
            return Ok(self.clone());
        }
        let mut changed = self.changed(now);
        changed.email = new;
        changed.email_verified_at = Some(now);
        changed.sessions_valid_from = now;
        Ok(changed)
    }

    /// Somebody who knew the password asked for another mailbox, and it was not the owner: all
    /// sessions end, no browser is known any longer, and nothing is paid out for a while.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`].
    pub fn stop_email_change(&self, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        let mut changed = self.end_sessions(now);
        changed.devices.clear();
        changed.block_payouts(now);
        Ok(changed)
    }

    /// Ends all sessions that began before.
    #[must_use]
    pub fn end_sessions(&self, now: Timestamp) -> Self {
        let mut changed = self.changed(now);
        changed.sessions_valid_from = now;
        changed
    }

    /// Changes the name and what others may read.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`], [`UserRejection::Suspended`].
    pub fn edit_profile(
        &self,
        first_name: Option<PersonName>,
        last_name: Option<PersonName>,
        profile: Profile,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_active()?;
        let mut changed = self.changed(now);
        changed.first_name = first_name;
        changed.last_name = last_name;
        changed.profile = profile;
        Ok(changed)
    }

    /// Shows another picture of the person, or none.
    ///
    /// # Errors
    /// [`UserRejection`]: closed or suspended.
    pub fn show_picture(
        &self,
        picture: Option<FileId>,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_active()?;
        if self.profile.avatar == picture {
            return Ok(self.clone());
        }
        let mut changed = self.changed(now);
        changed.profile.avatar = picture;
        Ok(changed)
    }

    /// Changes how the person sees and hears things.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`].
    pub fn edit_preferences(
        &self,
        preferences: Preferences,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_open()?;
        let mut changed = self.changed(now);
        changed.preferences = preferences;
        Ok(changed)
    }

    /// Asks to sell. With `approve_now` nobody has to look at it.
    ///
    /// # Errors
    /// [`UserRejection::AlreadyApplied`] while one waits or after one was approved.
    pub fn apply_to_sell(&self, approve_now: bool, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_active()?;
        match self.seller_status {
            SellerStatus::Pending | SellerStatus::Approved => Err(UserRejection::AlreadyApplied),
            SellerStatus::None | SellerStatus::Rejected => {
                let mut changed = self.changed(now);
                changed.seller_status = SellerStatus::Pending;
                if approve_now {
                    changed.become_seller();
                }
                Ok(changed)
            }
        }
    }

    /// Decides on an application to sell.
    ///
    /// # Errors
    /// [`UserRejection::NoApplication`] when none waits.
    pub fn decide_application(&self, approve: bool, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        match self.seller_status {
            SellerStatus::None | SellerStatus::Approved | SellerStatus::Rejected => {
                Err(UserRejection::NoApplication)
            }
            SellerStatus::Pending => {
                let mut changed = self.changed(now);
                if approve {
                    changed.become_seller();
                } else {
                    changed.seller_status = SellerStatus::Rejected;
                }
                Ok(changed)
            }
        }
    }

    fn become_seller(&mut self) {
        self.seller_status = SellerStatus::Approved;
        self.roles = self.roles.with(Role::Seller);
    }

    /// Gives exactly these roles. Selling follows the role.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`].
    pub fn set_roles(&self, roles: Roles, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        let mut changed = self.changed(now);
        changed.roles = roles;
        changed.seller_status = match (roles.has(Role::Seller), self.seller_status) {
            (true, _) => SellerStatus::Approved,
            (false, SellerStatus::Approved) => SellerStatus::None,
            (false, other) => other,
        };
        Ok(changed)
    }

    /// Stops the account. The person's open deals go on hold, in which they may still act.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`], [`UserRejection::Suspended`] when it is so already.
    pub fn suspend(&self, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_active()?;
        let mut changed = self.changed(now);
        changed.status = UserStatus::Suspended;
        changed.proposed_suspension = None;
        Ok(changed)
    }

    /// Lifts a suspension.
    ///
    /// # Errors
    /// [`UserRejection::Deleted`], [`UserRejection::NotSuspended`].
    pub fn reinstate(&self, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        if self.status != UserStatus::Suspended {
            return Err(UserRejection::NotSuspended);
        }
        let mut changed = self.changed(now);
        changed.status = UserStatus::Active;
        Ok(changed)
    }

    /// Closes the account: what is personal goes, the id stays for the deals that name it, and the
    /// mailbox is free for another account. `money_in_play` says whether a live deal, payment or
    /// payout leg is the person's.
    ///
    /// # Errors
    /// [`UserRejection::MoneyInPlay`]; a suspended person cannot slip away either.
    pub fn delete(&self, money_in_play: bool, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_active()?;
        if money_in_play {
            return Err(UserRejection::MoneyInPlay);
        }
        let mut changed = self.changed(now);
        changed.status = UserStatus::Deleted;
        changed.email = Email::new(&format!("{}@deleted.invalid", self.id.as_uuid().simple()))
            .expect("an id makes a valid mailbox");
        changed.email_verified_at = None;
        changed.password = None;
        changed.first_name = None;
        changed.last_name = None;
        changed.roles = Roles::NONE;
        changed.seller_status = SellerStatus::None;
        changed.profile = Profile {
            is_public: false,
            ..Profile::default()
        };
        changed.devices.clear();
        changed.blocked.clear();
        changed.proposed_roles = None;
        changed.proposed_suspension = None;
        changed.sessions_valid_from = now;
        for address in &mut changed.addresses {
            address.ended.get_or_insert(Ended {
                at: now,
                how: EndedHow::Removed,
            });
        }
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use crate::user::tests::{NOON, sara};

    fn hash() -> PasswordHash {
        PasswordHash::new("$argon2id$second".into())
    }

    #[test]
    fn the_last_ten_browsers_are_known() {
        let mut user = sara();
        for n in 0..12_u8 {
            user = user.sign_in(Some(Digest::of(&[n])), NOON).unwrap();
        }
        assert_eq!(user.devices.len(), 10);
        assert!(!user.knows_device(Digest::of(&[1])));
        assert!(user.knows_device(Digest::of(&[2])));
        let again = user.sign_in(Some(Digest::of(&[2])), NOON).unwrap();
        assert_eq!(again.devices.len(), 10);
    }

    #[test]
    fn a_reset_blocks_payouts_for_72_hours_and_a_change_does_not() {
        let changed = sara().change_password(hash(), NOON).unwrap();
        assert_eq!(changed.payouts_blocked(NOON), None);
        let reset = sara().reset_password(hash(), NOON).unwrap();
        let end = NOON.plus(Span::hours(72));
        assert_eq!(
            reset.payouts_blocked(end.minus(Span::from_ms(1))),
            Some(end)
        );
        assert_eq!(reset.payouts_blocked(end), None);
    }

    #[test]
    fn a_new_password_ends_every_session_that_began_before() {
        let later = NOON.plus(Span::hours(1));
        let changed = sara().change_password(hash(), later).unwrap();
        assert_eq!(changed.sessions_valid_from, later);
    }

    #[test]
    fn another_mailbox_ends_every_session_and_blocks_no_payout() {
        let later = NOON.plus(Span::hours(1));
        let new = Email::new("new@example.com").unwrap();
        let changed = sara().change_email(new.clone(), later).unwrap();
        assert_eq!((&changed.email, changed.version), (&new, 2));
        assert_eq!(changed.email_verified_at, Some(later));
        assert_eq!(changed.sessions_valid_from, later);
        assert_eq!(changed.payouts_blocked(later), None);
        let again = changed.change_email(new.clone(), later).unwrap();
        assert_eq!(again.version, 2, "the same again is no change");
        let suspended = sara().suspend(NOON).unwrap();
        assert_eq!(
            suspended.change_email(new, NOON),
            Err(UserRejection::Suspended)
        );
    }

    #[test]
    fn whoever_stops_a_change_of_the_mailbox_is_safe_from_whoever_asked_for_it() {
        let known = sara().sign_in(Some(Digest::of(b"d")), NOON).unwrap();
        let stopped = known.stop_email_change(NOON).unwrap();
        assert!(stopped.devices.is_empty());
        assert_eq!(stopped.sessions_valid_from, NOON);
        assert!(stopped.payouts_blocked(NOON).is_some());
    }

    #[test]
    fn a_reset_forgets_every_browser() {
        let known = sara().sign_in(Some(Digest::of(b"d")), NOON).unwrap();
        assert!(
            known
                .reset_password(hash(), NOON)
                .unwrap()
                .devices
                .is_empty()
        );
    }

    #[test]
    fn selling_is_asked_for_once_and_decided_once() {
        let asked = sara().apply_to_sell(false, NOON).unwrap();
        assert_eq!(asked.seller_status, SellerStatus::Pending);
        assert!(!asked.may_sell());
        let twice = asked.apply_to_sell(false, NOON);
        assert_eq!(twice, Err(UserRejection::AlreadyApplied));

        let approved = asked.decide_application(true, NOON).unwrap();
        assert!(approved.may_sell());
        let again = approved.decide_application(false, NOON);
        assert_eq!(again, Err(UserRejection::NoApplication));

        let rejected = asked.decide_application(false, NOON).unwrap();
        assert!(!rejected.may_sell());
        assert!(rejected.apply_to_sell(true, NOON).unwrap().may_sell());
    }

    #[test]
    fn selling_follows_the_role() {
        let seller = sara()
            .set_roles(Roles::BUYER.with(Role::Seller), NOON)
            .unwrap();
        assert!(seller.may_sell());
        let buyer = seller.set_roles(Roles::BUYER, NOON).unwrap();
        assert!(!buyer.may_sell());
        assert_eq!(buyer.seller_status, SellerStatus::None);
    }

    #[test]
    fn a_suspended_person_may_sign_in_but_neither_sell_nor_edit_nor_leave() {
        let suspended = sara()
            .set_roles(Roles::BUYER.with(Role::Seller), NOON)
            .and_then(|seller| seller.suspend(NOON))
            .unwrap();
        assert!(suspended.sign_in(None, NOON).is_ok());
        assert!(!suspended.may_sell());
        let refused = Err(UserRejection::Suspended);
        assert_eq!(
            suspended.edit_profile(None, None, Profile::default(), NOON),
            refused
        );
        assert_eq!(suspended.delete(false, NOON), refused);
        assert_eq!(suspended.suspend(NOON), refused);
        assert!(suspended.reinstate(NOON).unwrap().may_sell());
        assert_eq!(sara().reinstate(NOON), Err(UserRejection::NotSuspended));
    }

    #[test]
    fn the_same_picture_again_changes_nothing() {
        let picture = Some(FileId::derived(&[b"picture"]));
        let shown = sara().show_picture(picture, NOON).unwrap();
        assert_eq!(shown.profile.avatar, picture);
        assert_eq!(shown.show_picture(picture, NOON).unwrap(), shown);
        assert_eq!(shown.show_picture(None, NOON).unwrap().version, 3);
        let suspended = sara().suspend(NOON).unwrap();
        assert!(suspended.show_picture(picture, NOON).is_err());
    }

    #[test]
    fn an_account_with_money_in_play_cannot_be_closed() {
        assert_eq!(sara().delete(true, NOON), Err(UserRejection::MoneyInPlay));
    }

    #[test]
    fn a_closed_account_keeps_nothing_personal_and_opens_nothing() {
        let closed = sara().delete(false, NOON).unwrap();
        let text = serde_json::to_string(&closed).unwrap().to_lowercase();
        assert!(!text.contains("sara"), "{text}");
        assert!(!text.contains("argon2"));
        assert_eq!(closed.id, sara().id);
        assert_eq!(closed.sign_in(None, NOON), Err(UserRejection::Deleted));
        assert_eq!(
            closed.reset_password(hash(), NOON),
            Err(UserRejection::Deleted)
        );
    }

    #[test]
    fn every_change_raises_the_version() {
        assert_eq!(sara().end_sessions(NOON).version, 2);
        assert_eq!(sara().apply_to_sell(false, NOON).unwrap().version, 2);
    }
}
