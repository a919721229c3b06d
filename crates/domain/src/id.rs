//! Identifiers: one newtype for each kind of thing, so that none can stand in for another.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::time::Timestamp;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a UUID that a store or a client gave.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID, for stores and for hashing.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }

            /// A fresh UUIDv7 (RFC 9562) from the time and ten random bytes, both of them ports.
            pub fn fresh(now: Timestamp, random: [u8; 10]) -> Self {
                Self(uuid_v7(now, random))
            }

            /// The UUIDv5 (RFC 9562) of `parts`: the same parts give the same id again, so that
            /// a repeated command cannot create a second thing.
            pub fn derived(parts: &[&[u8]]) -> Self {
                Self(uuid_v5(stringify!($name), parts))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A person with an account.
    UserId,
    /// A browser or API session.
    SessionId,
    /// A purchase request.
    RequestId,
    /// A seller's offer on a request.
    OfferId,
    /// A deal: one accepted offer and all that follows.
    DealId,
    /// A payment intent: one address on one rail, for one deal.
    IntentId,
    /// A dispute within a deal.
    DisputeId,
    /// A proposal within a deal: split, waiver or extension.
    ProposalId,
    /// A category of goods.
    CategoryId,
    /// A stored file.
    FileId,
    /// A notification to one person.
    NotificationId,
    /// A payout or refund address of a person.
    PayoutAddressId,
    /// One attempt to sign up.
    SignUpId,
    /// A message to a mailbox.
    MailId,
    /// An entry of the audit log.
    AuditId,
    /// A transfer that was taken into account.
    DepositClaimId,
    /// One side of a journal in the list of all ledgers.
    LedgerEntryId,
    /// Work that was given up.
    DeadLetterId,
    /// Several small payouts of one person, sent together.
    JointPayoutId,
    /// What somebody told staff about something that others show.
    ReportId,
}

impl DealId {
    /// The deal as people call it, in headings and letters: `7K4Q`. Four letters of Crockford's
    /// alphabet, which has no I, L, O and U. Short enough to say, so not unique: it never finds a deal.
    pub fn short(self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits = self.0.as_u128();
        [15_u32, 10, 5, 0]
            .into_iter()
            .map(|shift| bits.wrapping_shr(shift) & 31)
            .filter_map(|index| ALPHABET.get(usize::try_from(index).ok()?))
            .map(|letter| char::from(*letter))
            .collect()
    }
}

fn uuid_v7(now: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.unix_ms()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Each part is preceded by its length, so that no two lists of parts give the same name.
fn uuid_v5(kind: &str, parts: &[&[u8]]) -> Uuid {
    let mut name = Vec::new();
    name.extend_from_slice(kind.as_bytes());
    for part in parts {
        name.push(0);
        name.extend_from_slice(part.len().to_string().as_bytes());
        name.push(0);
        name.extend_from_slice(part);
    }
    Uuid::new_v5(&NAMESPACE, &name)
}

/// Our own namespace for derived ids; fixed for ever, since stored ids come from it.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f5d_7c1e_4a0b_5d6e_9b37_2c61_a4e8_0d13);

/// A client's key that makes a repeated command harmless: 1 to 128 visible ASCII characters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommandKey(String);

/// Why a text is no [`CommandKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key is 1 to 128 visible ASCII characters")]
pub struct InvalidCommandKey;

impl CommandKey {
    /// Longest key, in characters.
    pub const MAX_LEN: usize = 128;

    /// Checks and takes a client's key.
    ///
    /// # Errors
    /// [`InvalidCommandKey`] when it is empty, too long, or not visible ASCII.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidCommandKey> {
        let text = text.into();
        let fits = !text.is_empty() && text.len() <= Self::MAX_LEN;
        if fits && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(text))
        } else {
            Err(InvalidCommandKey)
        }
    }

    /// The key as the client sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CommandKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommandKey({})", self.0)
    }
}

impl TryFrom<String> for CommandKey {
    type Error = InvalidCommandKey;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl From<CommandKey> for String {
    fn from(key: CommandKey) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_repeat_for_the_same_parts_and_differ_for_any_other_split() {
        let one = DealId::derived(&[b"ab", b"c"]);
        assert_eq!(one, DealId::derived(&[b"ab", b"c"]));
        assert_ne!(one, DealId::derived(&[b"a", b"bc"]));
        assert_ne!(one.as_uuid(), IntentId::derived(&[b"ab", b"c"]).as_uuid());
    }

    #[test]
    fn fresh_ids_sort_by_time() {
        let early = DealId::fresh(Timestamp::from_unix_ms(1_000), [0xff; 10]);
        let late = DealId::fresh(Timestamp::from_unix_ms(2_000), [0; 10]);
        assert!(early < late);
    }

    #[test]
    fn a_deal_is_called_by_four_letters_that_nobody_mixes_up() {
        let named = |bits| DealId::from_uuid(Uuid::from_u128(bits)).short();
        assert_eq!(named(0), "0000");
        assert_eq!(named(0b00111_10011_00100_10111), "7K4Q");
        assert_eq!(named(u128::MAX), "ZZZZ");
    }

    #[test]
    fn command_keys_are_short_visible_ascii() {
        assert!(CommandKey::new("a-1").is_ok());
        for refused in ["", "two words", "\n", "ك", &"x".repeat(129)] {
            assert_eq!(
                CommandKey::new(refused),
                Err(InvalidCommandKey),
                "{refused:?}"
            );
        }
    }
}
