//! Writing a draft, part by part, with an account or before there is one.

use domain::id::{CommandKey, RequestId, UserId};
use domain::policy::Action;
use domain::request::{Conditions, Delivery, Rejection, Request, What};
use domain::{Span, Timestamp};
use storage::{InsertError, OwnGroup};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;
use crate::secret::Secret;

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writer {
    /// Somebody signed in.
    Person(UserId),
    /// Somebody without an account.
    Guest(Guest),
}

/// Somebody without an account, who writes a request all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// What their browser keeps, to know them by.
    pub secret: Secret,
    /// Where they are, for the limit: see [`crate::Client::network`].
    pub network: String,
}

impl Writer {
    /// Who owns the draft. A guest's id follows from the secret, and leads back to nobody.
    pub(crate) fn owner(&self) -> UserId {
        match self {
            Self::Person(user) => *user,
            Self::Guest(guest) => UserId::derived(&[b"guest", guest.secret.digest().as_bytes()]),
        }
    }
}

/// One part of a draft.
#[derive(Debug, Clone)]
pub enum DraftPart {
    /// What is asked for.
    What(What),
    /// Where it goes.
    Delivery(Delivery),
    /// On which conditions.
    Conditions(Conditions),
}

/// A part to write.
#[derive(Debug, Clone)]
pub struct WriteDraft {
    /// The draft; none begins one.
    pub draft: Option<RequestId>,
    /// The key of the form: sent twice, it begins one draft.
    pub key: CommandKey,
    /// The part.
    pub part: DraftPart,
}

/// Why a part was not written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WriteDraftError {
    /// The request could not be changed.
    #[error(transparent)]
    Change(#[from] ChangeRequestError),
    /// The person has too many drafts.
    #[error("you have {0} drafts; post or discard one first")]
    TooManyDrafts(u64),
    /// Too many drafts were begun without an account on this network.
    #[error("too many drafts were begun here without an account; sign in, or come back later")]
    Throttled {
        /// When another one can be begun.
        until: Timestamp,
    },
}

/// The most drafts that one person keeps.
const DRAFTS_MAX: u64 = 50;
/// The most drafts that are begun without an account on one network in a day.
const GUEST_DRAFTS_MAX: u32 = 20;

impl Services {
    /// Writes a part of a draft, and begins the draft with the first one.
    ///
    /// # Errors
    /// [`WriteDraftError`].
    pub async fn write_draft(
        &self,
        actor: &Actor,
        guest: Option<&Guest>,
        command: WriteDraft,
    ) -> Result<Request, WriteDraftError> {
        let writer = writer(actor, guest)?;
        if let DraftPart::What(what) = &command.part {
            self.check_category(what).await?;
            self.check_request_words(what)
                .map_err(ChangeRequestError::from)?;
        }
        let id = match command.draft {
            Some(id) => id,
            None => self.begin_draft(&writer, &command.key).await?,
        };
        let by = writer.owner();
        let changed = self
            .change_request(id, |request, now| {
                // Nobody learns that another's draft exists.
                if request.buyer != by {
                    return Err(ChangeRequestError::NotFound);
                }
                match command.part.clone() {
                    DraftPart::What(what) => request.write_what(by, what, now)?,
                    DraftPart::Delivery(delivery) => request.write_delivery(by, delivery, now)?,
                    DraftPart::Conditions(conditions) => {
                        request.write_conditions(by, conditions, now)?;
                    }
                }
                Ok(request.last_seq)
            })
            .await?;
        Ok(changed.request)
    }

    async fn begin_draft(
        &self,
        writer: &Writer,
        key: &CommandKey,
    ) -> Result<RequestId, WriteDraftError> {
        let owner = writer.owner();
        let id = draft_id(owner, key);
        let now = self.now();
        let draft = match writer {
            Writer::Person(_) => {
                self.check_room_for_draft(owner).await?;
                Request::begin(id, owner, now)
            }
            Writer::Guest(guest) => {
                self.admit_guest(guest).await?;
                Request::begin_as_guest(id, owner, now)
            }
        };
        match self.store.requests().insert(&draft).await {
            // The same form once more: it may have been written to since.
            Ok(()) | Err(InsertError::Exists { .. }) => Ok(id),
            Err(InsertError::Conflict { .. }) => Err(failed(Failure::Contended)),
            Err(InsertError::Store(error)) => Err(failed(error.into())),
        }
    }

    async fn admit_guest(&self, guest: &Guest) -> Result<(), WriteDraftError> {
        let key = format!("guest-draft:{}", guest.network);
        let windows = self.store.windows();
        let window = windows.hit(&key, self.now(), Span::hours(24)).await;
        let window = window.map_err(|error| failed(error.into()))?;
        if window.count > GUEST_DRAFTS_MAX {
            return Err(WriteDraftError::Throttled {
                until: window.until,
            });
        }
        Ok(())
    }

    /// Whether one more draft of a person fits.
    pub(crate) async fn check_room_for_draft(&self, owner: UserId) -> Result<(), WriteDraftError> {
        let requests = self.store.requests();
        let drafts = requests
            .count_of_buyer_in(owner, OwnGroup::Unpublished)
            .await
            .map_err(|error| failed(error.into()))?;
        if drafts < DRAFTS_MAX {
            Ok(())
        } else {
            Err(WriteDraftError::TooManyDrafts(drafts))
        }
    }

    /// Whether requests can be filed there.
    pub(crate) async fn check_category(&self, what: &What) -> Result<(), ChangeRequestError> {
        let catalogue = self.catalogue().await?;
        match catalogue.find(what.category) {
            Some(found) if found.is_open => Ok(()),
            _ => Err(Rejection::NoSuchCategory.into()),
        }
    }
}

/// The draft that a form with this key begins: the same one when it is sent again.
pub(crate) fn draft_id(owner: UserId, key: &CommandKey) -> RequestId {
    let route: &[u8] = b"requests";
    RequestId::derived(&[owner.as_uuid().as_bytes(), route, key.as_str().as_bytes()])
}

/// Who writes: the person, or the guest whose browser has a secret.
pub(crate) fn writer(actor: &Actor, guest: Option<&Guest>) -> Result<Writer, ChangeRequestError> {
    actor.may(Action::DraftRequest).map_err(Failure::from)?;
    match (actor.user_id(), guest) {
        (Some(user), _) => Ok(Writer::Person(user)),
        (None, Some(guest)) => Ok(Writer::Guest(guest.clone())),
        (None, None) => Err(ChangeRequestError::NotFound),
    }
}

fn failed(failure: Failure) -> WriteDraftError {
    WriteDraftError::Change(failure.into())
}
