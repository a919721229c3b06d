//! One payment with everything that is known of it.

use domain::Units;
use domain::deal::{Deal, Deposit, Leg};
use domain::id::UserId;
use domain::policy::Action;
use storage::{Listed, StoreError, deposit_reference};

use super::payment::{Movement, Payment, PaymentId, payments_of};
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// One payment of the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDetails {
    /// What a list shows of it.
    pub payment: Payment,
    /// What is known of the transfer.
    pub detail: PaymentDetail,
}

/// What is known of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentDetail {
    /// It came in.
    In {
        /// The transaction.
        tx: String,
        /// How much of it serves the price, in base units.
        held: Units,
        /// How much of it was more than the price.
        surplus: Units,
        /// How much of it came late.
        late: Units,
    },
    /// It goes out.
    Out {
        /// What is taken from the deal for it, in base units.
        gross: Units,
        /// The part of that which pays for the network.
        network_fee: Units,
        /// The transaction, once it was sent.
        tx: Option<String>,
    },
}

/// Why a payment is not shown.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ViewPaymentError {
    /// There is none, or it is somebody else's.
    #[error("there is no such payment")]
    NotFound,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<StoreError> for ViewPaymentError {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl Services {
    /// One of the caller's own payments.
    ///
    /// # Errors
    /// [`ViewPaymentError::NotFound`] also for those of others.
    pub async fn view_payment(
        &self,
        actor: &Actor,
        id: &PaymentId,
    ) -> Result<PaymentDetails, ViewPaymentError> {
        let person = actor.person_who_may(Action::ReadOwnPayments);
        let person = person.map_err(Failure::from)?;
        let deal = self.store.deals().find(id.deal).await?;
        let deal = deal.ok_or(ViewPaymentError::NotFound)?;
        details(&deal, id, person.id).ok_or(ViewPaymentError::NotFound)
    }
}

fn details(deal: &Deal, id: &PaymentId, user: UserId) -> Option<PaymentDetails> {
    let own = payments_of(&deal.summary(), user);
    let payment = own.into_iter().find(|payment| payment.id == *id)?;
    let detail = match &id.movement {
        Movement::In(reference) => {
            let mut deposits = deal.deposits.iter();
            came_in(deposits.find(|deposit| deposit_reference(&deposit.key) == *reference)?)
        }
        Movement::Out(leg) => goes_out(deal.leg(leg)?),
    };
    Some(PaymentDetails { payment, detail })
}

fn came_in(deposit: &Deposit) -> PaymentDetail {
    let (surplus, late) = (deposit.surplus, deposit.late);
    PaymentDetail::In {
        tx: deposit.key.tx().to_owned(),
        held: deposit.units.less(surplus).less(late),
        surplus,
        late,
    }
}

fn goes_out(leg: &Leg) -> PaymentDetail {
    PaymentDetail::Out {
        gross: leg.gross,
        network_fee: leg.network_fee,
        tx: leg.tx.clone(),
    }
}
