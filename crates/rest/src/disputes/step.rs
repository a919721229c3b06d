//! What every step in a dispute is sent with, and how it is answered.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::deal::Command;
use domain::id::{CommandKey, DisputeId};
use domain::policy::Action;
use services::disputes::ActOnDispute;
use services::{Actor, Services};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::case::Dispute;
use crate::caller::Caller;
use crate::deals::{Step, id_in_path, refused};
use crate::edition::{IfMatch, Versioned};
use crate::once::IdempotencyKey;
use crate::problem::Problem;

/// Somebody's step in a dispute: who, in which, on which version of its deal, under which key.
#[derive(Debug)]
pub struct CaseStep {
    pub services: Arc<Services>,
    pub actor: Actor,
    pub dispute: DisputeId,
    /// The version that the caller decided on.
    pub version: Option<u64>,
    pub key: CommandKey,
}

impl FromRequestParts<Arc<Services>> for CaseStep {
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
            dispute: id_in_path(parts, services).await?,
            version,
            key,
        })
    }
}

impl IntoParams for CaseStep {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut params = Step::into_params(place);
        if let Some(id) = params.first_mut() {
            id.description = Some("The dispute".to_owned());
        }
        params
    }
}

impl CaseStep {
    /// Takes the step, and shows the dispute as it then stands.
    pub async fn take(self, step: Command) -> Result<Versioned<Dispute>, Problem> {
        let command = ActOnDispute {
            dispute: self.dispute,
            expected_version: self.version,
            key: Some(self.key.clone()),
            step,
        };
        let taken = self.services.act_on_dispute(&self.actor, command).await;
        taken.map_err(|error| refused(&self.services, error))?;
        self.show().await
    }

    /// The same as a step in its deal, for something that the caller may do there.
    pub async fn in_deal(self, action: Action) -> Result<Step, Problem> {
        let found = self
            .services
            .deal_of_dispute(&self.actor, action, self.dispute);
        let deal = found
            .await
            .map_err(|error| refused(&self.services, error))?;
        Ok(Step {
            services: self.services,
            actor: self.actor,
            deal,
            version: self.version,
            key: self.key,
        })
    }

    /// The dispute as it stands.
    pub async fn show(&self) -> Result<Versioned<Dispute>, Problem> {
        let viewed = self.services.view_dispute(&self.actor, self.dispute).await;
        let viewed = viewed.map_err(|error| refused(&self.services, error))?;
        Ok(Dispute::answer(viewed))
    }
}
