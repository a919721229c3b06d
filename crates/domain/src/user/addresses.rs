//! Adding, confirming, stopping and removing payout addresses.

use crate::asset::Network;
use crate::digest::Digest;
use crate::id::PayoutAddressId;
use crate::text::Line;
use crate::time::Timestamp;

use super::{
    AddressState, CHANGE_IN_DEAL_WAIT, Ended, EndedHow, NEW_ADDRESS_WAIT, PayoutAddress,
    PayoutStanding, User, UserRejection,
};

/// An address that somebody wants to be paid at.
#[derive(Debug, Clone)]
pub struct NewAddress {
    /// Which one it will be.
    pub id: PayoutAddressId,
    /// The network it is on.
    pub network: Network,
    /// The address as wallets write it, its checksum already checked.
    pub address: String,
    /// What the person calls it.
    pub label: Option<Line<40>>,
    /// The digest of the secret in the link that stops it.
    pub stop: Digest,
    /// Whether the person was shown that it looks like another one and wants it all the same.
    pub look_alike_accepted: bool,
}

impl User {
    /// So many addresses are kept in all, ended ones included; the oldest ended ones go first.
    pub const ADDRESSES_MAX: usize = 40;

    /// Adds an address. It counts for nothing before its code was entered; another one on the same
    /// network whose code was not entered gives way.
    ///
    /// # Errors
    /// [`UserRejection`]: no address of this network, had already, too like another one, or a
    /// change waits.
    pub fn add_address(&self, new: NewAddress, now: Timestamp) -> Result<Self, UserRejection> {
        self.require_open()?;
        if !new.network.has_shape_of_address(&new.address) {
            return Err(UserRejection::NotAnAddress);
        }
        let on_network = || {
            self.listed()
                .filter(|known| known.network == new.network && known.is_confirmed())
        };
        if on_network().any(|known| known.is_same(&new.address)) {
            return Err(UserRejection::AddressKnown);
        }
        let looks_alike = self
            .listed()
            .any(|known| known.is_confirmed() && known.looks_like(&new.address));
        if looks_alike && !new.look_alike_accepted {
            return Err(UserRejection::AddressLooksAlike);
        }
        let is_change = self.had_address_on(new.network);
        self.refuse_second_change(new.network, is_change, now)?;

        let mut changed = self.changed(now);
        for known in &mut changed.addresses {
            if known.network == new.network && known.is_listed() && !known.is_confirmed() {
                known.end(EndedHow::Replaced, now);
            }
        }
        changed.addresses.push(PayoutAddress {
            id: new.id,
            network: new.network,
            address: new.address,
            label: new.label,
            added_at: now,
            confirmed_at: None,
            active_from: None,
            is_change,
            stop: new.stop,
            ended: None,
        });
        changed.forget_old_addresses()?;
        Ok(changed)
    }

    /// Confirms an address by its mailed code, which the caller has checked. From here it waits:
    /// 24 hours, or 72 when it takes the place of another while the person has a live deal.
    ///
    /// # Errors
    /// [`UserRejection::NoSuchAddress`], [`UserRejection::AlreadyConfirmed`], or a change that
    /// was confirmed meanwhile and waits.
    pub fn confirm_address(
        &self,
        id: PayoutAddressId,
        has_live_deal: bool,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_open()?;
        let known = self.address(id).ok_or(UserRejection::NoSuchAddress)?;
        if known.confirmed_at.is_some() {
            return Err(UserRejection::AlreadyConfirmed);
        }
        let is_change = self.had_address_on(known.network);
        self.refuse_second_change(known.network, is_change, now)?;
        let wait = if is_change && has_live_deal {
            CHANGE_IN_DEAL_WAIT
        } else {
            NEW_ADDRESS_WAIT
        };
        let mut changed = self.changed(now);
        for address in changed.addresses.iter_mut().filter(|one| one.id == id) {
            address.is_change = is_change;
            address.confirmed_at = Some(now);
            address.active_from = Some(now.plus(wait));
        }
        Ok(changed)
    }

    /// Stops an address by the secret of its mailed link: it was somebody else who had added it.
    /// All sessions end and nothing is paid out for a while.
    ///
    /// # Errors
    /// [`UserRejection::NoSuchAddress`], [`UserRejection::AlreadyActive`].
    pub fn stop_address(
        &self,
        id: PayoutAddressId,
        secret: Digest,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_open()?;
        let known = self
            .address(id)
            .filter(|known| known.stop == secret)
            .ok_or(UserRejection::NoSuchAddress)?;
        match known.state(now) {
            AddressState::Ended(_) => return Err(UserRejection::NoSuchAddress),
            AddressState::Active => return Err(UserRejection::AlreadyActive),
            AddressState::Unconfirmed | AddressState::Waiting(_) => {}
        }
        let mut changed = self.end_sessions(now);
        changed.end_address(id, EndedHow::Stopped, now);
        changed.block_payouts(now);
        Ok(changed)
    }

    /// Takes an address out of use. Terms of deals keep the one they name.
    ///
    /// # Errors
    /// [`UserRejection::NoSuchAddress`].
    pub fn remove_address(
        &self,
        id: PayoutAddressId,
        now: Timestamp,
    ) -> Result<Self, UserRejection> {
        self.require_open()?;
        self.address(id).ok_or(UserRejection::NoSuchAddress)?;
        let mut changed = self.changed(now);
        changed.end_address(id, EndedHow::Removed, now);
        Ok(changed)
    }

    /// An address in use or on its way there.
    pub fn address(&self, id: PayoutAddressId) -> Option<&PayoutAddress> {
        self.listed().find(|known| known.id == id)
    }

    /// The address that new deals on `network` pay to: the one that became active last, else one
    /// that was confirmed and waits.
    pub fn confirmed_address(&self, network: Network, now: Timestamp) -> Option<&PayoutAddress> {
        let on_network = || {
            self.listed()
                .filter(move |known| known.network == network && known.is_confirmed())
        };
        on_network()
            .filter(|known| known.state(now) == AddressState::Active)
            .max_by_key(|known| known.active_from)
            .or_else(|| on_network().min_by_key(|known| known.active_from))
    }

    /// Whether money may go to `address` on `network` now.
    pub fn payout_standing(
        &self,
        network: Network,
        address: &str,
        now: Timestamp,
    ) -> PayoutStanding {
        if let Some(until) = self.payouts_blocked(now) {
            return PayoutStanding::Blocked(until);
        }
        let theirs = self
            .listed()
            .filter(|known| known.network == network && known.is_same(address))
            .filter_map(|known| known.active_from)
            .min();
        match theirs {
            None => PayoutStanding::NotTheirs,
            Some(from) if now < from => PayoutStanding::AddressWaits(from),
            Some(_) => PayoutStanding::Ready,
        }
    }

    /// Those in use or on their way there, oldest first.
    pub fn listed(&self) -> impl Iterator<Item = &PayoutAddress> {
        self.addresses.iter().filter(|known| known.is_listed())
    }

    /// Whether the person ever had an address on `network` that counted: taking it out and adding
    /// another is a change too. One that its owner stopped never counted.
    fn had_address_on(&self, network: Network) -> bool {
        self.addresses.iter().any(|known| {
            known.network == network
                && known.confirmed_at.is_some()
                && known.ended.map(|ended| ended.how) != Some(EndedHow::Stopped)
        })
    }

    /// One address waits on a network at a time, and one change anywhere.
    fn refuse_second_change(
        &self,
        network: Network,
        is_change: bool,
        now: Timestamp,
    ) -> Result<(), UserRejection> {
        let waiting = self.listed().find_map(|known| match known.state(now) {
            AddressState::Waiting(until)
                if known.network == network || (is_change && known.is_change) =>
            {
                Some(until)
            }
            AddressState::Waiting(_)
            | AddressState::Unconfirmed
            | AddressState::Active
            | AddressState::Ended(_) => None,
        });
        match waiting {
            Some(until) => Err(UserRejection::ChangeWaiting { until: Some(until) }),
            None => Ok(()),
        }
    }

    fn end_address(&mut self, id: PayoutAddressId, how: EndedHow, now: Timestamp) {
        for known in self.addresses.iter_mut().filter(|known| known.id == id) {
            known.end(how, now);
        }
    }

    fn forget_old_addresses(&mut self) -> Result<(), UserRejection> {
        while self.addresses.len() > Self::ADDRESSES_MAX {
            // One that counted stays, or a change would pass for a first address.
            let oldest = self
                .addresses
                .iter()
                .position(|known| !known.is_listed() && known.confirmed_at.is_none())
                .ok_or(UserRejection::TooManyAddresses)?;
            self.addresses.remove(oldest);
        }
        Ok(())
    }
}

impl PayoutAddress {
    fn end(&mut self, how: EndedHow, now: Timestamp) {
        self.ended.get_or_insert(Ended { at: now, how });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use crate::user::tests::{NOON, sara};

    const ALPHA: &str = "0x7f3a91cd0b2e44a81f60c9d25eb788410af3d2e9";
    const BETA: &str = "0x1111111111111111111111111111111111111111";
    const LIKE_ALPHA: &str = "0x7f3a000000000000000000000000000000ffd2e9";
    const HOUR: Span = Span::hours(1);

    fn id(name: &str) -> PayoutAddressId {
        PayoutAddressId::derived(&[name.as_bytes()])
    }

    fn new(name: &str, network: Network, address: &str) -> NewAddress {
        NewAddress {
            id: id(name),
            network,
            address: address.into(),
            label: None,
            stop: Digest::of(name.as_bytes()),
            look_alike_accepted: false,
        }
    }

    fn bsc(name: &str, address: &str) -> NewAddress {
        new(name, Network::Bsc, address)
    }

    fn confirmed(user: &User, name: &str, address: &str, at: Timestamp) -> User {
        user.add_address(bsc(name, address), at)
            .and_then(|user| user.confirm_address(id(name), false, at))
            .unwrap()
    }

    #[test]
    fn a_new_address_waits_24_hours_after_its_code() {
        let added = sara().add_address(bsc("a", ALPHA), NOON).unwrap();
        let later = NOON.plus(HOUR);
        let standing = |user: &User, at| user.payout_standing(Network::Bsc, ALPHA, at);
        assert_eq!(standing(&added, NOON), PayoutStanding::NotTheirs);

        let confirmed = added.confirm_address(id("a"), false, later).unwrap();
        let active = later.plus(Span::hours(24));
        let just_before = active.minus(Span::from_ms(1));
        assert_eq!(
            standing(&confirmed, just_before),
            PayoutStanding::AddressWaits(active)
        );
        assert_eq!(standing(&confirmed, active), PayoutStanding::Ready);
    }

    #[test]
    fn a_change_with_a_live_deal_waits_72_hours() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let later = NOON.plus(Span::days(30));
        let added = user.add_address(bsc("b", BETA), later).unwrap();
        let changed = added.confirm_address(id("b"), true, later).unwrap();
        let from = changed.address(id("b")).unwrap().active_from;
        assert_eq!(from, Some(later.plus(Span::hours(72))));
    }

    #[test]
    fn a_first_address_with_a_live_deal_waits_24_hours() {
        let added = sara().add_address(bsc("a", ALPHA), NOON).unwrap();
        let first = added.confirm_address(id("a"), true, NOON).unwrap();
        let from = first.address(id("a")).unwrap().active_from;
        assert_eq!(from, Some(NOON.plus(Span::hours(24))));
    }

    #[test]
    fn removing_an_address_and_adding_another_is_a_change_too() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let later = NOON.plus(Span::days(30));
        let changed = user
            .remove_address(id("a"), later)
            .and_then(|user| user.add_address(bsc("b", BETA), later))
            .and_then(|user| user.confirm_address(id("b"), true, later))
            .unwrap();
        let from = changed.address(id("b")).unwrap().active_from;
        assert_eq!(from, Some(later.plus(Span::hours(72))));
    }

    #[test]
    fn the_old_address_counts_until_the_new_one_is_active() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let later = NOON.plus(Span::days(30));
        let user = confirmed(&user, "b", BETA, later);
        let paid_at = |at| user.confirmed_address(Network::Bsc, at).unwrap().id;
        assert_eq!(paid_at(later.plus(Span::hours(23))), id("a"));
        assert_eq!(paid_at(later.plus(Span::hours(24))), id("b"));
    }

    #[test]
    fn a_first_address_can_be_offered_with_while_it_waits() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let address = user.confirmed_address(Network::Bsc, NOON).unwrap();
        assert_eq!(address.id, id("a"));
        assert_eq!(user.confirmed_address(Network::Tron, NOON), None);
    }

    #[test]
    fn one_change_waits_at_a_time() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let until = Some(NOON.plus(Span::hours(24)));
        let second = user.add_address(bsc("b", BETA), NOON);
        assert_eq!(second, Err(UserRejection::ChangeWaiting { until }));

        let elsewhere = new("p", Network::Polygon, BETA);
        let first_there = user
            .add_address(elsewhere, NOON)
            .and_then(|user| user.confirm_address(id("p"), false, NOON));
        assert!(
            first_there.is_ok(),
            "a first address on another network is no change"
        );

        let later = NOON.plus(Span::days(30));
        let user = confirmed(&first_there.unwrap(), "b", BETA, later);
        let other_change = user.add_address(new("q", Network::Polygon, ALPHA), later);
        let until = Some(later.plus(Span::hours(24)));
        assert_eq!(other_change, Err(UserRejection::ChangeWaiting { until }));
    }

    #[test]
    fn two_changes_cannot_be_confirmed_side_by_side() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let user = user
            .add_address(new("p", Network::Polygon, ALPHA), NOON)
            .and_then(|user| user.confirm_address(id("p"), false, NOON))
            .unwrap();
        let later = NOON.plus(Span::days(30));
        let user = user
            .add_address(bsc("b", BETA), later)
            .and_then(|user| user.add_address(new("q", Network::Polygon, BETA), later))
            .and_then(|user| user.confirm_address(id("b"), false, later))
            .unwrap();
        let refused = user.confirm_address(id("q"), false, later);
        assert!(matches!(refused, Err(UserRejection::ChangeWaiting { .. })));
    }

    #[test]
    fn an_address_whose_code_was_not_entered_gives_way_to_another_try() {
        let user = sara()
            .add_address(bsc("a", ALPHA), NOON)
            .and_then(|user| user.add_address(bsc("b", ALPHA), NOON))
            .unwrap();
        assert_eq!(user.listed().count(), 1);
        let confirmed = user.confirm_address(id("a"), false, NOON);
        assert_eq!(confirmed, Err(UserRejection::NoSuchAddress));
    }

    #[test]
    fn stopping_an_address_ends_it_and_all_sessions_and_blocks_payouts() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let later = NOON.plus(HOUR);
        let guess = user.stop_address(id("a"), Digest::ZERO, later);
        assert_eq!(guess, Err(UserRejection::NoSuchAddress));

        let stopped = user.stop_address(id("a"), Digest::of(b"a"), later).unwrap();
        assert_eq!(stopped.listed().count(), 0);
        assert_eq!(stopped.sessions_valid_from, later);
        assert_eq!(
            stopped.payouts_blocked(later),
            Some(later.plus(Span::hours(72)))
        );
        let twice = stopped.stop_address(id("a"), Digest::of(b"a"), later);
        assert_eq!(twice, Err(UserRejection::NoSuchAddress));
    }

    #[test]
    fn an_active_address_is_no_longer_stopped_by_its_link() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let active = NOON.plus(Span::hours(24));
        let late = user.stop_address(id("a"), Digest::of(b"a"), active);
        assert_eq!(late, Err(UserRejection::AlreadyActive));
    }

    #[test]
    fn the_same_address_is_not_had_twice_and_another_case_is_the_same() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let upper = format!("0x{}", ALPHA[2..].to_uppercase());
        let again = user.add_address(bsc("b", &upper), NOON);
        assert_eq!(again, Err(UserRejection::AddressKnown));
    }

    #[test]
    fn an_address_that_begins_and_ends_like_a_known_one_has_to_be_meant() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let later = NOON.plus(Span::days(2));
        let refused = user.add_address(bsc("b", LIKE_ALPHA), later);
        assert_eq!(refused, Err(UserRejection::AddressLooksAlike));
        let meant = NewAddress {
            look_alike_accepted: true,
            ..bsc("b", LIKE_ALPHA)
        };
        assert!(user.add_address(meant, later).is_ok());
    }

    #[test]
    fn an_address_of_another_network_is_refused() {
        let tron = new("t", Network::Tron, ALPHA);
        assert_eq!(
            sara().add_address(tron, NOON),
            Err(UserRejection::NotAnAddress)
        );
    }

    #[test]
    fn a_suspended_person_adds_and_removes_addresses_as_open_deals_need_them() {
        let suspended = sara().suspend(NOON).unwrap();
        let added = suspended.add_address(bsc("a", ALPHA), NOON).unwrap();
        let confirmed = added.confirm_address(id("a"), true, NOON).unwrap();
        assert!(confirmed.remove_address(id("a"), NOON).is_ok());
        let stopped = added.stop_address(id("a"), Digest::of(b"a"), NOON);
        assert!(stopped.is_ok());
    }

    #[test]
    fn a_reset_blocks_even_an_active_address() {
        let user = confirmed(&sara(), "a", ALPHA, NOON);
        let later = NOON.plus(Span::days(30));
        let hash = crate::user::PasswordHash::new("$argon2id$".into());
        let reset = user.reset_password(hash, later).unwrap();
        let until = later.plus(Span::hours(72));
        let standing = reset.payout_standing(Network::Bsc, ALPHA, later);
        assert_eq!(standing, PayoutStanding::Blocked(until));
    }

    #[test]
    fn tries_without_end_do_not_grow_the_account_without_end() {
        let mut user = sara();
        for n in 0..100 {
            user = user.add_address(bsc(&n.to_string(), ALPHA), NOON).unwrap();
        }
        assert_eq!(user.addresses.len(), User::ADDRESSES_MAX);
    }
}
