//! Keeping the market in order: reports, and what staff make of them.

mod decide_report;
mod file_report;
mod judge_words;
mod list_moderation;

pub use decide_report::{DecideReport, DecideReportError};
pub use file_report::{FileReport, FileReportError, Reported};
