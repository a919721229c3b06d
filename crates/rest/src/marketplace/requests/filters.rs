//! What somebody looks for among requests.

use domain::category::Catalogue;
use domain::deal::ProductKind;
use domain::id::UserId;
use domain::price::Currency;
use domain::request::{RequestStatus, Urgency};
use serde::Deserialize;
use services::requests::{Browse, BudgetRange};
use utoipa::IntoParams;

use crate::problem::Problem;
use crate::refusals::Fields;

/// What is looked for: all of it together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// Words in any spelling.
    q: Option<String>,
    /// One of the statuses that requests have.
    status: Option<String>,
    /// The id or the slug of a category; what it holds counts too.
    category: Option<String>,
    /// `physical_product`, `digital_product`, `service` or `consultation`.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// The buyer would spend at least this; names its `currency`.
    min_budget: Option<String>,
    /// The buyer would spend no more than this; names its `currency`.
    max_budget: Option<String>,
    /// Only budgets in this currency.
    currency: Option<String>,
    /// `low`, `medium`, `high` or `urgent`.
    urgency: Option<String>,
    /// `true` for one's own requests, by `status` at the most.
    mine: Option<String>,
    /// One's own id: what one can offer on as a seller, with those that one was invited to first.
    seller_id: Option<String>,
}

/// Which list is asked for.
#[derive(Debug)]
pub enum Asked {
    /// One's own requests.
    Mine(Option<RequestStatus>),
    /// What a seller can offer on.
    Feed(UserId, Browse),
    /// What is open for everybody.
    Open(Browse),
}

impl Filters {
    /// What was meant; all that makes no sense is said at once.
    pub fn read(&self, catalogue: &Catalogue) -> Result<Asked, Problem> {
        let mut fields = Fields::default();
        let browse = self.browse(catalogue, &mut fields);
        let mine = fields.flag("mine", self.mine.as_deref());
        let seller = self.seller_id.as_deref();
        let seller = seller.and_then(|id| fields.id("sellerId", id));
        if mine && self.narrows() {
            let message = "one's own requests are told apart by their status alone";
            fields.take::<()>("mine", Err(("NOT_TOGETHER", message.to_owned())));
        }
        if !fields.are_right() {
            return Err(fields.problem());
        }
        Ok(match seller {
            _ if mine => Asked::Mine(browse.status),
            Some(seller) => Asked::Feed(seller, browse),
            None => Asked::Open(browse),
        })
    }

    const fn narrows(&self) -> bool {
        self.q.is_some()
            || self.category.is_some()
            || self.kind.is_some()
            || self.currency.is_some()
            || self.urgency.is_some()
            || self.seller_id.is_some()
    }

    fn browse(&self, catalogue: &Catalogue, fields: &mut Fields) -> Browse {
        let status = self.status.as_deref().and_then(|code| {
            let words = RequestStatus::ALL.map(RequestStatus::code);
            fields.choice("status", RequestStatus::from_code(code), &words)
        });
        let category = self.category.as_deref().and_then(|wanted| {
            let found = match wanted.parse() {
                Ok(id) => catalogue.find(id),
                Err(_) => catalogue.find_slug(wanted),
            };
            let missing = || ("NO_SUCH_CATEGORY", "there is no such category".to_owned());
            fields.take(
                "category",
                found.map(|found| found.category.id).ok_or_else(missing),
            )
        });
        let kind = self.kind.as_deref().and_then(|code| {
            let words = ProductKind::ALL.map(ProductKind::code);
            fields.choice("type", ProductKind::from_code(code), &words)
        });
        let urgency = self.urgency.as_deref().and_then(|code| {
            let words = Urgency::ALL.map(Urgency::code);
            fields.choice("urgency", Urgency::from_code(code), &words)
        });
        Browse {
            question: self.q.clone().unwrap_or_default(),
            category,
            kind,
            urgency,
            status,
            budget: self.budget(fields),
        }
    }

    fn budget(&self, fields: &mut Fields) -> Option<BudgetRange> {
        let min = self.min_budget.as_deref();
        let min = min.and_then(|text| fields.millionths("minBudget", text));
        let max = self.max_budget.as_deref();
        let max = max.and_then(|text| fields.millionths("maxBudget", text));
        let words = Currency::ALL.map(Currency::code);
        let currency = match self.currency.as_deref() {
            None if self.min_budget.is_none() && self.max_budget.is_none() => return None,
            None => fields.choice("currency", None, &words),
            Some(code) => fields.choice("currency", Currency::from_code(code), &words),
        };
        currency.map(|currency| BudgetRange { currency, min, max })
    }
}
