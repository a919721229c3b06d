//! Why the rules about a person refuse something.

use crate::time::Timestamp;

/// Why a decision about a person was refused. Nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UserRejection {
    /// The account was closed.
    #[error("this account was closed")]
    Deleted,
    /// The account is suspended, and this is not part of an open deal.
    #[error("this account is suspended")]
    Suspended,
    /// The account is not suspended, so there is nothing to lift.
    #[error("this account is not suspended")]
    NotSuspended,
    /// Money is still with the person's deals.
    #[error("an account with money in a deal, a payment or a payout cannot be closed")]
    MoneyInPlay,
    /// Asked before, or approved already.
    #[error("there is nothing to apply for: the application waits or was approved")]
    AlreadyApplied,
    /// No application waits.
    #[error("no application waits for a decision")]
    NoApplication,
    /// The text has not the shape of an address on this network.
    #[error("this is no address on this network")]
    NotAnAddress,
    /// The person has this address already.
    #[error("you have this address already")]
    AddressKnown,
    /// Begins and ends like an address the person has; has to be confirmed in so many words.
    #[error("this starts and ends like your saved address, but the middle differs")]
    AddressLooksAlike,
    /// A change waits already; one at a time.
    #[error("another change waits already; one at a time")]
    ChangeWaiting {
        /// When it is through; none while its code has yet to be entered.
        until: Option<Timestamp>,
    },
    /// There is no such address, or it was ended.
    #[error("there is no such address")]
    NoSuchAddress,
    /// The address was confirmed before.
    #[error("this address was confirmed before")]
    AlreadyConfirmed,
    /// Too late to stop it: money may be sent there already.
    #[error("this address is in use already; remove it under your payout addresses")]
    AlreadyActive,
    /// More people than a list is for.
    #[error("at most 200 people can be blocked; let somebody go first")]
    TooManyBlocked,
    /// More addresses than anybody needs.
    #[error("there are too many addresses; remove one first")]
    TooManyAddresses,
    /// Nobody decides on their own account, or blocks themselves.
    #[error("this is your own account")]
    OwnAccount,
    /// A different admin has to agree.
    #[error("you have agreed already; a different admin has to agree, too")]
    OtherKey,
    /// The person has exactly these roles.
    #[error("the person has these roles already")]
    SameRoles,
    /// Nothing was proposed, or somebody else was faster.
    #[error("nothing is proposed any more")]
    NothingProposed,
}

impl UserRejection {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deleted => "ACCOUNT_DELETED",
            Self::Suspended => "ACCOUNT_SUSPENDED",
            Self::NotSuspended => "ACCOUNT_NOT_SUSPENDED",
            Self::MoneyInPlay => "MONEY_IN_PLAY",
            Self::AlreadyApplied => "ALREADY_APPLIED",
            Self::NoApplication => "NO_APPLICATION",
            Self::NotAnAddress => "NOT_AN_ADDRESS",
            Self::AddressKnown => "ADDRESS_KNOWN",
            Self::AddressLooksAlike => "ADDRESS_LOOKS_ALIKE",
            Self::ChangeWaiting { .. } => "CHANGE_WAITING",
            Self::NoSuchAddress => "NO_SUCH_ADDRESS",
            Self::AlreadyConfirmed => "ALREADY_CONFIRMED",
            Self::AlreadyActive => "ALREADY_ACTIVE",
            Self::TooManyBlocked => "TOO_MANY_BLOCKED",
            Self::TooManyAddresses => "TOO_MANY_ADDRESSES",
            Self::OwnAccount => "OWN_ACCOUNT",
            Self::OtherKey => "OTHER_KEY",
            Self::SameRoles => "SAME_ROLES",
            Self::NothingProposed => "NOTHING_PROPOSED",
        }
    }
}
