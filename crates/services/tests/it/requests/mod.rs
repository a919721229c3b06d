//! Requests: drafts, publishing, editing, finding, reading, time, writing at once.

mod drafts;
mod editing;
mod finding;
mod inviting;
mod time;
mod viewing;
mod whole;
