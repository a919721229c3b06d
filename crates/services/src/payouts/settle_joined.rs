//! Legs that a joint payout has follow what became of it. Each deal asks by itself, so that also a
//! leg that was taken over too late, or before a crash, finds out.

use domain::deal::{Command, Deal, LegResult, LegState};
use domain::id::DealId;
use domain::joint::Fate;

use crate::Services;
use crate::deals::{DealError, Order};

impl Services {
    /// Pays or gives back each leg of a deal whose joint payout is over.
    pub(crate) async fn settle_joined_legs(&self, id: DealId) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(());
        };
        let joined = deal.legs.iter().filter(|leg| leg.state == LegState::Joined);
        for leg in joined {
            let Some(id) = leg.joint else { continue };
            let joint = self.store.joint_payouts().find(id).await?;
            let fate = joint
                .as_ref()
                .map_or(Fate::Released, |joint| joint.fate_of(deal.id, &leg.id));
            let step = match fate {
                Fate::Open => continue,
                Fate::Paid { sending, tx } => Command::LegReported {
                    leg: leg.id.clone(),
                    sending,
                    result: LegResult::Paid { tx: tx.to_owned() },
                },
                Fate::Released => Command::ReleaseLeg {
                    leg: leg.id.clone(),
                    joint: id,
                },
            };
            self.carry_out(Order::by_system(deal.id), |_: &Deal| Ok(step.clone()))
                .await?;
        }
        Ok(())
    }
}
