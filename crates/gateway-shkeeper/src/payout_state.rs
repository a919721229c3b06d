//! What became of a payout, from SHKeeper's record and from its wallet's queue. Neither can prove
//! that nothing was sent.

use reqwest::StatusCode;
use services::ports::gateway::{GatewayError, PayoutQuery, PayoutState, TaskId};

use crate::client::{Answer, Caller, ShkeeperClient, read_json, shortened};
use crate::crypto;
use crate::wire::{NotFound, PayoutRecord, RecordStatus, TaskAnswer, TaskItem};

pub(crate) async fn ask(client: &ShkeeperClient, query: &PayoutQuery) -> PayoutState {
    let record = match record(client, query).await {
        Ok(record) => record,
        Err(error) => {
            return PayoutState::Unclear {
                reason: error.to_string(),
            };
        }
    };
    let (status, txid) = match record {
        None => (None, None),
        Some(record) => (
            Some(record.status),
            record.txid.filter(|txid| !txid.is_empty()),
        ),
    };
    match (status, txid) {
        (Some(RecordStatus::Success), Some(txid)) => PayoutState::Paid { txid },
        (Some(RecordStatus::Success), None) => PayoutState::Unclear {
            reason: "called a success without a transaction".to_owned(),
        },
        // A transaction is more than any word about it.
        (_, Some(txid)) => PayoutState::Pending { txid: Some(txid) },
        (Some(RecordStatus::InProgress), None) => {
            from_task(client, query, PayoutState::Pending { txid: None }).await
        }
        (Some(RecordStatus::Fail), None) => {
            let reason = "the gateway says that it failed".to_owned();
            from_task(client, query, PayoutState::Failed { reason }).await
        }
        (None, None) => from_task(client, query, PayoutState::NotFound).await,
    }
}

/// SHKeeper's record; none when it says so itself, and not when some proxy has no such page.
async fn record(
    client: &ShkeeperClient,
    query: &PayoutQuery,
) -> Result<Option<PayoutRecord>, GatewayError> {
    let parts = [crypto::name(query.asset), "payout", "status"];
    let asked = [("external_id", query.external_id.as_str())];
    let answer = client.get_answer(&parts, &asked, Caller::Shop).await?;
    if answer.status == StatusCode::NOT_FOUND && says_not_found(&answer) {
        return Ok(None);
    }
    let record: PayoutRecord = read_json(&answer)?;
    let asked_for = record.external_id == query.external_id.as_str()
        && record.crypto == crypto::name(query.asset);
    if asked_for {
        Ok(Some(record))
    } else {
        let message = format!("told of the payout {} instead", record.external_id);
        Err(GatewayError::Unreadable(shortened(&message)))
    }
}

fn says_not_found(answer: &Answer) -> bool {
    let said: Option<NotFound> = answer.json();
    said.is_some_and(|said| said.error == "Payout not found")
}

/// What the wallet's queue adds to the record's silence. It calls what it does not know pending,
/// so only an end says anything.
async fn from_task(
    client: &ShkeeperClient,
    query: &PayoutQuery,
    otherwise: PayoutState,
) -> PayoutState {
    let Some(task) = &query.task else {
        return otherwise;
    };
    match task_end(client, query, task).await {
        Ok(Some(TaskEnd::Sent(txid))) => PayoutState::Pending { txid: Some(txid) },
        Ok(Some(TaskEnd::Failed(reason))) => PayoutState::Failed { reason },
        Ok(None) => otherwise,
        Err(error) => {
            tracing::warn!(%error, payout = %query.external_id, "a payout's task cannot be read");
            otherwise
        }
    }
}

enum TaskEnd {
    Sent(String),
    Failed(String),
}

async fn task_end(
    client: &ShkeeperClient,
    query: &PayoutQuery,
    task: &TaskId,
) -> Result<Option<TaskEnd>, GatewayError> {
    let Some(login) = &client.settings().payout_login else {
        return Ok(None);
    };
    let parts = [crypto::name(query.asset), "task", task.as_str()];
    let answer = client.get_answer(&parts, &[], Caller::Admin(login)).await?;
    let answer: TaskAnswer = read_json(&answer)?;
    let result = answer.result.as_ref().map_or("null", |raw| raw.get());
    match answer.status.as_str() {
        "SUCCESS" => Ok(Some(item_end(result)?)),
        "FAILURE" | "FAILED" | "ERROR" => Ok(Some(TaskEnd::Failed(shortened(result)))),
        _ => Ok(None),
    }
}

/// A task that succeeded may still hold the error of its one payout.
fn item_end(result: &str) -> Result<TaskEnd, GatewayError> {
    let items: Vec<TaskItem> = serde_json::from_str(result)
        .map_err(|error| GatewayError::Unreadable(error.to_string()))?;
    let item = items
        .into_iter()
        .next()
        .ok_or_else(|| GatewayError::Unreadable("a finished task without a payout".to_owned()))?;
    let went_well = item.status.as_deref() == Some("success");
    match item.txids.into_iter().find(|txid| !txid.is_empty()) {
        Some(txid) if went_well => Ok(TaskEnd::Sent(txid)),
        _ => {
            let said = item.message.or(item.msg);
            let reason = said.unwrap_or_else(|| "no transaction and no reason".to_owned());
            Ok(TaskEnd::Failed(shortened(&reason)))
        }
    }
}
