//! People with an account: what they are, what they may do with it, and where they are paid.
//!
//! Every decision is a plain function from a person to the changed person, with the version one
//! higher, or a typed refusal.

mod account;
mod address;
mod addresses;
mod block;
mod name;
mod preferences;
mod profile;
mod rejection;
mod staff;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::email::Email;
use crate::id::UserId;
use crate::language::Language;
use crate::role::{Role, Roles, SellerStatus, UserStatus};
use crate::time::{Span, Timestamp};

pub use address::{
    AddressState, CHANGE_IN_DEAL_WAIT, Ended, EndedHow, NEW_ADDRESS_WAIT, PayoutAddress,
    PayoutStanding,
};
pub use addresses::NewAddress;
pub use name::{NameError, PersonName};
pub use preferences::{
    Calendar, DisplayCurrency, InvalidTimeZoneName, Preferences, Theme, TimeZoneName,
};
pub use profile::{InvalidPhone, InvalidWebsite, Phone, Profile, Website};
pub use rejection::UserRejection;
pub use staff::{ProposedRoles, ProposedSuspension, ROLES_KEY_LASTS};

/// How long nothing is paid out after a password was reset or an address was stopped: time for the
/// owner to notice.
pub const PAYOUT_BLOCK: Span = Span::hours(72);

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Who.
    pub id: UserId,
    /// How often the account was changed.
    pub version: u64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// The mailbox, unique among all accounts.
    pub email: Email,
    /// When a code sent there was entered.
    pub email_verified_at: Option<Timestamp>,
    /// The password, as argon2id keeps it; none for somebody who signs in otherwise.
    pub password: Option<PasswordHash>,
    /// First name.
    pub first_name: Option<PersonName>,
    /// Last name.
    pub last_name: Option<PersonName>,
    /// What the person may be.
    pub roles: Roles,
    /// Whether the person may sell.
    pub seller_status: SellerStatus,
    /// Whether the account is in use.
    pub status: UserStatus,
    /// What others may read about the person.
    pub profile: Profile,
    /// How the person wants to see and hear things.
    pub preferences: Preferences,
    /// Where the person is paid, ended ones included, oldest first.
    pub addresses: Vec<PayoutAddress>,
    /// Nothing is paid out before this moment.
    pub payouts_blocked_until: Option<Timestamp>,
    /// Sessions that began earlier open nothing, whatever their own record says.
    pub sessions_valid_from: Timestamp,
    /// When the person last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// Browsers that signed in before, the one seen last at the end.
    pub devices: Vec<KnownDevice>,
    /// People who may neither offer on this person's requests nor invite this person, the last one
    /// at the end.
    #[serde(default)]
    pub blocked: Vec<UserId>,
    /// Roles that one admin wants and another has yet to agree to.
    #[serde(default)]
    pub proposed_roles: Option<ProposedRoles>,
    /// A proposal to suspend that no admin has decided on.
    #[serde(default)]
    pub proposed_suspension: Option<ProposedSuspension>,
}

/// A browser that signed in before: strangers who guess the password do not lock it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownDevice {
    /// The digest of the secret that the browser keeps.
    pub secret: Digest,
    /// When it last signed in.
    pub seen_at: Timestamp,
}

/// What argon2id made of a password, in PHC string form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes what the hasher made.
    pub const fn new(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A log shows no hash.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Somebody whose mailbox was just proven.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Who.
    pub id: UserId,
    /// The proven mailbox.
    pub email: Email,
    /// The password, hashed.
    pub password: PasswordHash,
    /// First name.
    pub first_name: Option<PersonName>,
    /// Last name.
    pub last_name: Option<PersonName>,
    /// The language of the page they signed up on.
    pub language: Language,
}

impl User {
    /// So many browsers are remembered.
    pub const DEVICES_MAX: usize = 10;

    /// Opens an account for a buyer.
    pub fn open(new: NewUser, now: Timestamp) -> Self {
        Self {
            id: new.id,
            version: 1,
            created_at: now,
            updated_at: now,
            email: new.email,
            email_verified_at: Some(now),
            password: Some(new.password),
            first_name: new.first_name,
            last_name: new.last_name,
            roles: Roles::BUYER,
            seller_status: SellerStatus::None,
            status: UserStatus::Active,
            profile: Profile::default(),
            preferences: Preferences::of(new.language),
            addresses: Vec::new(),
            payouts_blocked_until: None,
            sessions_valid_from: now,
            last_sign_in_at: None,
            devices: Vec::new(),
            blocked: Vec::new(),
            proposed_roles: None,
            proposed_suspension: None,
        }
    }

    /// What others call the person. Somebody without a name is called by a part of their id, which
    /// tells nothing about them.
    pub fn display_name(&self) -> String {
        let parts = [&self.first_name, &self.last_name];
        let given: Vec<&str> = parts
            .into_iter()
            .flatten()
            .map(PersonName::as_str)
            .collect();
        if given.is_empty() {
            let id = self.id.as_uuid().simple().to_string();
            let tail = id.get(24..30).unwrap_or_default();
            return format!("#{}", tail.to_ascii_uppercase());
        }
        given.join(" ")
    }

    /// Whether the person may offer on requests.
    pub fn may_sell(&self) -> bool {
        self.status == UserStatus::Active
            && self.roles.has(Role::Seller)
            && self.seller_status == SellerStatus::Approved
    }

    /// Whether the browser with this secret signed in before.
    pub fn knows_device(&self, secret: Digest) -> bool {
        self.devices.iter().any(|device| device.secret == secret)
    }

    /// Until when nothing is paid out, if that is not over.
    pub fn payouts_blocked(&self, now: Timestamp) -> Option<Timestamp> {
        self.payouts_blocked_until.filter(|until| now < *until)
    }

    fn changed(&self, now: Timestamp) -> Self {
        Self {
            version: self.version.saturating_add(1),
            updated_at: now,
            ..self.clone()
        }
    }

    fn block_payouts(&mut self, now: Timestamp) {
        let until = now.plus(PAYOUT_BLOCK);
        self.payouts_blocked_until = self.payouts_blocked_until.max(Some(until));
    }

    const fn require_open(&self) -> Result<(), UserRejection> {
        match self.status {
            UserStatus::Deleted => Err(UserRejection::Deleted),
            UserStatus::Active | UserStatus::Suspended => Ok(()),
        }
    }

    const fn require_active(&self) -> Result<(), UserRejection> {
        match self.status {
            UserStatus::Deleted => Err(UserRejection::Deleted),
            UserStatus::Suspended => Err(UserRejection::Suspended),
            UserStatus::Active => Ok(()),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const NOON: Timestamp = Timestamp::from_unix_ms(1_793_534_400_000);

    pub(crate) fn sara() -> User {
        let new = NewUser {
            id: UserId::derived(&[b"sara"]),
            email: Email::new("sara@example.com").unwrap(),
            password: PasswordHash::new("$argon2id$first".into()),
            first_name: Some(PersonName::new("Sara").unwrap()),
            last_name: None,
            language: Language::Fa,
        };
        User::open(new, NOON)
    }

    #[test]
    fn everybody_begins_as_a_buyer_with_a_proven_mailbox() {
        let sara = sara();
        assert_eq!(sara.roles, Roles::BUYER);
        assert_eq!(sara.email_verified_at, Some(NOON));
        assert!(!sara.may_sell());
    }

    #[test]
    fn somebody_without_a_name_is_called_by_part_of_their_id() {
        let mut sara = sara();
        assert_eq!(sara.display_name(), "Sara");
        sara.first_name = None;
        assert_eq!(sara.display_name().len(), 7);
        assert!(sara.display_name().starts_with('#'));
    }

    #[test]
    fn a_log_shows_neither_address_nor_hash() {
        let text = format!("{:?}", sara());
        assert!(!text.contains("argon2"));
        assert!(!text.contains("sara@example.com"));
    }

    #[test]
    fn a_stored_person_comes_back() {
        let text = serde_json::to_string(&sara()).unwrap();
        assert_eq!(serde_json::from_str::<User>(&text).unwrap(), sara());
    }
}
