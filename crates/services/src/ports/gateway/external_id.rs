//! The name that a gateway knows an intent or a payout leg by.

use core::fmt;

use domain::id::{DealId, IntentId};

/// What a gateway knows an intent or a payout leg by; ours, and never given to a second thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalId(String);

/// Why a text is no [`ExternalId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an external id is 1 to 200 letters, digits or .-_:")]
pub struct InvalidExternalId;

impl ExternalId {
    /// Longest id, in characters.
    pub const MAX_LEN: usize = 200;

    /// Checks and takes an id: it stands in URLs and in other people's databases.
    ///
    /// # Errors
    /// [`InvalidExternalId`] when it is empty, too long, or holds anything but letters, digits and
    /// `.-_:`.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidExternalId> {
        let text = text.into();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte);
        if (1..=Self::MAX_LEN).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text))
        } else {
            Err(InvalidExternalId)
        }
    }

    /// The id of an intent's invoice.
    pub fn of_intent(intent: IntentId) -> Self {
        Self(intent.to_string())
    }

    /// The id of one payout leg. A leg that is sent anew, to another address or after two people
    /// agreed, needs a `leg` text of its own: a gateway takes each id once.
    ///
    /// # Errors
    /// [`InvalidExternalId`] when `leg` holds what an id cannot.
    pub fn of_leg(deal: DealId, leg: &str) -> Result<Self, InvalidExternalId> {
        if leg.is_empty() {
            return Err(InvalidExternalId);
        }
        Self::new(format!("{deal}.{leg}"))
    }

    /// The intent, when this is the id of one.
    pub fn intent(&self) -> Option<IntentId> {
        self.0
            .parse()
            .ok()
            .filter(|id| Self::of_intent(*id) == *self)
    }

    /// The deal and the leg, when this is the id of a leg.
    pub fn leg(&self) -> Option<(DealId, &str)> {
        let (deal, leg) = self.0.split_once('.')?;
        let deal = deal.parse().ok()?;
        (!leg.is_empty()).then_some((deal, leg))
    }

    /// The bare text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_external_id_says_whose_it_is() {
        let intent = IntentId::derived(&[b"intent"]);
        let deal = DealId::derived(&[b"deal"]);
        let of_intent = ExternalId::of_intent(intent);
        let of_leg = ExternalId::of_leg(deal, "surplus-1").unwrap();

        assert_eq!(of_intent.intent(), Some(intent));
        assert_eq!(of_intent.leg(), None);
        assert_eq!(of_leg.leg(), Some((deal, "surplus-1")));
        assert_eq!(of_leg.intent(), None);
    }

    #[test]
    fn an_external_id_is_safe_in_a_url() {
        for refused in ["", "a b", "a/b", "a?b", "a%b", "ك", &"x".repeat(201)] {
            assert_eq!(
                ExternalId::new(refused),
                Err(InvalidExternalId),
                "{refused:?}"
            );
        }
        assert_eq!(
            ExternalId::of_leg(DealId::derived(&[b"deal"]), ""),
            Err(InvalidExternalId)
        );
    }

    #[test]
    fn another_spelling_of_an_intent_is_not_that_intent() {
        let spelled = IntentId::derived(&[b"intent"]).to_string().to_uppercase();
        assert_eq!(ExternalId::new(spelled).unwrap().intent(), None);
    }
}
