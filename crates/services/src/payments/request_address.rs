//! The pay page: an address for a deal, asked of the gateway once.

use domain::deal::{Deal, Party, Rejection};
use domain::id::DealId;
use domain::intent::{Intent, IntentState, Rail};
use domain::policy::Action;
use domain::{Timestamp, Units};
use storage::{CommitError, InsertError};

use crate::Services;
use crate::actor::Actor;
use crate::deals::DealError;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::ports::gateway::{AddressRequest, ExternalId, GatewayError};

/// What the payer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayView {
    /// Where to pay to, and what arrived there.
    pub intent: Intent,
    /// What must still arrive, in base units.
    pub missing: Units,
    /// Until when the price is held, or the rest is waited for.
    pub until: Option<Timestamp>,
}

/// Why there is no address.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RequestAddressError {
    /// As with any other step in a deal.
    #[error(transparent)]
    Deal(#[from] DealError),
    /// The gateway gives none now. The price stays held; nobody should pay to an old address.
    #[error("no address can be issued now: {0}")]
    Gateway(#[from] GatewayError),
}

impl RequestAddressError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Deal(error) => error.code(),
            Self::Gateway(_) => "GATEWAY_UNAVAILABLE",
        }
    }
}

impl From<Failure> for RequestAddressError {
    fn from(failure: Failure) -> Self {
        Self::Deal(failure.into())
    }
}

impl From<storage::StoreError> for RequestAddressError {
    fn from(error: storage::StoreError) -> Self {
        Self::Deal(error.into())
    }
}

impl Services {
    /// The buyer's address to pay to; the same one however often it is asked for.
    ///
    /// # Errors
    /// [`RequestAddressError`].
    pub async fn request_address(
        &self,
        actor: &Actor,
        deal: DealId,
    ) -> Result<PayView, RequestAddressError> {
        let person = actor
            .person_who_may(Action::PayDeal)
            .map_err(Failure::from)?;
        let deal = self
            .store
            .deals()
            .find(deal)
            .await?
            .ok_or(DealError::NotFound)?;
        match deal.party(person.id) {
            Some(Party::Buyer) => {}
            Some(Party::Seller) => return Err(DealError::from(Rejection::BuyerOnly).into()),
            None => return Err(DealError::NotFound.into()),
        }
        if !deal.state.is_before_funding() {
            return Err(DealError::from(Rejection::WrongState).into());
        }
        let until = deal.paid_until();
        let now = self.clock.now();
        let new = Intent::request(
            deal.id,
            Rail::Shkeeper,
            deal.terms.asset,
            deal.price,
            until.unwrap_or(now),
            now,
        );
        let intent = self.find_or_insert_intent(new).await?;
        let intent = match intent.state {
            IntentState::Requested => self.ask_for_address(&deal, intent).await?,
            IntentState::Open | IntentState::Closed { .. } => intent,
        };
        Ok(PayView {
            intent,
            missing: deal.missing(),
            until,
        })
    }

    async fn find_or_insert_intent(&self, new: Intent) -> Result<Intent, RequestAddressError> {
        if let Some(known) = self.store.intents().find(new.id).await? {
            return Ok(known);
        }
        match self.store.intents().insert(&new).await {
            Ok(()) => Ok(new),
            // Somebody else was faster, with another clock.
            Err(InsertError::Exists { .. } | InsertError::Conflict { .. }) => {
                let known = self.store.intents().find(new.id).await?;
                Ok(known.unwrap_or(new))
            }
            Err(InsertError::Store(error)) => Err(error.into()),
        }
    }

    /// The intent is stored before the gateway is asked, so that no address is ever lost; asking
    /// again gives the same one.
    async fn ask_for_address(
        &self,
        deal: &Deal,
        intent: Intent,
    ) -> Result<Intent, RequestAddressError> {
        let request = AddressRequest {
            external_id: ExternalId::of_intent(intent.id),
            asset: intent.asset,
            due: intent.due,
        };
        let invoice = self.gateway.request_address(&request).await?;
        // Before the address is stored: whoever comes too late for that asks for the same again.
        self.mail_address(deal, &intent, &invoice.address).await?;
        let mut intent = intent;
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let expected = intent.version;
            let given = intent.give_address(&invoice.address, self.clock.now());
            given.map_err(|refusal| GatewayError::Unreadable(refusal.to_string()))?;
            intent.version = expected.saturating_add(1);
            match self.store.intents().commit(&intent, expected).await {
                Ok(()) => return Ok(intent),
                Err(CommitError::Stale) => {
                    let known = self.store.intents().find(intent.id).await?;
                    intent = known.ok_or(DealError::NotFound)?;
                    if intent.address.is_some() {
                        return Ok(intent);
                    }
                }
                Err(CommitError::Conflict { .. }) => {
                    let told = "the gateway gave an address that another intent has".to_owned();
                    return Err(GatewayError::Unreadable(told).into());
                }
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Err(Failure::Contended.into())
    }
}
