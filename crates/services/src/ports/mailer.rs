//! Mail that leaves the house, as a port.

use core::fmt;

use async_trait::async_trait;

/// A finished message to one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The same for each attempt to send the same message; becomes its Message-ID.
    pub id: uuid::Uuid,
    /// The mailbox, already validated.
    pub to: String,
    /// One line, without line breaks.
    pub subject: String,
    /// The message in plain text.
    pub text: String,
    /// The same message as a whole HTML document.
    pub html: String,
}

/// A message holds codes and what people do; a log shows neither.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Why a message did not go.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The mail server could not be reached or is busy: worth another try.
    #[error("mail cannot be sent now: {0}")]
    Unavailable(String),
    /// The message itself was refused: another try would end alike.
    #[error("mail was refused: {0}")]
    Refused(String),
}

/// Sends mail. A message that was accepted may still be sent twice after a crash, never zero times.
#[async_trait]
pub trait Mailer: Send + Sync + fmt::Debug {
    /// Hands one message to the mail server.
    ///
    /// # Errors
    /// [`MailError`] tells whether another try makes sense.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}
