//! Changing a request of one's own, published or not, as of the version that was read.

use domain::Timestamp;
use domain::digest::Digest;
use domain::id::{CategoryId, RequestId, UserId};
use domain::policy::Action;
use domain::prohibited::Verdict;
use domain::request::{Draft, Rejection, Request};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;

/// A request as it should be.
#[derive(Debug, Clone)]
pub struct AmendRequest {
    /// Which one.
    pub id: RequestId,
    /// The version that was read.
    pub version: u64,
    /// Its parts as they should be; one that is missing stays as it is.
    pub parts: Draft,
}

impl Services {
    /// Writes what is different: into the draft, or, once it is published, as an edit, which
    /// sellers have to look at. Repeated, it changes nothing.
    ///
    /// # Errors
    /// [`ChangeRequestError`]; [`Rejection::RequestChanged`] for another version.
    pub async fn amend_request(
        &self,
        actor: &Actor,
        command: AmendRequest,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::ManageOwnRequests)
            .map_err(Failure::from)?;
        let by = person.id;
        let before = self.require_own(command.id, by).await?;
        let what = command.parts.what.as_ref();
        let verdict = what
            .map(|what| self.check_request_words(what))
            .transpose()?;
        let filed_in = match what {
            Some(what) if before.draft() != command.parts => self.filing(what).await?,
            _ => Vec::new(),
        };
        if let Some(conditions) = &command.parts.conditions {
            let known = before.invited();
            let fresh = conditions.invited.iter().copied();
            let fresh: Vec<UserId> = fresh.filter(|seller| !known.contains(seller)).collect();
            self.check_sellers(&fresh, by).await?;
        }
        let amended = self
            .change_request(command.id, |request, now| {
                if request.version != command.version {
                    return Err(Rejection::RequestChanged.into());
                }
                write(request, by, &command.parts, &filed_in, now)?;
                Ok(request.last_seq)
            })
            .await?;
        let is_shown = amended.request.details().is_some();
        if verdict == Some(Verdict::Doubtful) && is_shown {
            self.report_words(&amended.request).await?;
        }
        Ok(amended.request)
    }
}

fn write(
    request: &mut Request,
    by: UserId,
    parts: &Draft,
    filed_in: &[CategoryId],
    now: Timestamp,
) -> Result<(), Rejection> {
    if request.details().is_none() {
        return write_draft(request, by, parts, now);
    }
    let mut details = parts.complete()?;
    let invited = &mut details.conditions.invited;
    if *invited != request.invited() {
        request.invite_exactly(by, invited, now)?;
        // The same ones, perhaps in another order.
        *invited = request.invited().to_vec();
    }
    match request.details() {
        Some(before) if *before != details => {
            let seen = Digest::of_value(before);
            request.edit(by, seen, details, filed_in, now)
        }
        _ => Ok(()),
    }
}

fn write_draft(
    request: &mut Request,
    by: UserId,
    parts: &Draft,
    now: Timestamp,
) -> Result<(), Rejection> {
    let before = request.draft();
    if let Some(what) = parts.what.as_ref().filter(|_| parts.what != before.what) {
        request.write_what(by, what.clone(), now)?;
    }
    let delivery = parts.delivery.as_ref();
    if let Some(delivery) = delivery.filter(|_| parts.delivery != before.delivery) {
        request.write_delivery(by, delivery.clone(), now)?;
    }
    let conditions = parts.conditions.as_ref();
    if let Some(conditions) = conditions.filter(|_| parts.conditions != before.conditions) {
        request.write_conditions(by, conditions.clone(), now)?;
        request.invite_exactly(by, &conditions.invited, now)?;
    }
    Ok(())
}
