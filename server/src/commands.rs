//! The commands of `amn` besides serving.

pub mod admin;
pub mod config;
pub mod openapi;
pub mod seed;
pub mod verify_receipt;

/// Says something to the person who called a command.
#[expect(clippy::print_stdout, reason = "the answer of a command is its output")]
fn say(text: &str) {
    println!("{text}");
}
