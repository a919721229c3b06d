//! What a browser holds while its sign-up waits for the code.

use core::fmt;
use core::str::FromStr;

use domain::id::SignUpId;

use crate::secret::Secret;

/// Names one attempt to sign up and proves that it is this browser's. Written as `id.secret`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUpTicket {
    pub(crate) id: SignUpId,
    pub(crate) secret: Secret,
}

/// A text that is no [`SignUpTicket`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no ticket of a sign-up")]
pub struct InvalidTicket;

impl fmt::Display for SignUpTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.secret)
    }
}

impl FromStr for SignUpTicket {
    type Err = InvalidTicket;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (id, secret) = text.split_once('.').ok_or(InvalidTicket)?;
        Ok(Self {
            id: id.parse().map_err(|_| InvalidTicket)?,
            secret: secret.parse().map_err(|_| InvalidTicket)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    #[test]
    fn a_ticket_comes_back_from_its_text() {
        let ticket = SignUpTicket {
            id: SignUpId::derived(&[b"one"]),
            secret: Secret::draw(&SeededRandom::new(1)),
        };
        assert_eq!(ticket.to_string().parse(), Ok(ticket));
        for wrong in ["", ".", "a.b", "no ticket"] {
            assert_eq!(wrong.parse::<SignUpTicket>(), Err(InvalidTicket), "{wrong}");
        }
    }
}
