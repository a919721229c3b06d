//! Requests: drafts, publishing, editing, finding, reading, time.

mod drafts;
mod editing;
mod finding;
mod inviting;
mod time;
mod viewing;
