//! Whose payments are asked for, and reading all of them.

use serde::Deserialize;
use services::paging::{Limit, Page, PageRequest};
use services::payments::Payment;
use services::{Actor, Failure, Services};

use crate::problem::Problem;
use crate::refusals::Fields;

/// Whose payments are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhoseFilter {
    /// `own` (when nothing is said), or for admins `all`.
    #[param(example = "own")]
    of: Option<String>,
}

/// Whose payments are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Own,
    All,
}

impl WhoseFilter {
    pub fn read(&self) -> Result<Whose, Problem> {
        match self.of.as_deref() {
            None | Some("own") => Ok(Whose::Own),
            Some("all") => Ok(Whose::All),
            Some(_) => {
                let mut fields = Fields::default();
                fields.choice("of", None::<Whose>, &["own", "all"]);
                Err(fields.problem())
            }
        }
    }
}

/// A page of payments; those of one deal stand together.
pub async fn read_page(
    services: &Services,
    actor: &Actor,
    whose: Whose,
    page: PageRequest,
) -> Result<Page<Vec<Payment>>, Failure> {
    match whose {
        Whose::Own => services.list_payments(actor, page).await,
        Whose::All => services.list_all_payments(actor, page).await,
    }
}

/// The first page of all that is read to its end.
pub const FIRST: PageRequest = PageRequest::first(Limit::MAX);

/// The page behind one; none after the last.
pub fn page_after<T>(page: &Page<T>) -> Option<PageRequest> {
    page.next.map(|next| PageRequest::after(next, Limit::MAX))
}
