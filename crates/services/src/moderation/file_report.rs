//! Telling staff about a request, an offer or a person.

use domain::id::{ReportId, RequestId, UserId};
use domain::policy::Action;
use domain::report::{Reason, Report, ReportRejection, Subject};
use domain::text::Block;
use domain::{Span, UserStatus};
use storage::InsertError;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::identity::Throttled;
use crate::notifications::Message;
use crate::requests::ChangeRequestError;

/// So many reports one person files in a day.
const A_DAY: u32 = 20;
/// So often one person reports the same thing.
const ROUNDS_MAX: u32 = 50;

/// A report to file.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// About what.
    pub subject: Subject,
    /// What is wrong with it.
    pub reason: Reason,
    /// The same in the reporter's words.
    pub note: Option<Block<1000>>,
}

/// Why a report was not taken.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FileReportError {
    /// There is no such thing, or none that the reporter may know of.
    #[error("there is nothing there to report")]
    NotFound,
    /// The rules about reports refuse it.
    #[error(transparent)]
    Rejected(#[from] ReportRejection),
    /// Too many in one day.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// What is reported: whose it is, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// Whose it is.
    pub about: UserId,
    /// What it is called.
    pub title: String,
}

impl Services {
    /// What would be reported, for the page that asks why.
    ///
    /// # Errors
    /// [`FileReportError`].
    pub async fn reported(
        &self,
        actor: &Actor,
        subject: Subject,
    ) -> Result<Reported, FileReportError> {
        let person = actor.person_who_may(Action::Report);
        let person = person.map_err(Failure::from)?;
        let reported = match subject {
            Subject::Request { request } => self.reported_request(actor, request).await?,
            Subject::Offer { request, offer } => {
                let request = self.require_own(request, person.id).await.map_err(unseen)?;
                let offer = request.offer(offer).ok_or(FileReportError::NotFound)?;
                Reported {
                    about: offer.seller,
                    title: offer.proposal.title.to_string(),
                }
            }
            Subject::Person { person } => {
                let user = self.store.users().find(person).await;
                let user = user.map_err(Failure::from)?;
                let user = user.filter(|user| user.status != UserStatus::Deleted);
                let user = user.ok_or(FileReportError::NotFound)?;
                Reported {
                    about: user.id,
                    title: user.display_name(),
                }
            }
        };
        if reported.about == person.id {
            return Err(ReportRejection::OwnSubject.into());
        }
        Ok(reported)
    }

    async fn reported_request(
        &self,
        actor: &Actor,
        id: RequestId,
    ) -> Result<Reported, FileReportError> {
        let request = self.find_visible(id, actor).await.map_err(unseen)?;
        let what = request.draft().what;
        Ok(Reported {
            about: request.buyer,
            title: what.map(|what| what.title.to_string()).unwrap_or_default(),
        })
    }

    /// Files a report; admins are told. A person has one of each subject at a time: filed again, it
    /// stays as it was first until it was decided.
    ///
    /// # Errors
    /// [`FileReportError`].
    pub async fn file_report(
        &self,
        actor: &Actor,
        command: FileReport,
    ) -> Result<(), FileReportError> {
        let thing = self.reported(actor, command.subject).await?;
        let reporter = actor.user_id();
        let (_, is_filed) = self.open_report(reporter, command.subject).await?;
        if !is_filed {
            self.count_report(reporter).await?;
        }
        self.keep_report(reporter, thing, command).await?;
        Ok(())
    }

    /// Keeps a report, of a person or of the system, and tells admins. May be repeated.
    pub(crate) async fn keep_report(
        &self,
        reporter: Option<UserId>,
        thing: Reported,
        command: FileReport,
    ) -> Result<(), Failure> {
        let (id, _) = self.open_report(reporter, command.subject).await?;
        let report = Report {
            id,
            version: 1,
            reporter,
            subject: command.subject,
            about: thing.about,
            title: thing.title.clone(),
            reason: command.reason,
            note: command.note,
            created_at: self.now(),
            decision: None,
            is_carried_out: false,
        };
        match self.store.reports().insert(&report).await {
            Ok(()) | Err(InsertError::Exists { .. }) => {}
            Err(InsertError::Conflict { .. }) => return Err(Failure::Contended),
            Err(InsertError::Store(error)) => return Err(error.into()),
        }
        let message = Message::ReportFiled { title: thing.title };
        self.tell_admins(&format!("report:{id}"), message).await
    }

    /// The id of the report that waits or would be filed now, and whether it waits: what was decided
    /// before is no answer to what happened since.
    async fn open_report(
        &self,
        reporter: Option<UserId>,
        subject: Subject,
    ) -> Result<(ReportId, bool), Failure> {
        for decided_before in 0..ROUNDS_MAX {
            let id = Report::id_of(reporter, subject, decided_before);
            let known = self.store.reports().find(id).await?;
            if known.as_ref().is_none_or(|report| !report.is_carried_out) {
                return Ok((id, known.is_some()));
            }
        }
        // Staff have looked at it often enough.
        Ok((Report::id_of(reporter, subject, ROUNDS_MAX), true))
    }

    async fn count_report(&self, reporter: Option<UserId>) -> Result<(), FileReportError> {
        let Some(reporter) = reporter else {
            return Ok(());
        };
        let key = format!("reports:{reporter}");
        let windows = self.store.windows();
        let window = windows.hit(&key, self.now(), Span::days(1)).await;
        let window = window.map_err(Failure::from)?;
        if window.count > A_DAY {
            return Err(FileReportError::Throttled(Throttled {
                until: window.until,
                limit: A_DAY,
            }));
        }
        Ok(())
    }
}

fn unseen(error: ChangeRequestError) -> FileReportError {
    match error {
        ChangeRequestError::Failed(failure) => FileReportError::Failed(failure),
        ChangeRequestError::NotFound
        | ChangeRequestError::Rejected(_)
        | ChangeRequestError::KeyReused => FileReportError::NotFound,
    }
}
