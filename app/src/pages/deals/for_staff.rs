//! What the pages of staff show of a deal in the very way in which its parties see it.

pub(in crate::pages) use super::Nothing;
pub(in crate::pages) use super::dispute::category_word;
pub(in crate::pages) use super::evidence::list_of_files;
pub(in crate::pages) use super::fields::{block, sum};
pub(in crate::pages) use super::open::{DealPath, failure, room_path};
pub(in crate::pages) use super::questions::list_of_questions;
pub(in crate::pages) use super::refusal::{refusal, words as refusal_words};
pub(in crate::pages) use super::room::{
    account_word, checklist, future_panel, money_section, people_section, terms_section,
    timeline_section,
};
pub(in crate::pages) use super::take::key;
pub(in crate::pages) use super::words::Words;
