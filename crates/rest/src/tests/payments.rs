//! Payments by this door: each their own, and everything for those who look after the money.

use domain::deal::State;
use domain::{Role, User};
use serde_json::{Value, json};

use super::bank::{ADDRESS, Bank};
use crate::testing::Answer;

async fn look(bank: &Bank, who: &User, path: &str) -> Answer {
    let path = format!("/payment{path}");
    bank.call(who, "GET", &path, Value::Null).await
}

/// Delivered and accepted; the payouts have gone as far as they go by themselves.
async fn accepted(price: &str) -> Bank {
    let bank = Bank::funded_with(price).await;
    let sent = json!({ "carrier": "Post" });
    bank.step(&bank.seller, "PUT", "delivery", sent).await;
    let accept = bank.step(&bank.buyer, "PATCH", "confirm-delivery", Value::Null);
    let accepted = accept.await;
    assert_eq!(accepted.json["data"]["state"], "settling", "{accepted:?}");
    bank.settle().await;
    bank
}

#[tokio::test]
async fn everybody_sees_their_own_payments_and_nobody_elses() {
    let bank = accepted("100").await;
    bank.expect(State::Released).await;
    let paid = look(&bank, &bank.buyer, "/payments").await;
    let paid = &paid.json["data"][0];
    assert_eq!(
        (&paid["direction"], &paid["status"]),
        (&json!("in"), &json!("completed"))
    );
    assert_eq!(paid["escrowState"], "released");
    assert_eq!(paid["amount"]["amount"], "100");
    let earned = look(&bank, &bank.seller, "/payments").await;
    assert_eq!(
        earned.json["data"].as_array().unwrap().len(),
        1,
        "{earned:?}"
    );
    let earned = &earned.json["data"][0];
    assert_eq!(
        (&earned["direction"], &earned["amount"]["amount"]),
        (&json!("out"), &json!("98.9"))
    );
    let path = format!("/payments/{}", earned["id"].as_str().unwrap());
    let one = look(&bank, &bank.seller, &path).await;
    assert_eq!(one.json["data"]["gross"]["amount"], "99", "{one:?}");
    assert!(one.json["data"]["txHash"].is_string());
    assert_eq!(look(&bank, &bank.buyer, &path).await.status, 404);
    assert_eq!(look(&bank, &bank.buyer, "/payments/x").await.status, 404);
    for path in ["/payments?of=all", "/stats?of=all", "/export?of=all"] {
        let others = look(&bank, &bank.buyer, path).await;
        assert_eq!(others.json["code"], "FORBIDDEN", "{path}");
    }
    let wrong = look(&bank, &bank.buyer, "/payments?of=nobody").await;
    assert_eq!(wrong.fields(), ["of"]);
}

#[tokio::test]
async fn statistics_count_what_is_completed_too() {
    let bank = accepted("100").await;
    let admin = bank.staff(Role::Admin).await;
    let sums = look(&bank, &admin, "/stats?of=all").await;
    let sums = sums.json["data"].as_array().unwrap();
    let of = |direction: &str| {
        let found = sums.iter().find(|sum| sum["direction"] == direction);
        let found = found.unwrap_or_else(|| panic!("no {direction}: {sums:?}"));
        (
            found["status"].clone(),
            found["count"].clone(),
            found["total"]["amount"].clone(),
        )
    };
    assert_eq!(of("in"), (json!("completed"), json!(1), json!("100")));
    assert_eq!(of("out"), (json!("completed"), json!(1), json!("98.9")));
    let own = look(&bank, &bank.buyer, "/stats").await;
    assert_eq!(own.json["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_export_has_the_same_lines_as_the_list() {
    let bank = accepted("100").await;
    let told = look(&bank, &bank.seller, "/export").await;
    assert_eq!(told.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<&str> = told.text.lines().collect();
    assert_eq!(lines.len(), 2, "{told:?}");
    assert!(lines[0].starts_with("id,dealId,title,direction,status"));
    assert!(
        lines[1].contains(",out,completed,released,98.9,USDT,polygon,0x5aA"),
        "{}",
        lines[1]
    );
    let admin = bank.staff(Role::Admin).await;
    let all = look(&bank, &admin, "/export?of=all").await;
    assert_eq!(all.text.lines().count(), 3, "{all:?}");
}

#[tokio::test]
async fn a_payout_above_the_limit_waits_for_an_admin() {
    let bank = accepted("600").await;
    bank.expect(State::Settling).await;
    let (ada, niklas) = (bank.staff(Role::Admin).await, bank.staff(Role::Admin).await);
    let desk = look(&bank, &ada, "/payouts").await;
    let payout = &desk.json["data"][0];
    assert_eq!(
        (&payout["state"], &payout["destination"]),
        (&json!("planned"), &json!(ADDRESS))
    );
    let id = payout["id"].as_str().unwrap();
    let act = async |who: &User, step: &str, body: Value| {
        let path = format!("/payment/payouts/{id}/{step}");
        bank.call(who, "POST", &path, body).await
    };
    let by_party = act(&bank.seller, "approve", Value::Null).await;
    assert_eq!(by_party.json["code"], "FORBIDDEN");
    let rejected = act(&ada, "reject", json!({ "reason": "We look at it" })).await;
    assert_eq!(rejected.status, 200, "{rejected:?}");
    assert!(bank.stored().await.hold.is_some(), "rejecting is a pause");
    let unreasoned = act(&ada, "reject", json!({ "reason": "" })).await;
    assert_eq!(unreasoned.fields(), ["reason"]);
    for who in [&ada, &niklas] {
        bank.step(who, "POST", "hold/lift", Value::Null).await;
    }
    let not_unclear = act(&ada, "retry", Value::Null).await;
    assert_eq!(not_unclear.json["code"], "WRONG_LEG_STATE");
    let approved = act(&ada, "approve", Value::Null).await;
    assert_eq!(approved.json["data"]["state"], "approved", "{approved:?}");
    bank.settle().await;
    bank.expect(State::Released).await;
    let seen = look(&bank, &niklas, &format!("/payouts/{id}")).await;
    assert_eq!(seen.json["data"]["state"], "paid");
    for unknown in ["x", "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-in-4f0c"] {
        let path = format!("/payouts/{unknown}");
        assert_eq!(look(&bank, &ada, &path).await.status, 404, "{unknown}");
    }
    let together = look(&bank, &ada, "/payouts/together").await;
    assert_eq!(together.json["data"], json!([]));
    assert_eq!(
        look(&bank, &ada, "/payouts?desk=x").await.fields(),
        ["desk"]
    );
}

#[tokio::test]
async fn the_books_are_read_by_deal_asset_and_account() {
    let bank = accepted("100").await;
    let admin = bank.staff(Role::Admin).await;
    let count = async |query: &str| {
        let list = look(&bank, &admin, &format!("/ledger{query}")).await;
        assert_eq!(list.status, 200, "{list:?}");
        list.json["data"].as_array().unwrap().clone()
    };
    let all = count("").await;
    assert!(!all.is_empty());
    let units = |side: &str| -> u64 {
        let of_side = all.iter().filter(|entry| entry["side"] == side);
        of_side
            .map(|entry| {
                entry["amount"]["units"]
                    .as_str()
                    .unwrap()
                    .parse::<u64>()
                    .unwrap()
            })
            .sum()
    };
    assert_eq!(units("debit"), units("credit"));
    assert_eq!(
        count(&format!("?dealId={}", bank.deal)).await.len(),
        all.len()
    );
    let held = count("?asset=polygon/USDT&account=held").await;
    assert!(
        held.iter().all(|entry| entry["account"] == "held") && !held.is_empty(),
        "{held:?}"
    );
    assert_eq!(count("?asset=bsc/USDC").await.len(), 0);
    let wrong = look(&bank, &admin, "/ledger?dealId=x&asset=y&account=z").await;
    assert_eq!(wrong.fields(), ["dealId", "asset", "account"]);
}

#[tokio::test]
async fn what_is_owed_is_compared_with_what_is_there() {
    let bank = Bank::funded().await;
    let admin = bank.staff(Role::Admin).await;
    let now = look(&bank, &admin, "/solvency").await;
    let last = &now.json["data"]["last"];
    assert_eq!(last["hasBreach"], false, "{now:?}");
    assert_eq!(last["assets"][0]["owed"]["amount"], "100");
    assert!(now.json["data"]["stop"].is_null());
    let compared = look(&bank, &admin, "/reconciliation").await;
    assert_eq!(&compared.json["data"][0], last);
}

#[tokio::test]
async fn what_can_be_paid_with_is_public() {
    let bank = Bank::open().await;
    let told = bank.door.get("/payment/configuration", "").await;
    let assets = told.json["data"]["assets"].as_array().unwrap();
    assert_eq!(assets.len(), 7, "{told:?}");
    let polygon = assets
        .iter()
        .find(|asset| asset["network"] == "polygon")
        .unwrap();
    assert_eq!(
        (&polygon["chainId"], &polygon["networkFee"]["amount"]),
        (&json!(137), &json!("0.1"))
    );
}
