//! `GET /api/v1/<crypto>/task/<id>`: how far the wallet's queue is with a payout.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::caller::Admin;
use crate::simulator::Simulator;
use crate::state::{Task, TaskStage};

pub(super) async fn handler(
    _: Admin,
    State(simulator): State<Simulator>,
    Path((crypto, id)): Path<(String, String)>,
) -> Json<Value> {
    let task = simulator.read(|state| {
        let mut tasks = state.tasks.iter();
        tasks
            .find(|task| task.id == id && task.crypto == crypto)
            .cloned()
    });
    // The queue calls what it does not know pending, too.
    Json(task.map_or_else(
        || json!({"result": null, "status": "PENDING"}),
        |task| told(&task),
    ))
}

fn told(task: &Task) -> Value {
    match &task.stage {
        TaskStage::Pending => json!({"result": null, "status": "PENDING"}),
        TaskStage::Failed { reason } => json!({"result": reason, "status": "FAILURE"}),
        TaskStage::Done { txid } => json!({
            "result": [{
                "dest": task.destination,
                "amount": task.amount_text,
                "status": "success",
                "txids": [txid],
            }],
            "status": "SUCCESS",
        }),
    }
}
