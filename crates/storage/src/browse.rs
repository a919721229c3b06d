//! What somebody looks for among open requests.

use domain::Units;
use domain::deal::ProductKind;
use domain::id::CategoryId;
use domain::price::Currency;
use domain::request::{RequestStatus, Urgency};

use crate::request::asked_tags;
use crate::{Cursor, RequestSummary, Tag};

/// What somebody looks for. The default finds every open request that is for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Browse {
    /// All of these words, in any spelling.
    pub question: String,
    /// Filed in this category, or in one that it holds.
    pub category: Option<CategoryId>,
    /// Handed over like this.
    pub kind: Option<ProductKind>,
    /// Needed this soon.
    pub urgency: Option<Urgency>,
    /// Standing there; among open requests only.
    pub status: Option<RequestStatus>,
    /// With a budget that meets this.
    pub budget: Option<BudgetRange>,
}

/// A range of money, in millionths of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetRange {
    /// Only budgets in this currency.
    pub currency: Currency,
    /// The buyer would spend at least this.
    pub min: Option<Units>,
    /// The buyer would spend no more than this.
    pub max: Option<Units>,
}

impl Browse {
    /// The list of all open requests that are for everybody.
    pub(crate) fn open() -> Tag {
        Tag::new("open", "yes")
    }

    /// The lists that hold what is looked for, rarest first.
    pub(crate) fn tags(&self) -> Vec<Tag> {
        let mut tags: Vec<Tag> = asked_tags(&self.question).collect();
        if let Some(category) = self.category {
            tags.push(Self::open().and("category", category));
        }
        if let Some(status) = self.status {
            tags.push(Tag::new("status", status.code()));
            tags.push(Self::open());
        }
        if let Some(budget) = self.budget {
            tags.push(Self::open().and("currency", budget.currency.code()));
        }
        if let Some(urgency) = self.urgency {
            tags.push(Self::open().and("urgency", urgency.code()));
        }
        if let Some(kind) = self.kind {
            tags.push(Self::open().and("kind", kind.code()));
        }
        if tags.is_empty() {
            tags.push(Self::open());
        }
        tags
    }

    /// Whether something is asked that no list answers, so that each hit has to be looked at.
    pub(crate) fn sifts(&self) -> bool {
        self.budget.is_some()
    }

    /// Whether a hit is what is looked for.
    pub(crate) fn takes(&self, summary: &RequestSummary) -> bool {
        self.budget.is_none_or(|range| range.meets(summary))
    }
}

impl BudgetRange {
    fn meets(&self, summary: &RequestSummary) -> bool {
        summary.budget.is_some_and(|budget| {
            budget.currency() == self.currency
                && self.min.is_none_or(|min| budget.max() >= min)
                && self
                    .max
                    .is_none_or(|max| budget.min().unwrap_or(budget.max()) <= max)
        })
    }
}

impl RequestSummary {
    /// The place right after it in lists.
    pub fn cursor(&self) -> Cursor {
        let listed_at = self.published_at.unwrap_or(self.created_at);
        Cursor::new(listed_at.unix_ms(), self.id.as_uuid())
    }
}
