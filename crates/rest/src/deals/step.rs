//! What every step in a deal is sent with, and how it is answered.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::deal::{Command, Deal, Offer};
use domain::id::{CommandKey, DealId, ProposalId};
use domain::policy::Action;
use services::deals::{ActOnDeal, DealError, DealView};
use services::{Actor, Services};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};

use super::refusals::refused;
use super::room::DealRoom;
use crate::caller::Caller;
use crate::edition::{IfMatch, Versioned};
use crate::once::IdempotencyKey;
use crate::problem::Problem;

/// Somebody's step in a deal: who, in which, on which version, under which key.
#[derive(Debug)]
pub struct Step {
    pub services: Arc<Services>,
    pub actor: Actor,
    pub deal: DealId,
    /// The version that the caller decided on.
    pub version: Option<u64>,
    pub key: CommandKey,
}

impl FromRequestParts<Arc<Services>> for Step {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        services: &Arc<Services>,
    ) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, services).await?;
        caller.may(Action::ReadOwnDeals)?;
        let IfMatch(version) = IfMatch::from_request_parts(parts, services).await?;
        let IdempotencyKey(key) = IdempotencyKey::from_request_parts(parts, services).await?;
        Ok(Self {
            services: Arc::clone(services),
            actor: caller.actor,
            deal: id_in_path(parts, services).await?,
            version,
            key,
        })
    }
}

/// The id that a path names; whatever names none is not found.
pub async fn id_in_path<T: FromStr>(
    parts: &mut Parts,
    services: &Arc<Services>,
) -> Result<T, Problem> {
    let path = Path::<BTreeMap<String, String>>::from_request_parts(parts, services).await;
    let Path(path) = path.map_err(|_| Problem::not_found())?;
    let id = path.get("id").and_then(|id| id.parse().ok());
    id.ok_or_else(Problem::not_found)
}

impl IntoParams for Step {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ParameterBuilder::new()
            .name("id")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("The deal"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .example(Some("0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e".into()));
        let mut params = vec![id.build()];
        params.extend(IdempotencyKey::into_params(|| None));
        params.extend(IfMatch::into_params(|| None));
        params
    }
}

impl Step {
    /// Takes the step, and shows the deal as it then stands.
    pub async fn take(self, step: Command) -> Result<Versioned<DealRoom>, Problem> {
        self.carry_out(step).await?;
        self.room().await
    }

    /// Takes the step.
    pub async fn carry_out(&self, step: Command) -> Result<(), Problem> {
        let command = ActOnDeal {
            deal: self.deal,
            expected_version: self.version,
            key: Some(self.key.clone()),
            step,
        };
        let taken = self.services.act_on_deal(&self.actor, command).await;
        taken.map_err(|error| self.refused(error))?;
        Ok(())
    }

    /// Agrees to a proposal of one kind. One of another kind has an address of its own, so that
    /// nobody agrees to a division who means to give more time.
    pub async fn agree(
        self,
        id: &str,
        is_kind: impl Fn(Offer) -> bool,
    ) -> Result<Versioned<DealRoom>, Problem> {
        let no_such = || rejected_proposal(&self.services);
        let id: ProposalId = id.parse().map_err(|_| no_such())?;
        let view = self.view().await?;
        let mut live = view.deal.proposals.iter();
        // One that is gone may have been agreed to by this very command: the deal knows.
        let known = live.find(|proposal| proposal.id == id);
        if known.is_some_and(|known| !is_kind(known.offer)) {
            return Err(no_such());
        }
        self.take(Command::AcceptProposal { id }).await
    }

    /// The deal as the caller may see it.
    pub async fn view(&self) -> Result<DealView, Problem> {
        let viewed = self.services.view_deal(&self.actor, self.deal).await;
        viewed.map_err(|error| self.refused(error))
    }

    /// The deal alone, for what a step needs to know of it.
    pub async fn read(&self) -> Result<Deal, Problem> {
        Ok(self.view().await?.deal)
    }

    /// The answer after a step.
    pub async fn room(&self) -> Result<Versioned<DealRoom>, Problem> {
        Ok(DealRoom::answer(&self.view().await?))
    }

    pub fn refused(&self, error: DealError) -> Problem {
        refused(&self.services, error)
    }
}

fn rejected_proposal(services: &Services) -> Problem {
    super::refusals::rejected(services, domain::deal::Rejection::NoSuchProposal)
}
