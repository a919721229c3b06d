//! The commands of `amn` besides serving.

pub mod admin;
pub mod backup;
pub mod config;
pub mod drill;
pub mod openapi;
pub mod seed;
pub mod verify_receipt;

/// Says something to the person who called a command.
#[expect(clippy::print_stdout, reason = "the answer of a command is its output")]
fn say(text: &str) {
    println!("{text}");
}

/// What is shorter is done before anybody asks how far it has come.
const LONG: u64 = 1_000;

/// Tells on standard error how far something long has come, at each tenth of it.
#[derive(Debug, Default)]
struct Tenths {
    last: Option<(String, u64)>,
}

impl Tenths {
    #[expect(
        clippy::print_stderr,
        reason = "the answer of the command goes out alone"
    )]
    fn tell(&mut self, what: &str, done: u64, all: u64) {
        let tenth = done.saturating_mul(10).checked_div(all).unwrap_or(0);
        let is_new = self
            .last
            .as_ref()
            .is_none_or(|(last, told)| last != what || *told != tenth);
        if is_new && all >= LONG {
            self.last = Some((what.to_owned(), tenth));
            eprintln!("{what}: {done} of {all}");
        }
    }
}
