//! Joint payouts, moved as far as they go by themselves. Each step may be repeated after a crash:
//! what a deal has given, it gives again; what was sent is asked about.

use domain::Units;
use domain::deal::{self, Command, Context, Deal, LegFault, LegResult, Rejection};
use domain::id::JointPayoutId;
use domain::joint::{JointCommand, JointPayout, JointState, Part};
use domain::user::PayoutStanding;
use storage::{CommitError, StoreError};

use super::send_legs::result_of;
use super::sending::Sent;
use crate::Services;
use crate::deals::{DealError, Keyed, Order, done_before};
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::paging::read_all;
use crate::ports::gateway::{ExternalId, PayoutOrder};

/// A command on its way into a joint payout.
#[derive(Debug, Clone)]
pub(super) struct JointOrder {
    pub(super) id: JointPayoutId,
    pub(super) actor: deal::Actor,
    pub(super) expected_version: Option<u64>,
    pub(super) key: Option<Keyed>,
}

impl JointOrder {
    const fn by_system(id: JointPayoutId) -> Self {
        Self {
            id,
            actor: deal::Actor::System,
            expected_version: None,
            key: None,
        }
    }
}

impl Services {
    /// Joint payouts that are not over.
    pub(crate) async fn open_joint_payouts(&self) -> Result<Vec<JointPayoutId>, StoreError> {
        let (joints, mut open) = (self.store.joint_payouts(), Vec::new());
        for state in JointState::ALL.into_iter().filter(|it| !it.is_over()) {
            open.extend(read_all(|page| joints.list_in(state, page), |joint| joint.id).await?);
        }
        Ok(open)
    }

    /// Asks about a joint payout that is on its way, gathers and sends others. While payouts are
    /// stopped, it only asks.
    pub(crate) async fn move_joint(&self, id: JointPayoutId) -> Result<(), DealError> {
        self.ask_about_joint(id).await?;
        if self.are_payouts_stopped().await? {
            return Ok(());
        }
        let mut joint = self.find_joint(id).await?;
        while let Some(part) = joint.next_wanted().cloned() {
            joint = self.ask_for_part(&joint, part).await?;
        }
        match joint.state {
            JointState::Planned | JointState::Approved => self.send_if_ready(&joint).await,
            _ => Ok(()),
        }
    }

    /// Asks about it, if it is on its way. Not while the gateway may still be answering.
    async fn ask_about_joint(&self, id: JointPayoutId) -> Result<(), DealError> {
        let joint = self.find_joint(id).await?;
        if !joint.state.is_on_its_way() || joint.awaits_answer(self.now()) {
            return Ok(());
        }
        match self.what_became_of(&sent(&joint, joint.sends)).await? {
            Some(result) => self.report_joint(&joint, joint.sends, result).await,
            None => Ok(()),
        }
    }

    /// Looks for the payment that a callback tells of. False when there is no such sending, or
    /// when neither the gateway nor its wallet shows what nobody asks about any more.
    pub(crate) async fn ask_about_joint_sending(
        &self,
        id: JointPayoutId,
        sending: u32,
        tx: &str,
    ) -> Result<bool, DealError> {
        let joint = self.store.joint_payouts().find(id).await?;
        let Some(joint) = joint.filter(|joint| (1..=joint.sends).contains(&sending)) else {
            return Ok(false);
        };
        if joint
            .tx
            .iter()
            .chain(&joint.other_txs)
            .any(|known| known == tx)
        {
            return Ok(true);
        }
        let told = self.payment_told_of(&sent(&joint, sending), tx).await?;
        let Some(result) = told else {
            return Ok(sending == joint.sends && joint.state.is_on_its_way());
        };
        self.report_joint(&joint, sending, result).await?;
        Ok(true)
    }

    /// Has a deal give its leg, and writes down whether it did.
    async fn ask_for_part(
        &self,
        joint: &JointPayout,
        part: Part,
    ) -> Result<JointPayout, DealError> {
        let Part {
            deal, leg, sending, ..
        } = part;
        let join = Command::JoinLeg {
            leg: leg.clone(),
            joint: joint.id,
            sending,
            destination: joint.destination.clone(),
            network_fee: joint.fee_left(),
        };
        let asked = self
            .carry_out(Order::by_system(deal), |_: &Deal| Ok(join.clone()))
            .await;
        let answer = match asked {
            Ok(receipt) => {
                let given = receipt.deal.leg(&leg).ok_or(Rejection::NoSuchLeg)?;
                let (gross, fee) = (given.gross, given.network_fee);
                JointCommand::TakePart {
                    deal,
                    leg,
                    gross,
                    fee,
                }
            }
            Err(DealError::Rejected(why)) => {
                tracing::info!(joint = %joint.id, %deal, %leg, %why, "a payout does not join");
                JointCommand::RefusePart { deal, leg }
            }
            Err(error) => return Err(error),
        };
        self.change_joint(JointOrder::by_system(joint.id), answer)
            .await
    }

    /// Approves it by the limit, and sends it where its address may be paid to.
    async fn send_if_ready(&self, joint: &JointPayout) -> Result<(), DealError> {
        let (payee, asset) = (joint.payee, joint.asset);
        let standing = self.standing_of(payee, asset, &joint.destination).await?;
        match standing {
            PayoutStanding::Ready => {}
            PayoutStanding::AddressWaits(_) | PayoutStanding::Blocked(_) => return Ok(()),
            PayoutStanding::NotTheirs => {
                self.may_step(joint.id, JointCommand::Dissolve).await?;
                return Ok(());
            }
        }
        let is_approved = joint.state == JointState::Approved
            || self
                .may_step(joint.id, JointCommand::Approve)
                .await?
                .is_some();
        if !is_approved {
            return Ok(());
        }
        // Only who has reserved it in this very commit may tell the gateway.
        let reserved = self.may_step(joint.id, JointCommand::StartSending).await?;
        let Some(reserved) = reserved else {
            return Ok(());
        };
        // Asked again now that it is reserved: the address may have been stopped meanwhile.
        let standing = self
            .standing_of(payee, asset, &reserved.destination)
            .await?;
        let result = match standing {
            PayoutStanding::Ready => {
                let order = order_of(&reserved);
                result_of(self.gateway.send_payout(&order).await)
            }
            PayoutStanding::AddressWaits(_) | PayoutStanding::Blocked(_) => {
                LegResult::Failed(LegFault::Operator)
            }
            PayoutStanding::NotTheirs => LegResult::Failed(LegFault::Address),
        };
        self.report_joint(&reserved, reserved.sends, result).await
    }

    async fn report_joint(
        &self,
        joint: &JointPayout,
        sending: u32,
        result: LegResult,
    ) -> Result<(), DealError> {
        let report = JointCommand::Report { sending, result };
        self.change_joint(JointOrder::by_system(joint.id), report)
            .await?;
        Ok(())
    }

    /// The joint payout after a step of the system; none when it does not allow it now.
    async fn may_step(
        &self,
        id: JointPayoutId,
        step: JointCommand,
    ) -> Result<Option<JointPayout>, DealError> {
        match self.change_joint(JointOrder::by_system(id), step).await {
            Ok(joint) => Ok(Some(joint)),
            Err(DealError::Rejected(
                Rejection::NeedsApproval | Rejection::WrongLegState | Rejection::TooEarly(_),
            )) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn find_joint(&self, id: JointPayoutId) -> Result<JointPayout, DealError> {
        let found = self.store.joint_payouts().find(id).await?;
        found.ok_or(DealError::NotFound)
    }

    /// The one way in which anything changes a joint payout: decided on what is stored, committed
    /// in one write, decided anew when somebody else was faster.
    pub(super) async fn change_joint(
        &self,
        order: JointOrder,
        command: JointCommand,
    ) -> Result<JointPayout, DealError> {
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let joint = self.find_joint(order.id).await?;
            if done_before(&joint.commands, order.key.as_ref())?.is_some() {
                return Ok(joint);
            }
            let context = Context {
                now: self.now(),
                expected_version: order.expected_version,
                address_read_at: None,
                limits: &self.config.money.limits_of(joint.asset),
            };
            let mut change = joint.decide(order.actor, command.clone(), &context)?;
            if !change.is_some() {
                return Ok(joint);
            }
            if let Some(Keyed { user, key, body }) = order.key.clone() {
                let seq = change.joint.last_seq();
                change.joint.commands.record(user, key, body, seq);
            }
            let joints = self.store.joint_payouts();
            match joints.commit(&change.joint, change.expected_version).await {
                Ok(()) => {
                    self.commits.send_replace(());
                    return Ok(change.joint);
                }
                Err(CommitError::Stale) => {}
                Err(CommitError::Conflict { field }) => {
                    unreachable!("the {field} of a joint payout is only given up")
                }
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Err(Failure::Contended.into())
    }
}

/// Each sending has an id of its own: the gateway takes each once.
pub(super) fn sent(joint: &JointPayout, sending: u32) -> Sent<'_> {
    Sent {
        external_id: ExternalId::of_joint(joint.id, sending),
        asset: joint.asset,
        task: joint.task.as_deref().filter(|_| sending == joint.sends),
        destination: Some(&joint.destination),
        net: joint.net(),
        title: told(joint, joint.net()),
    }
}

/// A sum of it as people read it: the same in every language.
pub(super) fn told(joint: &JointPayout, units: Units) -> String {
    let sum = units.to_grouped(joint.asset.decimals());
    format!("{sum}\u{a0}{}", joint.asset.token().code())
}

fn order_of(joint: &JointPayout) -> PayoutOrder {
    PayoutOrder {
        external_id: ExternalId::of_joint(joint.id, joint.sends),
        asset: joint.asset,
        destination: joint.destination.as_str().to_owned(),
        net: joint.net(),
    }
}
