//! Words of requests and offers, held against the list of what may not be traded.

use domain::prohibited::{Verdict, judge};
use domain::report::{Reason, Subject};
use domain::request::{Proposal, Rejection, Request, What};
use domain::text::Line;
use storage::search::words;

use crate::Services;
use crate::failure::Failure;
use crate::moderation::{FileReport, Reported};

impl Services {
    /// What the words of a request are judged to be.
    ///
    /// # Errors
    /// [`Rejection::Prohibited`] for what may not be traded.
    pub(crate) fn check_request_words(&self, what: &What) -> Result<Verdict, Rejection> {
        let lines = [&what.brand, &what.size, &what.color];
        let mut texts: Vec<&str> = vec![what.title.as_str(), what.description.as_str()];
        texts.extend(lines.into_iter().flatten().map(Line::as_str));
        texts.extend(what.tags.iter().map(Line::as_str));
        texts.extend(what.specifications.iter().map(|one| one.key.as_str()));
        texts.extend(what.specifications.iter().map(|one| one.value.as_str()));
        self.judge_texts(&texts)
    }

    /// The same of an offer.
    ///
    /// # Errors
    /// [`Rejection::Prohibited`].
    pub(crate) fn check_offer_words(&self, proposal: &Proposal) -> Result<Verdict, Rejection> {
        self.judge_texts(&[proposal.title.as_str(), proposal.description.as_str()])
    }

    /// Each text for itself: words that stand in two of them are not side by side.
    fn judge_texts(&self, texts: &[&str]) -> Result<Verdict, Rejection> {
        let own = &self.config.prohibited;
        let worst = texts
            .iter()
            .map(|text| {
                let words: Vec<String> = words(text).collect();
                judge(&words, &own.refused, &own.doubtful)
            })
            .max();
        match worst.unwrap_or(Verdict::Clear) {
            Verdict::Refused => Err(Rejection::Prohibited),
            verdict => Ok(verdict),
        }
    }

    /// Puts a request that others see already before staff, once, because of its words.
    pub(crate) async fn report_words(&self, request: &Request) -> Result<(), Failure> {
        let title = request.draft().what.map(|what| what.title.to_string());
        let reported = Reported {
            about: request.buyer,
            title: title.unwrap_or_default(),
        };
        let report = FileReport {
            subject: Subject::Request {
                request: request.id,
            },
            reason: Reason::Prohibited,
            note: None,
        };
        self.keep_report(None, reported, report).await
    }
}
