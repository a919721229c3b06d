//! Requests: drafts, publishing, editing, finding, reading, time.

mod drafts;
mod editing;
mod finding;
mod time;
mod viewing;
