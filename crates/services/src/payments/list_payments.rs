//! A person's own payments and payouts, projected from their deals.

use domain::policy::Action;
use storage::{Desk, Page, PageRequest};

use super::payment::{Payment, all_payments_of, payments_of, payouts_of};
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

    /// What moved for everybody, newest deal first; what belongs to one deal stands together. The
    /// limit of the page counts deals.
    ///
    /// # Errors
    /// [`Failure`]; whoever may not see the money of others is refused.
    pub async fn list_all_payments(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Vec<Payment>>, Failure> {
        actor.may(Action::ReadMoney)?;
        let deals = self.store.deals().list_on_desk(Desk::All, page).await?;
        Ok(deals.map(|deal| all_payments_of(&deal)))
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
