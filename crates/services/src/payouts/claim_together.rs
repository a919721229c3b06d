//! A payee claims small payouts together.

use domain::Asset;
use domain::deal::{Destination, Rejection};
use domain::id::{CommandKey, JointPayoutId};
use domain::joint::JointPayout;
use domain::policy::Action;
use storage::InsertError;

use crate::Services;
use crate::actor::Actor;
use crate::deals::DealError;
use crate::failure::Failure;

/// The claim of all small payouts in one asset.
#[derive(Debug, Clone)]
pub struct ClaimTogether {
    /// The asset.
    pub asset: Asset,
    /// Where they go: one of the caller's confirmed addresses.
    pub destination: Destination,
    /// The form's key, so that sending it twice does it once.
    pub key: CommandKey,
}

impl Services {
    /// Claims the caller's small payouts in an asset, to be sent as one. Names them only: the
    /// payouts job takes them over and sends them. Repeated, it answers the same.
    ///
    /// # Errors
    /// [`Rejection::BelowMinimum`] when they are too little together,
    /// [`Rejection::WrongLegState`] while others are on their way, and [`DealError`].
    pub async fn claim_together(
        &self,
        actor: &Actor,
        claim: ClaimTogether,
    ) -> Result<JointPayoutId, DealError> {
        let person = actor.person_who_may(Action::NamePayoutAddress);
        let person = person.map_err(Failure::from)?;
        let ClaimTogether {
            asset,
            destination,
            key,
        } = claim;
        let who = person.id.as_uuid();
        let id =
            JointPayoutId::derived(&[who.as_bytes(), b"claim together", key.as_str().as_bytes()]);
        if let Some(known) = self.store.joint_payouts().find(id).await? {
            let is_same = known.asset == asset && known.destination == destination;
            return is_same.then_some(id).ok_or(DealError::KeyReused);
        }
        self.require_confirmed(person, asset.network(), &destination)
            .await?;
        let legs = self.small_legs(person.id).await?;
        let of_asset = legs.into_iter().filter(|(of, _)| *of == asset);
        let candidates = of_asset.map(|(_, leg)| leg).collect();
        let joint = JointPayout::open(id, person.id, asset, destination, candidates, self.now())?;
        match self.store.joint_payouts().insert(&joint).await {
            // Another try of the same command was faster.
            Ok(()) | Err(InsertError::Exists { .. }) => {
                self.commits.send_replace(());
                Ok(id)
            }
            Err(InsertError::Conflict { .. }) => Err(Rejection::WrongLegState.into()),
            Err(InsertError::Store(error)) => Err(error.into()),
        }
    }
}
