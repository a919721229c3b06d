//! Delivers callbacks: only an answer of 202 ends them.

use axum::http::StatusCode;

use crate::books::messages::Due;
use crate::simulator::Simulator;
use crate::state::{Delivery, SignedMessage};

impl Simulator {
    /// A whole round: first what was held up, then all that nobody acknowledged.
    pub(crate) async fn deliver_all(&self) {
        let _turn = self.delivering().await;
        let held_up = self.change(|desk| core::mem::take(&mut desk.state.held_up));
        for message in held_up {
            // Nobody waits for this answer any more, so it acknowledges nothing.
            self.post(&message).await;
        }
        self.deliver_due(false).await;
    }

    /// What was never told yet, as SHKeeper does as soon as it hears of a transfer.
    pub(crate) async fn deliver_new(&self) {
        let _turn = self.delivering().await;
        self.deliver_due(true).await;
    }

    async fn deliver_due(&self, only_new: bool) {
        let all_due = self.change(|desk| desk.due_messages(only_new));
        for due in all_due {
            self.deliver_one(due).await;
        }
    }

    async fn deliver_one(&self, due: Due) {
        let Some(outgoing) = self.change(|desk| desk.prepare(due)) else {
            return;
        };
        if outgoing.copies == 0 {
            self.remember(&outgoing.message, None);
        }
        for _ in 0..outgoing.copies {
            let answer = self.post(&outgoing.message).await;
            if answer == Some(StatusCode::ACCEPTED) {
                self.change(|desk| desk.acknowledge(due));
            }
        }
    }

    async fn post(&self, message: &SignedMessage) -> Option<StatusCode> {
        let sent = self
            .http()
            .post(&message.url)
            .header("Content-Type", "application/json")
            .header("X-Shkeeper-Api-Key", &self.config().api_key)
            .header("X-Shkeeper-Timestamp", &message.timestamp)
            .header("X-Shkeeper-Signature", &message.signature)
            .body(message.body.clone())
            .send()
            .await;
        let answer = match sent {
            Ok(response) => Some(response.status()),
            Err(error) => {
                tracing::debug!(%error, "a callback found nobody");
                None
            }
        };
        self.remember(message, answer);
        answer
    }

    fn remember(&self, message: &SignedMessage, answer: Option<StatusCode>) {
        self.change(|desk| {
            let delivery = Delivery {
                at_ms: desk.now_ms,
                kind: message.kind,
                external_id: message.external_id.clone(),
                fault: message.fault,
                answer: answer.map(|status| status.as_u16()),
            };
            desk.state.remember(delivery);
        });
    }
}
