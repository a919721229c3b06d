//! Who is calling.

use domain::id::{SessionId, UserId};
use domain::{Roles, SellerStatus, UserStatus};

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
    /// The session that the request came with; none for the operator's command line.
    pub session: Option<SessionId>,
    /// What the account may be.
    pub roles: Roles,
    /// Whether the account may sell; the role alone is not enough.
    pub seller_status: SellerStatus,
    /// Whether the account is in use.
    pub status: UserStatus,
}

impl Actor {
    /// The person, when there is one.
    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Visitor | Self::System => None,
        }
    }

    /// The account, when there is one.
    pub fn user_id(&self) -> Option<UserId> {
        self.person().map(|person| person.id)
    }
}
