//! What a person may be: roles, the way to become a seller, and whether the account is in use.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A part that a person plays. One person may play several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Posts requests and pays. Everybody with an account is one.
    Buyer,
    /// Offers on requests and delivers, once approved.
    Seller,
    /// Helps people; changes nothing that matters.
    Support,
    /// Rules the disputes that are drawn for them.
    Resolver,
    /// Runs the place; big steps need a second admin.
    Admin,
}

impl Role {
    /// All there are, in the order of the policy table's columns.
    pub const ALL: [Self; 5] = [
        Self::Buyer,
        Self::Seller,
        Self::Support,
        Self::Resolver,
        Self::Admin,
    ];

    /// The word used in the REST interface, in forms and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Seller => "seller",
            Self::Support => "support",
            Self::Resolver => "resolver",
            Self::Admin => "admin",
        }
    }

    /// The role of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether the role belongs to the people who run the place.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Support | Self::Resolver | Self::Admin)
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Buyer => 1,
            Self::Seller => 2,
            Self::Support => 4,
            Self::Resolver => 8,
            Self::Admin => 16,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A set of [`Role`]s, stored as a list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Role>", into = "Vec<Role>")]
pub struct Roles(u8);

impl Roles {
    /// No role at all: what a visitor has.
    pub const NONE: Self = Self(0);
    /// What everybody with an account has.
    pub const BUYER: Self = Self(Role::Buyer.bit());

    /// These and `role`.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// These but `role`.
    #[must_use]
    pub const fn without(self, role: Role) -> Self {
        Self(self.0 & !role.bit())
    }

    /// Whether `role` is among them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether one of them is a staff role.
    pub fn has_staff(self) -> bool {
        self.iter().any(Role::is_staff)
    }

    /// Each of them, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<Role>> for Roles {
    fn from(roles: Vec<Role>) -> Self {
        roles.into_iter().collect()
    }
}

impl From<Roles> for Vec<Role> {
    fn from(roles: Roles) -> Self {
        roles.iter().collect()
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// How far a person is on the way to selling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SellerStatus {
    /// Never asked.
    #[default]
    None,
    /// Asked; an admin has to decide.
    Pending,
    /// May sell.
    Approved,
    /// Was refused; may ask again.
    Rejected,
}

/// Whether an account is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// In use.
    #[default]
    Active,
    /// Stopped by an admin: open deals are on hold, and the person may act in them and nowhere
    /// else.
    Suspended,
    /// Closed by the person. Nobody can sign in.
    Deleted,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_stored_as_a_list_of_words() {
        let roles = Roles::BUYER.with(Role::Admin);
        let text = serde_json::to_string(&roles).unwrap();
        assert_eq!(text, r#"["buyer","admin"]"#);
        assert_eq!(serde_json::from_str::<Roles>(&text).unwrap(), roles);
    }

    #[test]
    fn a_role_is_taken_away_alone() {
        let roles: Roles = Role::ALL.into_iter().collect();
        for role in Role::ALL {
            let left = roles.without(role);
            assert!(!left.has(role));
            assert_eq!(left.iter().count(), 4, "{role}");
        }
    }
}
