//! Offers: making, revising, comparing, accepting.

mod accept_offer;
mod compare_offers;
mod counter_offer;
mod find_offer;
mod list_own_offers;
mod make_offer;
mod open_deal;
mod preview_offer;
mod revise_offer;
mod seller_standing;
mod show_terms;
mod withdraw_offer;

pub use storage::{OfferStanding, OfferSummary, Offered};

pub use accept_offer::{AcceptOffer, AcceptOfferError};
pub use compare_offers::{ComparedOffer, Comparison, Hindrance};
pub use counter_offer::CounterOffer;
pub use make_offer::MakeOffer;
pub use preview_offer::{OfferForm, Proceeds};
pub use revise_offer::ReviseOffer;
pub use show_terms::{ShowTermsError, ShownTerms};
