//! A mailbox that a test opens.

use std::sync::Mutex;

use async_trait::async_trait;

use crate::ports::{Mail, MailError, Mailer};

/// Keeps every message that was sent, in order.
#[derive(Debug, Default)]
pub struct CapturingMailer {
    sent: Mutex<Vec<Mail>>,
    failure: Mutex<Option<MailError>>,
}

impl CapturingMailer {
    /// Takes out what was sent so far.
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut self.sent.lock().expect("no test panics while sending"))
    }

    /// Lets every further message fail with `failure`, or none.
    pub fn fail_with(&self, failure: Option<MailError>) {
        *self.failure.lock().expect("no test panics while sending") = failure;
    }
}

#[async_trait]
impl Mailer for CapturingMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let failure = self
            .failure
            .lock()
            .expect("no test panics while sending")
            .clone();
        if let Some(failure) = failure {
            return Err(failure);
        }
        self.sent
            .lock()
            .expect("no test panics while sending")
            .push(mail.clone());
        Ok(())
    }
}
