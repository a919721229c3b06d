//! Answers that a healthy SHKeeper would not give: proxies, login pages, nonsense, silence.

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use gateway_shkeeper::Shkeeper;
use serde_json::{Value, json};
use services::ports::PaymentGateway as _;
use services::ports::gateway::{
    AddressRequest, GatewayError, PayoutAnswer, PayoutRefusal, PayoutState, TaskId, Watched,
};
use tokio::net::TcpListener;

use crate::world::{PAYEE, bsc, gateway, intent, order, query, settings, units};

/// A gateway whose SHKeeper answers by that function.
async fn answering(answer: fn(&str) -> Response) -> Shkeeper {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: reqwest::Url = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let router = Router::new().fallback(move |uri: Uri| async move { answer(uri.path()) });
    tokio::spawn(async move { axum::serve(listener, router).await });
    gateway(settings(url.clone(), url))
}

fn json_of(value: Value) -> Response {
    axum::Json(value).into_response()
}

/// What is asked before a payout is sent, answered so that it is sent.
fn before_payout(path: &str) -> Option<Response> {
    if path.ends_with("/addresses") {
        Some(json_of(json!({"status": "success", "addresses": []})))
    } else if path.ends_with("/balance") {
        Some(json_of(json!({
            "name": "BNB-USDT", "amount_crypto": "1000", "server_status": "Synced",
        })))
    } else {
        None
    }
}

async fn paid_out(answer: fn(&str) -> Response) -> PayoutAnswer {
    let gateway = answering(answer).await;
    gateway
        .send_payout(&order("deal", bsc(), PAYEE, "10"))
        .await
}

#[tokio::test]
async fn a_payout_that_is_answered_by_anything_but_a_task_is_unclear() {
    let answers: [fn(&str) -> Response; 7] = [
        |path| before_payout(path).unwrap_or_else(|| StatusCode::BAD_GATEWAY.into_response()),
        |path| before_payout(path).unwrap_or_else(|| StatusCode::GATEWAY_TIMEOUT.into_response()),
        |path| before_payout(path).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response()),
        |path| before_payout(path).unwrap_or_else(|| "<html>hello</html>".into_response()),
        |path| before_payout(path).unwrap_or_else(|| json_of(json!({"task_id": null}))),
        |path| before_payout(path).unwrap_or_else(|| json_of(json!({"task_id": ""}))),
        |path| {
            let said = json!({"status": "error", "msg": "Redis is gone", "external_id": "1"});
            before_payout(path).unwrap_or_else(|| json_of(said))
        },
    ];
    for (number, answer) in answers.into_iter().enumerate() {
        let said = paid_out(answer).await;
        let unclear = matches!(said, PayoutAnswer::Unclear { .. });
        assert!(unclear, "{number}: {said:?}");
    }
}

#[tokio::test]
async fn a_payout_that_is_not_answered_in_time_is_unclear() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: reqwest::Url = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let router = Router::new().fallback(async |uri: Uri| match before_payout(uri.path()) {
        Some(answer) => answer,
        None => core::future::pending().await,
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    let mut impatient = settings(url.clone(), url);
    impatient.timeout = core::time::Duration::from_millis(300);
    let order = order("deal", bsc(), PAYEE, "10");
    let answer = gateway(impatient).send_payout(&order).await;
    assert!(matches!(answer, PayoutAnswer::Unclear { .. }), "{answer:?}");
}

#[tokio::test]
async fn a_wallet_that_does_not_list_its_addresses_still_pays_out() {
    let said = paid_out(|path| {
        if path.ends_with("/addresses") {
            json_of(json!({"status": "error", "message": "no such thing"}))
        } else {
            before_payout(path).unwrap_or_else(|| json_of(json!({"task_id": "a-task"})))
        }
    })
    .await;
    assert!(matches!(said, PayoutAnswer::Sent { .. }), "{said:?}");
}

#[tokio::test]
async fn a_payout_that_is_turned_away_at_the_door_was_not_sent() {
    let answers: [fn(&str) -> Response; 3] = [
        |path| before_payout(path).unwrap_or_else(|| Redirect::to("/login").into_response()),
        |path| before_payout(path).unwrap_or_else(|| StatusCode::UNAUTHORIZED.into_response()),
        |path| {
            let said = json!({"status": "error", "message": "Unknown crypto: BNB-USDT"});
            before_payout(path).unwrap_or_else(|| {
                (StatusCode::INTERNAL_SERVER_ERROR, axum::Json(said)).into_response()
            })
        },
    ];
    for (number, answer) in answers.into_iter().enumerate() {
        let said = paid_out(answer).await;
        let refused = matches!(said, PayoutAnswer::Refused(PayoutRefusal::Operator(_)));
        assert!(refused, "{number}: {said:?}");
    }
}

#[tokio::test]
async fn an_address_that_the_wallet_turns_down_is_the_payees_to_mend() {
    let said = paid_out(|path| {
        let said = json!({"status": "error", "msg": "Bad destination address in {}"});
        before_payout(path).unwrap_or_else(|| json_of(said))
    })
    .await;
    let refused = matches!(said, PayoutAnswer::Refused(PayoutRefusal::Address(_)));
    assert!(refused, "{said:?}");
}

#[tokio::test]
async fn a_gateway_that_is_not_there_was_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let nowhere: reqwest::Url = format!("http://{address}").parse().unwrap();
    let gateway = gateway(settings(nowhere.clone(), nowhere));
    let order = order("deal", bsc(), PAYEE, "10");
    let answer = gateway.send_payout(&order).await;
    let refused = matches!(answer, PayoutAnswer::Refused(PayoutRefusal::Operator(_)));
    assert!(refused, "{answer:?}");
    let said = gateway.payout_state(&query(&order, None)).await;
    assert!(matches!(said, PayoutState::Unclear { .. }), "{said:?}");
}

#[tokio::test]
async fn a_missing_page_is_not_a_missing_payout() {
    let gateway = answering(|_| StatusCode::NOT_FOUND.into_response()).await;
    let order = order("deal", bsc(), PAYEE, "10");
    let said = gateway.payout_state(&query(&order, None)).await;
    assert!(matches!(said, PayoutState::Unclear { .. }), "{said:?}");
}

#[tokio::test]
async fn a_task_that_succeeded_may_hold_the_error_of_its_payout() {
    let gateway = answering(|path| {
        if path.contains("/task/") {
            json_of(json!({"status": "SUCCESS", "result": [{
                "dest": PAYEE, "amount": 10.0, "status": "error", "message": "OUT_OF_ENERGY",
                "txids": ["abc"],
            }]}))
        } else {
            let body = axum::Json(json!({"error": "Payout not found"}));
            (StatusCode::NOT_FOUND, body).into_response()
        }
    })
    .await;
    let order = order("deal", bsc(), PAYEE, "10");
    let asked = query(&order, Some(TaskId::new("a-task")));
    let reason = "OUT_OF_ENERGY".to_owned();
    assert_eq!(
        gateway.payout_state(&asked).await,
        PayoutState::Failed { reason }
    );
}

#[tokio::test]
async fn a_task_that_sent_outweighs_a_record_that_is_missing_or_failed() {
    fn task(path: &str) -> Option<Response> {
        path.contains("/task/").then(|| {
            json_of(json!({"status": "SUCCESS", "result": [{
                "dest": PAYEE, "amount": 10.0, "status": "success", "txids": ["abc"],
            }]}))
        })
    }
    let missing = answering(|path| {
        let body = axum::Json(json!({"error": "Payout not found"}));
        task(path).unwrap_or_else(|| (StatusCode::NOT_FOUND, body).into_response())
    })
    .await;
    let order = order("deal", bsc(), PAYEE, "10");
    let asked = query(&order, Some(TaskId::new("a-task")));
    let txid = Some("abc".to_owned());
    assert_eq!(
        missing.payout_state(&asked).await,
        PayoutState::Pending { txid }
    );
}

#[tokio::test]
async fn the_answer_about_another_payout_is_no_answer() {
    let gateway = answering(|_| {
        json_of(json!({
            "id": 1, "external_id": "another", "crypto": "BNB-USDT", "status": "SUCCESS",
            "amount": "10", "destination": PAYEE, "txid": "abc",
        }))
    })
    .await;
    let order = order("deal", bsc(), PAYEE, "10");
    let said = gateway.payout_state(&query(&order, None)).await;
    assert!(matches!(said, PayoutState::Unclear { .. }), "{said:?}");
}

async fn asked_for_address(answer: fn(&str) -> Response) -> Result<(), GatewayError> {
    let gateway = answering(answer).await;
    let request = AddressRequest {
        external_id: intent("deal"),
        asset: bsc(),
        due: units(bsc(), "20"),
    };
    gateway.request_address(&request).await.map(drop)
}

#[tokio::test]
async fn nobody_is_asked_to_pay_to_what_is_no_address() {
    for answer in [
        |_: &str| json_of(json!({"status": "success", "id": 1, "wallet": "soon"})),
        |_: &str| {
            let tron = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
            json_of(json!({"status": "success", "id": 1, "wallet": tron}))
        },
    ] {
        let said = asked_for_address(answer).await;
        assert!(matches!(said, Err(GatewayError::Unreadable(_))), "{said:?}");
    }
}

#[tokio::test]
async fn an_asset_that_is_switched_off_is_told_apart_from_a_gateway_that_is_down() {
    let off = asked_for_address(|_| {
        let message = "BNB-USDT payment gateway is unavailable";
        json_of(json!({"status": "error", "message": message}))
    })
    .await;
    assert_eq!(off, Err(GatewayError::AssetUnavailable(bsc())));
    let down = asked_for_address(|_| StatusCode::SERVICE_UNAVAILABLE.into_response()).await;
    assert!(
        matches!(down, Err(GatewayError::Unavailable(_))),
        "{down:?}"
    );
}

#[tokio::test]
async fn a_login_page_is_a_question_of_credentials() {
    let said = asked_for_address(|_| Redirect::to("/login").into_response()).await;
    assert!(
        matches!(said, Err(GatewayError::Credentials(_))),
        "{said:?}"
    );
}

#[tokio::test]
async fn an_offline_node_does_not_mean_an_empty_wallet() {
    let gateway = answering(|_| {
        json_of(json!({"name": "BNB-USDT", "amount_crypto": 0, "server_status": "Offline"}))
    })
    .await;
    let said = gateway.balance(bsc()).await;
    assert!(
        matches!(said, Err(GatewayError::Unavailable(_))),
        "{said:?}"
    );
}

#[tokio::test]
async fn an_amount_that_cannot_be_read_hides_nothing_and_credits_nothing() {
    for answer in [
        |path: &str| transactions(path, &json!("1e2")),
        |path: &str| transactions(path, &json!("-5")),
        |path: &str| transactions(path, &json!("٥")),
        |path: &str| transactions(path, &Value::Null),
    ] {
        let gateway = answering(answer).await;
        let watched = Watched {
            external_id: intent("deal"),
            asset: bsc(),
            address: PAYEE.to_owned(),
        };
        let said = gateway.observed_transfers(&watched).await;
        assert!(matches!(said, Err(GatewayError::Unreadable(_))), "{said:?}");
    }
}

fn transactions(path: &str, amount: &Value) -> Response {
    if path.contains("/invoices/") {
        json_of(json!({"status": "success", "invoices": []}))
    } else {
        json_of(json!({"status": "success", "transactions": [{
            "amount": amount, "crypto": "BNB-USDT", "addr": PAYEE, "txid": "abc",
            "status": "CONFIRMED",
        }]}))
    }
}
