//! The last commands an aggregate took, so that a repeated one is answered and not done again.
//!
//! A client that got no answer sends its command once more with the same idempotency key. The
//! aggregate remembers the key, a digest of what was asked and the number of the event that
//! answered it. The same key with another body is a mistake of the client's, and is refused.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::id::{CommandKey, UserId};

/// The digest of what a command asks for: its route and its body, by their JSON form. The route is
/// part of it, so that one key cannot answer for two kinds of command.
pub fn digest_of_command<T: Serialize>(route: &str, body: &T) -> Digest {
    Digest::of_value(&(route, body))
}

/// What an aggregate knows about a command's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Not among those remembered: decide the command.
    Fresh,
    /// Done before; the event with this number holds the answer.
    Repeat(u64),
    /// The key was used for something else: refuse with a conflict.
    Mismatch,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    actor: UserId,
    key: CommandKey,
    body: Digest,
    seq: u64,
}

/// The last [`CommandLog::REMEMBERED`] commands of an aggregate, oldest first.
///
/// A key belongs to the person who sent it: two people may use the same one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandLog(Vec<Entry>);

impl CommandLog {
    /// How many commands are remembered.
    pub const REMEMBERED: usize = 64;

    /// What is known of `key`, sent by `actor` with this body.
    pub fn seen(&self, actor: UserId, key: &CommandKey, body: Digest) -> Seen {
        // The newest entry stands for a key, should it ever have come twice.
        let entry = self
            .0
            .iter()
            .rev()
            .find(|entry| entry.actor == actor && entry.key == *key);
        match entry {
            None => Seen::Fresh,
            Some(entry) if entry.body == body => Seen::Repeat(entry.seq),
            Some(_) => Seen::Mismatch,
        }
    }

    /// Remembers that `key` was answered by event `seq`, and forgets the oldest when there are
    /// more than [`CommandLog::REMEMBERED`].
    pub fn record(&mut self, actor: UserId, key: CommandKey, body: Digest, seq: u64) {
        if self.0.len() >= Self::REMEMBERED {
            let surplus = self
                .0
                .len()
                .saturating_sub(Self::REMEMBERED.saturating_sub(1));
            self.0.drain(..surplus);
        }
        self.0.push(Entry {
            actor,
            key,
            body,
            seq,
        });
    }

    /// How many commands are remembered now.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no command is remembered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lowest event number that a remembered command is answered from: no event from here on
    /// may be forgotten.
    pub fn oldest_answer(&self) -> Option<u64> {
        self.0.iter().map(|entry| entry.seq).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u8) -> UserId {
        UserId::derived(&[b"person", &[number]])
    }

    fn key(text: &str) -> CommandKey {
        CommandKey::new(text).unwrap()
    }

    #[test]
    fn a_repeated_command_finds_the_event_that_answered_it() {
        let mut log = CommandLog::default();
        let body = digest_of_command("accept", &"{}");
        assert_eq!(log.seen(person(1), &key("k"), body), Seen::Fresh);
        log.record(person(1), key("k"), body, 7);
        assert_eq!(log.seen(person(1), &key("k"), body), Seen::Repeat(7));
    }

    #[test]
    fn the_same_key_with_another_body_or_route_is_a_mismatch() {
        let mut log = CommandLog::default();
        log.record(person(1), key("k"), digest_of_command("accept", &"{}"), 7);
        for other in [
            digest_of_command("accept", &"[]"),
            digest_of_command("cancel", &"{}"),
        ] {
            assert_eq!(log.seen(person(1), &key("k"), other), Seen::Mismatch);
        }
    }

    #[test]
    fn a_key_belongs_to_the_person_who_sent_it() {
        let mut log = CommandLog::default();
        let body = digest_of_command("accept", &"{}");
        log.record(person(1), key("k"), body, 7);
        assert_eq!(log.seen(person(2), &key("k"), body), Seen::Fresh);
    }

    #[test]
    fn only_the_last_64_are_remembered() {
        let mut log = CommandLog::default();
        let body = digest_of_command("accept", &"{}");
        for seq in 0..200 {
            log.record(person(1), key(&format!("k{seq}")), body, seq);
        }
        assert_eq!(log.len(), 64);
        assert_eq!(log.oldest_answer(), Some(136));
        assert_eq!(log.seen(person(1), &key("k135"), body), Seen::Fresh);
        assert_eq!(log.seen(person(1), &key("k136"), body), Seen::Repeat(136));
    }

    #[test]
    fn the_border_between_route_and_body_counts() {
        assert_ne!(digest_of_command("ab", &"c"), digest_of_command("a", &"bc"));
    }

    #[test]
    fn a_stored_log_comes_back() {
        let mut log = CommandLog::default();
        log.record(person(1), key("k"), digest_of_command("accept", &"{}"), 7);
        let text = serde_json::to_string(&log).unwrap();
        assert_eq!(serde_json::from_str::<CommandLog>(&text).unwrap(), log);
    }
}
