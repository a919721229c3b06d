//! What staff make of a report.

use domain::id::{AuditId, ReportId};
use domain::policy::Action;
use domain::report::{Decision, Outcome, Report, ReportRejection, Subject};
use domain::text::Line;
use storage::{CommitError, NewAuditEntry};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::notifications::{Message, Notice};
use crate::requests::ChangeRequestError;

/// A decision.
#[derive(Debug, Clone)]
pub struct DecideReport {
    /// Which report.
    pub report: ReportId,
    /// What.
    pub outcome: Outcome,
    /// What whose it is will be told.
    pub words: Option<Line<300>>,
}

/// Why a report was not decided.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DecideReportError {
    /// There is no such report.
    #[error("there is no such report")]
    NotFound,
    /// The rules about reports refuse it.
    #[error(transparent)]
    Rejected(#[from] ReportRejection),
    /// The request cannot be taken down.
    #[error(transparent)]
    Request(#[from] ChangeRequestError),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Decides a report, for an admin whom it does not concern. The decision is stored first: of two
    /// admins one decides, and only that one's outcome is carried out. After a crash the report
    /// still waits, and the same outcome finishes it.
    ///
    /// # Errors
    /// [`DecideReportError`].
    pub async fn decide_report(
        &self,
        actor: &Actor,
        command: DecideReport,
    ) -> Result<Report, DecideReportError> {
        let admin = actor.person_who_may(Action::Moderate);
        let admin = admin.map_err(Failure::from)?;
        let found = self.store.reports().find(command.report).await;
        let report = found
            .map_err(Failure::from)?
            .ok_or(DecideReportError::NotFound)?;
        let decided = report.decide(admin.id, command.outcome, command.words, self.now())?;
        if decided != report {
            self.commit_report(&decided, report.version).await?;
        }
        if let Err(error) = self.carry_out_decision(&decided).await {
            if matches!(
                error,
                DecideReportError::Request(ChangeRequestError::Rejected(_))
            ) {
                // It cannot be taken down any more: something else has to be decided.
                self.commit_report(&decided.undecided(), decided.version)
                    .await?;
            }
            return Err(error);
        }
        let done = decided.carried_out();
        self.commit_report(&done, decided.version).await?;
        Ok(done)
    }

    async fn commit_report(
        &self,
        changed: &Report,
        expected: u64,
    ) -> Result<(), DecideReportError> {
        match self.store.reports().commit(changed, expected).await {
            Ok(()) => Ok(()),
            Err(CommitError::Stale) => Err(ReportRejection::Decided.into()),
            Err(CommitError::Conflict { .. }) => Err(Failure::Contended.into()),
            Err(CommitError::Store(error)) => Err(Failure::from(error).into()),
        }
    }

    /// What follows from a decision. May be repeated.
    async fn carry_out_decision(&self, report: &Report) -> Result<(), DecideReportError> {
        let Some(decision) = &report.decision else {
            return Ok(());
        };
        if let (Subject::Request { request }, Outcome::TakenDown, Some(reason)) =
            (report.subject, decision.outcome, &decision.words)
        {
            self.change_request(request, |request, now| {
                request.take_down(decision.by, reason.clone(), now)?;
                Ok(request.last_seq)
            })
            .await?;
        }
        self.write_down_decision(report, decision).await?;
        self.tell_of_decision(report, decision).await?;
        Ok(())
    }

    async fn write_down_decision(
        &self,
        report: &Report,
        decision: &Decision,
    ) -> Result<(), Failure> {
        let outcome = match decision.outcome {
            Outcome::Dismissed => "dismissed",
            Outcome::Warned => "warned",
            Outcome::TakenDown => "taken_down",
        };
        let words = decision.words.as_ref().map(ToString::to_string);
        let reason = format!("{outcome}: {}", words.unwrap_or_default());
        let (id, by) = (report.id.as_uuid(), decision.by.as_uuid());
        let entry = NewAuditEntry {
            id: AuditId::derived(&[b"report", id.as_bytes(), by.as_bytes(), reason.as_bytes()]),
            at: self.now(),
            actor: Some(decision.by),
            action: Action::Moderate.code().to_owned(),
            subject: format!("report:{}", report.id),
            before: None,
            after: None,
            reason: Some(reason),
            ip: None,
        };
        self.store.audit().append(entry).await?;
        Ok(())
    }

    /// Whoever is warned hears why; whose request is hidden hears it from the request; whoever
    /// reported hears that it was looked at, and no more.
    async fn tell_of_decision(&self, report: &Report, decision: &Decision) -> Result<(), Failure> {
        let title = report.title.clone();
        if let (Outcome::Warned, Some(words)) = (decision.outcome, &decision.words) {
            let message = Message::Warned {
                title: title.clone(),
                reason: words.to_string(),
            };
            self.tell_one(report, report.about, "warned", message)
                .await?;
        }
        if let Some(reporter) = report.reporter {
            let message = Message::ReportDecided { title };
            self.tell_one(report, reporter, "decided", message).await?;
        }
        Ok(())
    }

    async fn tell_one(
        &self,
        report: &Report,
        to: domain::id::UserId,
        what: &str,
        message: Message,
    ) -> Result<(), Failure> {
        let notice = Notice {
            to,
            event_key: format!("report:{}:{what}", report.id),
            message,
            related: None,
            action_path: Some("/prohibited".to_owned()),
        };
        self.notify(&Actor::System, &notice).await?;
        Ok(())
    }
}
