//! A deal for its parties: the room, and a page for each step that one of them can take.

mod accept;
mod address_form;
mod answer;
mod appeal;
mod cancel;
mod changes;
mod claim;
mod code;
mod concede;
mod decline;
mod deliver;
mod delivery;
mod dispute;
mod evidence;
mod extension;
mod fields;
pub(in crate::pages) mod for_staff;
mod frame;
mod list;
pub(crate) mod looked_at;
mod open;
mod pay;
mod payout_address;
mod plain;
mod proposal;
mod question;
mod questions;
mod receipt;
mod refund_address;
mod refund_late;
mod refusal;
mod reopen;
mod room;
mod ship;
mod split;
mod surplus;
mod take;
mod waiver;
mod withdraw;
mod withdraw_dispute;
mod words;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use serde::Deserialize;

pub(super) use self::open::{room_path, step_path};
use super::Pages;
use crate::form::FILES_BYTES_MAX;

/// A form that sends nothing but that it was sent.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nothing {}

/// Every page of a deal.
pub(super) fn pages() -> Pages {
    macro_rules! steps {
        ($($path:literal => $page:ident),+ $(,)?) => {
            Pages::new()$(
                .route(concat!("/deals/{id}/", $path), get($page::get).post($page::post))
            )+
        };
    }
    let steps = steps! {
        "accept" => accept,
        "answer" => answer,
        "appeal" => appeal,
        "cancel" => cancel,
        "changes" => changes,
        "claim" => claim,
        "code" => code,
        "concede" => concede,
        "decline" => decline,
        "deliver" => deliver,
        "dispute" => dispute,
        "extension" => extension,
        "payout-address" => payout_address,
        "question" => question,
        "refund-address" => refund_address,
        "refund-late" => refund_late,
        "reopen" => reopen,
        "ship" => ship,
        "split" => split,
        "surplus" => surplus,
        "waiver" => waiver,
        "withdraw" => withdraw,
        "withdraw-dispute" => withdraw_dispute,
    };
    let files = post(evidence::post).layer(DefaultBodyLimit::max(FILES_BYTES_MAX));
    steps
        .route("/deals", get(list::get))
        .route("/deals/{id}/evidence", get(evidence::get).merge(files))
        .route("/deals/{id}", get(room::get))
        .route("/deals/{id}/refresh", post(room::refresh))
        .route("/deals/{id}/pay", get(pay::get))
        .route("/deals/{id}/receipt", get(receipt::get))
}
