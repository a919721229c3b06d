//! A person's own payments and payouts, projected from their deals.

use domain::policy::Action;
use storage::{Page, PageRequest};

use super::payment::{Payment, payments_of, payouts_of};
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// What moved for the caller, newest deal first; what belongs to one deal stands together. The
    /// limit of the page counts deals.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_payments(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Vec<Payment>>, Failure> {
        let person = actor.person_who_may(Action::ReadOwnPayments)?;
        let deals = self.store.deals().list_with_money_of(person.id, page);
        Ok(deals.await?.map(|deal| payments_of(&deal, person.id)))
    }

    /// The caller's payouts, newest deal first; those of one deal stand together.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_own_payouts(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Vec<Payment>>, Failure> {
        let person = actor.person_who_may(Action::ReadOwnPayments)?;
        let deals = self.store.deals().list_with_payout_to(person.id, page);
        Ok(deals.await?.map(|deal| payouts_of(&deal, person.id)))
    }
}
