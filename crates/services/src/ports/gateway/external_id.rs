//! The name that a gateway knows an intent or a payout leg by.

use core::fmt;

use domain::deal::LegId;
use domain::id::{DealId, IntentId, JointPayoutId};

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

    /// The id of one sending of a payout leg. A gateway takes each id once, so a leg that is sent
    /// anew, to another address or after two people agreed, counts `sending` on from 1.
    pub fn of_leg(deal: DealId, leg: &LegId, sending: u32) -> Result<Self, InvalidExternalId> {
        Self::new(format!("{deal}.{leg}.{sending}"))
    }

    /// The id of one sending of a joint payout.
    pub fn of_joint(joint: JointPayoutId, sending: u32) -> Self {
        Self(format!("{joint}.joint.{sending}"))
    }

    /// The intent, when this is the id of one.
    pub fn intent(&self) -> Option<IntentId> {
        self.0
            .parse()
            .ok()
            .filter(|id| Self::of_intent(*id) == *self)
    }

    /// The deal, the leg and the count of its sending, when this is the id of a leg.
    pub fn leg(&self) -> Option<(DealId, LegId, u32)> {
        let mut parts = self.0.split('.');
        let deal = parts.next()?.parse().ok()?;
        let leg = parts.next()?.parse().ok()?;
        let sending = parts.next()?.parse().ok()?;
        Self::of_leg(deal, &leg, sending)
            .is_ok_and(|same| same == *self)
            .then_some((deal, leg, sending))
    }

    /// The joint payout and the count of its sending, when this is the id of one.
    pub fn joint(&self) -> Option<(JointPayoutId, u32)> {
        let (joint, sending) = self.0.split_once(".joint.")?;
        let (joint, sending) = (joint.parse().ok()?, sending.parse().ok()?);
        (Self::of_joint(joint, sending) == *self).then_some((joint, sending))
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
        assert_eq!(of_intent.intent(), Some(intent));
        assert_eq!(of_intent.leg(), None);

        for leg in ["seller", "buyer", "surplus-1", "late-0123456789ab-2"] {
            let leg: LegId = leg.parse().unwrap();
            let of_leg = ExternalId::of_leg(deal, &leg, 1).unwrap();
            assert_eq!(of_leg.leg(), Some((deal, leg, 1)));
            assert_eq!(of_leg.intent(), None);
        }
    }

    #[test]
    fn a_joint_payout_is_no_leg() {
        let joint = JointPayoutId::derived(&[b"joint"]);
        let of_joint = ExternalId::of_joint(joint, 2);
        assert_eq!(of_joint.joint(), Some((joint, 2)));
        assert_eq!((of_joint.leg(), of_joint.intent()), (None, None));
        let deal = DealId::derived(&[b"deal"]);
        let of_leg = ExternalId::of_leg(deal, &LegId::Seller, 1).unwrap();
        assert_eq!(of_leg.joint(), None);
    }

    #[test]
    fn a_leg_that_is_sent_anew_has_another_id() {
        let deal = DealId::derived(&[b"deal"]);
        assert_ne!(
            ExternalId::of_leg(deal, &LegId::Seller, 1),
            ExternalId::of_leg(deal, &LegId::Seller, 2)
        );
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
    }

    #[test]
    fn another_spelling_is_another_id() {
        let intent = IntentId::derived(&[b"intent"]).to_string();
        let shouted = ExternalId::new(intent.to_uppercase()).unwrap();
        assert_eq!(shouted.intent(), None);
        for other in ["seller", "seller.01", "seller.1.1", ".1", "nobody.1"] {
            let text = format!("{}.{other}", DealId::derived(&[b"deal"]));
            assert_eq!(ExternalId::new(text).unwrap().leg(), None, "{other}");
        }
    }
}
