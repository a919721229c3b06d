//! One request changed, against whoever else changes it at the same time.

use domain::Timestamp;
use domain::command_log::{Seen, digest_of_command};
use domain::digest::Digest;
use domain::id::{CommandKey, RequestId, UserId};
use domain::request::{Rejection, Request};
use serde::Serialize;
use storage::CommitError;

use crate::Services;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};

/// Why a request was not changed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ChangeRequestError {
    /// There is none, or none that the caller may know of.
    #[error("there is no such request")]
    NotFound,
    /// The rules about requests refuse it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The key of the command was used for another one.
    #[error("this form was sent before with other content; reload the page")]
    KeyReused,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl ChangeRequestError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "REQUEST_NOT_FOUND",
            Self::Rejected(rejection) => rejection.code(),
            Self::KeyReused => "KEY_REUSED",
            Self::Failed(failure) => failure.code(),
        }
    }
}

/// What makes a command one and the same, however often a client sends it.
#[derive(Debug, Clone)]
pub struct Once {
    key: CommandKey,
    body: Digest,
}

impl Once {
    /// A command under the client's key: `route` and `body` are what it asks for.
    pub fn new<T: Serialize>(key: CommandKey, route: &str, body: &T) -> Self {
        let body = digest_of_command(route, body);
        Self { key, body }
    }

    /// The client's key.
    pub(crate) const fn key(&self) -> &CommandKey {
        &self.key
    }

    /// Notes in the request that the command was carried out.
    pub(crate) fn remember(&self, request: &mut Request, by: UserId) {
        request.remember(by, self.key.clone(), self.body);
    }

    /// The number of the event that answered this command before, if it was carried out.
    pub(crate) fn answered(
        &self,
        request: &Request,
        by: UserId,
    ) -> Result<Option<u64>, ChangeRequestError> {
        match request.seen(by, &self.key, self.body) {
            Seen::Repeat(seq) => Ok(Some(seq)),
            Seen::Mismatch => Err(ChangeRequestError::KeyReused),
            Seen::Fresh => Ok(None),
        }
    }
}

/// A request after a command, and the number of the event that answers it.
#[derive(Debug)]
pub(crate) struct Changed {
    pub(crate) request: Request,
    pub(crate) seq: u64,
}

impl Services {
    /// The request, if there is one.
    pub(crate) async fn find_request(&self, id: RequestId) -> Result<Request, ChangeRequestError> {
        let found = self.store.requests().find(id).await;
        found
            .map_err(Failure::from)?
            .ok_or(ChangeRequestError::NotFound)
    }

    /// Carries out a person's command once: a repeated one is answered by what it did the first
    /// time. Decides anew on the newest version when somebody else was faster.
    pub(crate) async fn change_request_once(
        &self,
        id: RequestId,
        by: UserId,
        once: &Once,
        decide: impl Fn(&mut Request, Timestamp) -> Result<(), Rejection>,
    ) -> Result<Changed, ChangeRequestError> {
        self.change_request(id, |request, now| {
            if let Some(seq) = once.answered(request, by)? {
                return Ok(seq);
            }
            decide(request, now)?;
            once.remember(request, by);
            Ok(request.last_seq)
        })
        .await
    }

    /// The same without a key, for what may be repeated anyway. A decision that changes nothing
    /// writes nothing.
    pub(crate) async fn change_request(
        &self,
        id: RequestId,
        decide: impl Fn(&mut Request, Timestamp) -> Result<u64, ChangeRequestError>,
    ) -> Result<Changed, ChangeRequestError> {
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let read = self.find_request(id).await?;
            let mut request = read.clone();
            let seq = decide(&mut request, self.now())?;
            if request == read {
                return Ok(Changed { request, seq });
            }
            request.version = read.version.saturating_add(1);
            match self.store.requests().commit(&request, read.version).await {
                Ok(()) => return Ok(Changed { request, seq }),
                Err(CommitError::Stale) => {} // Lost a race; decide again.
                Err(CommitError::Conflict { .. }) => return Err(Failure::Contended.into()),
                Err(CommitError::Store(error)) => return Err(Failure::from(error).into()),
            }
        }
        Err(Failure::Contended.into())
    }
}
