//! `/marketplace/deals`: what both sides, and staff, do in a deal.

mod cancel_deal;
mod concede;
mod confirm_delivery;
mod decline;
mod deliver_without_code;
mod delivery;
mod delivery_code;
mod event;
mod evidence;
mod evidence_form;
mod extension;
mod hold;
mod leg;
mod leg_address;
mod list;
mod money_panel;
mod of_request;
mod one;
mod outcomes;
mod parts;
mod possible;
mod proposal;
mod refund_late;
mod refusals;
mod reopen;
mod request_changes;
mod room;
mod seen;
mod settlement;
mod step;
mod surplus;
mod terms;
mod verify_code;
mod waiver;
mod withdraw_payment;
mod withdraw_proposal;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::routes;

pub use evidence::{Evidence, add as add_evidence};
pub use evidence_form::{EvidenceForm, FORM_BYTES_MAX};
pub use refusals::{Refusals, refused};
pub use step::{Step, id_in_path};

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(list::get))
        .routes(routes!(one::get))
        .routes(routes!(outcomes::get))
        .merge(delivery_steps())
        .merge(negotiation())
        .merge(money_steps())
        .routes(routes!(hold::post))
        .routes(routes!(hold::lift))
        .merge(of_request::routes())
}

/// From shipping to acceptance.
fn delivery_steps() -> Endpoints {
    let files = Endpoints::new()
        .routes(routes!(evidence::list, evidence::post))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX));
    Endpoints::new()
        .routes(routes!(delivery::put))
        .routes(routes!(decline::post))
        .routes(routes!(deliver_without_code::post))
        .routes(routes!(delivery_code::get))
        .routes(routes!(delivery_code::generate))
        .routes(routes!(seen::post))
        .routes(routes!(verify_code::post))
        .routes(routes!(confirm_delivery::patch))
        .routes(routes!(request_changes::post))
        .merge(files)
}

/// What takes both sides, and ways out.
fn negotiation() -> Endpoints {
    Endpoints::new()
        .routes(routes!(cancel_deal::post))
        .routes(routes!(waiver::post))
        .routes(routes!(waiver::accept))
        .routes(routes!(extension::post))
        .routes(routes!(extension::accept))
        .routes(routes!(settlement::post))
        .routes(routes!(settlement::accept))
        .routes(routes!(withdraw_proposal::post))
        .routes(routes!(concede::post))
        .routes(routes!(reopen::post))
        .routes(routes!(refund_late::post))
}

/// Money on its way back, and where it goes.
fn money_steps() -> Endpoints {
    Endpoints::new()
        .routes(routes!(withdraw_payment::post))
        .routes(routes!(surplus::post))
        .routes(routes!(leg_address::give))
        .routes(routes!(leg_address::claim))
        .routes(routes!(leg_address::refund))
}
