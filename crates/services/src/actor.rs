//! Who is calling, and from where.

use std::net::IpAddr;

use domain::id::{SessionId, UserId};
use domain::policy::{Action, Denied, Who, may};
use domain::{Language, Roles, SellerStatus, User, UserStatus};

use storage::SessionKind;

use crate::secret::Secret;

/// Who asks for a use case. A transport finds it out; a use case never takes a user id on trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody without a session.
    Visitor,
    /// Somebody signed in.
    Person(Person),
    /// The system itself: a timer, the relay, a webhook whose signature was checked.
    System,
}

/// Somebody signed in, as of this request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub id: UserId,
    /// The session that the request came with.
    pub session: SessionId,
    /// What the account may be.
    pub roles: Roles,
    /// Whether the account may sell; the role alone is not enough.
    pub seller_status: SellerStatus,
    /// Whether the account is in use.
    pub status: UserStatus,
}

impl Person {
    /// The person of an account, in one of their sessions.
    pub const fn new(user: &User, session: SessionId) -> Self {
        Self {
            id: user.id,
            session,
            roles: user.roles,
            seller_status: user.seller_status,
            status: user.status,
        }
    }
}

impl Actor {
    /// Asks the policy table.
    ///
    /// # Errors
    /// [`Denied`] with the reason to show.
    pub fn may(&self, action: Action) -> Result<(), Denied> {
        may(self.who(), action)
    }

    /// The person, if the policy table lets them.
    ///
    /// # Errors
    /// [`Denied`]; the system is no person.
    pub fn person_who_may(&self, action: Action) -> Result<&Person, Denied> {
        self.may(action)?;
        match self {
            Self::Person(person) => Ok(person),
            Self::Visitor => Err(Denied::SignInNeeded),
            Self::System => Err(Denied::Forbidden),
        }
    }

    /// The account, when there is one.
    pub const fn user_id(&self) -> Option<UserId> {
        match self {
            Self::Person(person) => Some(person.id),
            Self::Visitor | Self::System => None,
        }
    }

    const fn who(&self) -> Who {
        match self {
            Self::Visitor => Who::Visitor,
            Self::System => Who::System,
            Self::Person(person) => Who::Person {
                roles: person.roles,
                seller_status: person.seller_status,
                status: person.status,
            },
        }
    }
}

/// The address of whoever asks, as far as a proxy that we trust told it. The server puts it into
/// each request, for every door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Where a request about somebody's identity came from.
#[derive(Debug, Clone)]
pub struct Client {
    /// The address, of which only a proxy that we trust may have told.
    pub ip: IpAddr,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The language of the page.
    pub language: Language,
    /// The secret that the browser keeps since it last signed in.
    pub device: Option<Secret>,
    /// How it keeps a session that it opens.
    pub kind: SessionKind,
}

impl Client {
    /// The network for limits: one IPv4 address, or the 64 bits of IPv6 that one household has.
    pub fn network(&self) -> String {
        match self.ip.to_canonical() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(ip: &str) -> String {
        let client = Client {
            ip: ip.parse().unwrap(),
            user_agent: String::new(),
            language: Language::En,
            device: None,
            kind: SessionKind::Browser,
        };
        client.network()
    }

    #[test]
    fn one_household_is_one_network() {
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }
}
