//! Mail on its way out.

use storage::{Lease, Limit, OutgoingMail, StoreError};

use super::trying::Hitch;
use super::{Job, JobReport};
use crate::Services;
use crate::mail::Fate;

impl Services {
    /// Sends letters whose turn has come. One that cannot be noted as sent waits longer each time,
    /// so that nobody gets it again and again.
    pub(super) async fn send_mail(&self, lease: &mut Lease) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        let failed = self.failed_at(Job::Mail).await?;
        let due = self.store.mails().list_due(self.now(), Limit::MAX).await?;
        for mail in due {
            if !self.keeps(Some(lease)).await? {
                break;
            }
            let subject = format!("mail:{}", mail.id);
            let work = Box::pin(self.send_letter(&mail));
            self.try_one(Job::Mail, &subject, &failed, &mut report, work)
                .await?;
        }
        Ok(report)
    }

    async fn send_letter(&self, mail: &OutgoingMail) -> Result<(), Hitch> {
        match self.deliver(mail).await {
            // A mailbox that refuses is a matter of whose it is.
            Ok(Fate::Sent | Fate::Refused) => Ok(()),
            Ok(Fate::Postponed(error)) => Err(Hitch::Elsewhere(error)),
            Ok(Fate::Failed(error)) => Err(Hitch::Final(error)),
            Err(error) => Err(Hitch::Own(format!("its fate is not noted: {error}"))),
        }
    }
}
