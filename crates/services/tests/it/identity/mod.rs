//! Signing up, in and out; passwords; sessions.

mod email;
mod enumeration;
mod lockout;
mod passwords;
mod reset;
mod sessions;
mod sign_up;
mod tokens;
