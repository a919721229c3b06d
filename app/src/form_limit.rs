//! How many forms one network may send to this node: a fence against floods, beneath the finer
//! limits of the use cases.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{Span, Timestamp};

use crate::page::{Failure, Page};

/// So many networks are remembered; those that are quiet again are forgotten first.
const NETWORKS_MAX: usize = 20_000;
const MINUTE: Span = Span::minutes(1);

/// Lets each network send so many forms at once, and as many again within a minute.
#[derive(Debug)]
pub struct FormLimit {
    per_minute: u32,
    /// For each network the moment at which its allowance is whole again.
    whole_at: Mutex<HashMap<String, Timestamp>>,
}

impl FormLimit {
    /// A limit of so many forms a minute.
    pub fn new(per_minute: u32) -> Self {
        Self {
            per_minute: per_minute.max(1),
            whole_at: Mutex::default(),
        }
    }

    /// Takes one form of a network, or says how long it has to wait.
    fn take(&self, network: String, now: Timestamp) -> Result<(), Span> {
        let each = Span::from_ms(MINUTE.ms() / i64::from(self.per_minute));
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        if whole_at.len() >= NETWORKS_MAX {
            whole_at.retain(|_, at| *at > now);
        }
        let then = whole_at.get(&network).map_or(now, |at| (*at).max(now));
        let next = then.plus(each);
        let wait = next.since(now).minus(MINUTE);
        if wait > Span::ZERO {
            return Err(wait);
        }
        // Full of networks that are all still busy: a flood from everywhere, where forgetting one
        // of them would help nobody.
        if whole_at.len() < NETWORKS_MAX || whole_at.contains_key(&network) {
            whole_at.insert(network, next);
        }
        Ok(())
    }
}

/// Refuses forms of a network that sends too many.
pub async fn form_limit(
    State(limit): State<Arc<FormLimit>>,
    page: Page,
    request: Request,
    next: Next,
) -> Response {
    if *request.method() == Method::POST {
        let now = page.services().now();
        if let Err(wait) = limit.take(page.client.network(), now) {
            let seconds = wait.ms().saturating_add(999) / 1_000;
            let retry_after_s = u32::try_from(seconds).unwrap_or(u32::MAX);
            return Failure::TooMany { retry_after_s }.into_response();
        }
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_unix_ms(1_793_534_400_000);

    fn sent(limit: &FormLimit, network: &str, at: Timestamp) -> u32 {
        let mut sent = 0;
        while limit.take(network.to_owned(), at).is_ok() {
            sent += 1;
        }
        sent
    }

    #[test]
    fn a_network_sends_so_many_at_once_and_as_many_within_a_minute() {
        let limit = FormLimit::new(60);
        assert_eq!(sent(&limit, "a", NOON), 60);
        assert_eq!(sent(&limit, "a", NOON.plus(Span::seconds(10))), 10);
        assert_eq!(sent(&limit, "a", NOON.plus(Span::minutes(5))), 60);
    }

    #[test]
    fn one_network_does_not_use_up_what_is_anothers() {
        let limit = FormLimit::new(5);
        sent(&limit, "a", NOON);
        assert_eq!(sent(&limit, "b", NOON), 5);
    }

    #[test]
    fn whoever_is_refused_learns_how_long_to_wait() {
        let limit = FormLimit::new(60);
        sent(&limit, "a", NOON);
        let wait = limit.take("a".to_owned(), NOON).unwrap_err();
        assert_eq!(wait, Span::seconds(1));
        assert!(limit.take("a".to_owned(), NOON.plus(wait)).is_ok());
    }

    #[test]
    fn memory_is_bounded_and_quiet_networks_are_forgotten() {
        let limit = FormLimit::new(60);
        for number in 0..NETWORKS_MAX {
            limit.take(format!("n{number}"), NOON).unwrap();
        }
        limit.take("late".to_owned(), NOON.plus(MINUTE)).unwrap();
        assert_eq!(limit.whole_at.lock().unwrap().len(), 1);
    }
}
