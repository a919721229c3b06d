//! How a deal is told to one person: who is "you", sums with their token, lengths of time.

use domain::deal::{Division, Party, State};
use domain::{Span, Units};
use services::deals::DealView;

use crate::components::{money_text, state_word};
use crate::i18n::Locale;
use crate::page::Page;

/// Words for a deal and the person who reads of it.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Words<'a> {
    pub(in crate::pages) page: &'a Page,
    pub(in crate::pages) view: &'a DealView,
}

impl<'a> Words<'a> {
    pub(in crate::pages) const fn new(page: &'a Page, view: &'a DealView) -> Self {
        Self { page, view }
    }

    pub(in crate::pages) const fn t(self) -> Locale {
        self.page.t()
    }

    /// Whether money came after the deal had ended, about which nobody has decided yet.
    pub(in crate::pages) fn is_late(self) -> bool {
        let deal = &self.view.deal;
        let is_over = matches!(deal.state, State::Expired | State::Cancelled);
        is_over && !deal.late_undecided().is_empty()
    }

    /// The state in the words of its chip.
    pub(in crate::pages) fn state(self) -> &'static str {
        if self.is_late() {
            self.t().deal_late_title()
        } else {
            state_word(self.t(), self.view.deal.state)
        }
    }

    /// "you", or the person's name: after "to" and "by".
    pub(in crate::pages) fn name(self, party: Party) -> String {
        if self.view.party() == Some(party) {
            return self.t().deal_you().to_owned();
        }
        let name = self.view.name(party);
        if name.is_empty() {
            self.role(party).to_owned()
        } else {
            name.to_owned()
        }
    }

    /// "The buyer" or "The seller", at the beginning of a sentence.
    pub(in crate::pages) const fn role(self, party: Party) -> &'static str {
        match party {
            Party::Buyer => self.t().deal_the_buyer(),
            Party::Seller => self.t().deal_the_seller(),
        }
    }

    /// A sum in the deal's token.
    pub(in crate::pages) fn money(self, units: Units) -> String {
        money_text(units, self.view.deal.terms.asset)
    }

    /// What arrives of a part after the flat network fee.
    pub(in crate::pages) fn net(self, gross: Units) -> String {
        self.money(gross.less(self.view.deal.terms.network_fee))
    }

    /// How the price is divided when this is the buyer's part. Unlike the deal's own division it
    /// also holds of what was said before the money went out, when nothing is held any more.
    pub(super) fn division(self, buyer: Units) -> Option<Division> {
        let deal = &self.view.deal;
        let held = deal.held();
        let whole = if held.is_zero() { deal.price } else { held };
        let gross = whole.checked_sub(buyer)?;
        let fee = deal.terms.fee_on(gross);
        let seller = gross.less(fee);
        Some(Division { buyer, seller, fee })
    }

    /// A length of time; never nothing.
    pub(in crate::pages) fn length(self, span: Span) -> String {
        let least = span.max(Span::minutes(1));
        self.page.when.length(least).unwrap_or_default()
    }

    /// `BNB Smart Chain (BEP-20)`.
    pub(in crate::pages) fn network(self) -> String {
        let network = self.view.deal.terms.asset.network();
        format!("{} ({})", network.name(), network.standard())
    }
}
