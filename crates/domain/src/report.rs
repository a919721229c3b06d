//! Reports: what somebody tells staff about a request, an offer or a person.

use serde::{Deserialize, Serialize};

use crate::id::{OfferId, ReportId, RequestId, UserId};
use crate::text::{Block, Line};
use crate::time::Timestamp;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Subject {
    /// A request.
    Request {
        /// Which one.
        request: RequestId,
    },
    /// An offer on a request.
    Offer {
        /// On which request.
        request: RequestId,
        /// Which one.
        offer: OfferId,
    },
    /// A person.
    Person {
        /// Who.
        person: UserId,
    },
}

impl Subject {
    /// Names it among all subjects.
    fn bytes(self) -> Vec<u8> {
        match self {
            Self::Request { request } => [b"request", &request.as_uuid().as_bytes()[..]].concat(),
            Self::Offer { offer, .. } => [b"offer", &offer.as_uuid().as_bytes()[..]].concat(),
            Self::Person { person } => [b"person", &person.as_uuid().as_bytes()[..]].concat(),
        }
    }
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// What may not be traded here.
    Prohibited,
    /// It looks like a fraud.
    Fraud,
    /// They want to be paid, or to talk, elsewhere.
    Outside,
    /// Advertising, or the same again and again.
    Spam,
    /// It insults or threatens.
    Offensive,
    /// Something else.
    Other,
}

impl Reason {
    /// All there are, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Prohibited,
        Self::Fraud,
        Self::Outside,
        Self::Spam,
        Self::Offensive,
        Self::Other,
    ];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prohibited => "prohibited",
            Self::Fraud => "fraud",
            Self::Outside => "outside",
            Self::Spam => "spam",
            Self::Offensive => "offensive",
            Self::Other => "other",
        }
    }

    /// The reason of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What staff made of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing is wrong.
    Dismissed,
    /// Whose it is was warned.
    Warned,
    /// The request is hidden until its buyer has changed it.
    TakenDown,
}

/// The decision on a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decided.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub outcome: Outcome,
    /// What whose it is was told.
    pub words: Option<Line<300>>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Which one.
    pub id: ReportId,
    /// Raised by every commit.
    pub version: u64,
    /// Who reports; none is the system, which noticed doubtful words.
    pub reporter: Option<UserId>,
    /// What.
    pub subject: Subject,
    /// Whose it is.
    pub about: UserId,
    /// What it was called then.
    pub title: String,
    /// What is wrong with it.
    pub reason: Reason,
    /// The same in the reporter's words.
    pub note: Option<Block<1000>>,
    /// When it came.
    pub created_at: Timestamp,
    /// What staff made of it.
    pub decision: Option<Decision>,
    /// Whether all that follows from the decision is done.
    pub is_carried_out: bool,
}

/// Why the rules about reports refuse something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReportRejection {
    /// Nobody reports what is their own.
    #[error("this is your own")]
    OwnSubject,
    /// Somebody else was faster.
    #[error("this report was decided before")]
    Decided,
    /// Whoever reported it, or is reported, does not decide.
    #[error("another admin has to decide this")]
    Concerned,
    /// Only requests are taken down.
    #[error("only a request can be taken down")]
    NotARequest,
    /// Whose it is has to be told why.
    #[error("say why: the person is told")]
    WordsMissing,
}

impl ReportRejection {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OwnSubject => "OWN_SUBJECT",
            Self::Decided => "REPORT_DECIDED",
            Self::Concerned => "REPORT_CONCERNED",
            Self::NotARequest => "NOT_A_REQUEST",
            Self::WordsMissing => "WORDS_MISSING",
        }
    }
}

impl Report {
    /// The id of what one person, or the system, reports of one subject: one at a time, and another
    /// once so many before it were decided.
    pub fn id_of(reporter: Option<UserId>, subject: Subject, decided_before: u32) -> ReportId {
        let reporter = reporter.map(|reporter| *reporter.as_uuid().as_bytes());
        let reporter = reporter.unwrap_or_default();
        let round = decided_before.to_be_bytes();
        ReportId::derived(&[&reporter, &subject.bytes(), &round])
    }

    /// Notes that all that follows from the decision is done.
    #[must_use]
    pub fn carried_out(&self) -> Self {
        Self {
            version: self.version.saturating_add(1),
            is_carried_out: true,
            ..self.clone()
        }
    }

    /// Takes a decision back that turned out to be impossible.
    #[must_use]
    pub fn undecided(&self) -> Self {
        Self {
            version: self.version.saturating_add(1),
            decision: None,
            ..self.clone()
        }
    }

    /// Decides it, once. The same outcome again changes nothing until it is carried out: whoever
    /// asks for it finishes what a crash cut short.
    ///
    /// # Errors
    /// [`ReportRejection`].
    pub fn decide(
        &self,
        by: UserId,
        outcome: Outcome,
        words: Option<Line<300>>,
        now: Timestamp,
    ) -> Result<Self, ReportRejection> {
        if let Some(known) = &self.decision {
            let is_cut_short = !self.is_carried_out && known.outcome == outcome;
            return if is_cut_short {
                Ok(self.clone())
            } else {
                Err(ReportRejection::Decided)
            };
        }
        if by == self.about || Some(by) == self.reporter {
            return Err(ReportRejection::Concerned);
        }
        if outcome == Outcome::TakenDown && !matches!(self.subject, Subject::Request { .. }) {
            return Err(ReportRejection::NotARequest);
        }
        if outcome != Outcome::Dismissed && words.is_none() {
            return Err(ReportRejection::WordsMissing);
        }
        let mut decided = self.clone();
        decided.version = self.version.saturating_add(1);
        decided.decision = Some(Decision {
            by,
            at: now,
            outcome,
            words,
        });
        Ok(decided)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_unix_ms(1_800_000_000_000);

    fn person(name: &str) -> UserId {
        UserId::derived(&[name.as_bytes()])
    }

    fn report(subject: Subject) -> Report {
        let reporter = Some(person("reporter"));
        Report {
            id: Report::id_of(reporter, subject, 0),
            version: 1,
            reporter,
            subject,
            about: person("buyer"),
            title: "A camera".into(),
            reason: Reason::Fraud,
            note: None,
            created_at: NOON,
            decision: None,
            is_carried_out: false,
        }
    }

    fn request() -> Subject {
        Subject::Request {
            request: RequestId::derived(&[b"request"]),
        }
    }

    fn words() -> Option<Line<300>> {
        Line::new("Say what you will really pay.").ok()
    }

    #[test]
    fn one_person_has_one_report_of_one_subject_at_a_time() {
        let other = Subject::Person {
            person: person("buyer"),
        };
        let id = |reporter, subject| Report::id_of(reporter, subject, 0);
        let first = id(Some(person("reporter")), request());
        assert_eq!(first, id(Some(person("reporter")), request()));
        assert_ne!(first, id(Some(person("reporter")), other));
        assert_ne!(first, id(Some(person("another")), request()));
        assert_ne!(first, id(None, request()));
        let next = Report::id_of(Some(person("reporter")), request(), 1);
        assert_ne!(first, next);
    }

    #[test]
    fn a_report_is_decided_once_and_by_nobody_whom_it_concerns() {
        let report = report(request());
        for concerned in ["reporter", "buyer"] {
            let refused = report.decide(person(concerned), Outcome::Dismissed, None, NOON);
            assert_eq!(refused, Err(ReportRejection::Concerned));
        }
        let decided = report.decide(person("ada"), Outcome::Dismissed, None, NOON);
        let decided = decided.unwrap();
        let again = decided.decide(person("niklas"), Outcome::Warned, words(), NOON);
        assert_eq!(again, Err(ReportRejection::Decided));
        let finished = decided.decide(person("niklas"), Outcome::Dismissed, None, NOON);
        assert_eq!(finished, Ok(decided.clone()));
        let done = decided.carried_out();
        let again = done.decide(person("niklas"), Outcome::Dismissed, None, NOON);
        assert_eq!(again, Err(ReportRejection::Decided));
    }

    #[test]
    fn whoever_is_warned_is_told_why_and_only_requests_are_taken_down() {
        let ada = person("ada");
        for outcome in [Outcome::Warned, Outcome::TakenDown] {
            let silent = report(request()).decide(ada, outcome, None, NOON);
            assert_eq!(silent, Err(ReportRejection::WordsMissing));
            assert!(
                report(request())
                    .decide(ada, outcome, words(), NOON)
                    .is_ok()
            );
        }
        let about_person = report(Subject::Person {
            person: person("buyer"),
        });
        let refused = about_person.decide(ada, Outcome::TakenDown, words(), NOON);
        assert_eq!(refused, Err(ReportRejection::NotARequest));
    }
}
