//! Disputes by this door: opened, answered, judged by whoever was drawn, appealed.

use axum::body::Body;
use axum::http::{Request, header};
use domain::deal::State;
use domain::id::UserId;
use domain::ledger::Account;
use domain::{Role, Span, User};
use serde_json::{Value, json};

use super::bank::{ADDRESS, Bank, USD};
use crate::testing::Answer;

/// A disputed deal, and those who can judge it.
struct Court {
    bank: Bank,
    resolvers: Vec<User>,
    dispute: String,
}

impl Court {
    /// The buyer says that another camera came.
    async fn over(price: &str) -> Self {
        let bank = Bank::funded_with(price).await;
        let mut resolvers = Vec::new();
        for _ in 0..3 {
            resolvers.push(bank.staff(Role::Resolver).await);
        }
        let sent = json!({ "carrier": "Post" });
        bank.step(&bank.seller, "PUT", "delivery", sent).await;
        let opened = bank
            .call(&bank.buyer, "POST", "/disputes", claim(&bank))
            .await;
        assert_eq!(opened.status, 200, "{opened:?}");
        bank.settle().await;
        let dispute = opened.json["data"]["id"].as_str().unwrap().to_owned();
        Self {
            bank,
            resolvers,
            dispute,
        }
    }

    /// The same, answered.
    async fn answered(price: &str) -> Self {
        let court = Self::over(price).await;
        let sent = json!({ "statement": "It is the one in the offer." });
        let answered = court.act(&court.bank.seller, "answer", sent).await;
        assert_eq!(
            answered.json["data"]["answers"][0]["by"], "seller",
            "{answered:?}"
        );
        court
    }

    async fn act(&self, who: &User, step: &str, body: Value) -> Answer {
        let path = format!("/disputes/{}/{step}", self.dispute);
        self.bank.call(who, "POST", &path, body).await
    }

    async fn look(&self, who: &User) -> Answer {
        let path = format!("/disputes/{}", self.dispute);
        self.bank.call(who, "GET", &path, Value::Null).await
    }

    /// Whoever was drawn to judge, or to approve.
    async fn drawn(&self, pick: impl Fn(&domain::deal::Dispute) -> Option<UserId>) -> &User {
        let deal = self.bank.stored().await;
        let id = pick(deal.dispute().unwrap()).expect("somebody was drawn");
        self.resolvers.iter().find(|user| user.id == id).unwrap()
    }

    async fn judge(&self) -> &User {
        self.drawn(|case| case.resolver).await
    }
}

fn claim(bank: &Bank) -> Value {
    json!({
        "purchaseRequestId": bank.request,
        "category": "wrong_item",
        "reason": "Another camera came",
        "description": "The number is not the one in the offer.",
    })
}

/// Seventy to the buyer, what is left of thirty to the seller.
fn seventy_thirty() -> Value {
    json!({
        "outcome": "split",
        "buyerUnits": (70 * USD).to_string(),
        "sellerUnits": "29700000",
        "reasoning": "Half of it is shown.",
    })
}

#[tokio::test]
async fn a_dispute_is_ruled_seventy_to_thirty_and_paid_to_the_last_unit() {
    let court = Court::answered("100").await;
    let bank = &court.bank;
    let judge = court.judge().await;
    let seen = court.look(judge).await;
    assert_eq!(seen.json["data"]["status"], "in_progress");
    assert_eq!(seen.json["data"]["held"]["amount"], "100");
    let ruled = court.act(judge, "resolve", seventy_thirty()).await;
    let resolution = &ruled.json["data"]["resolution"];
    assert_eq!(resolution["outcome"], "split", "{ruled:?}");
    assert_eq!(resolution["fee"]["units"], "300000");
    bank.expect(State::Ruled).await;
    let named = json!({ "address": ADDRESS });
    bank.step(&bank.buyer, "PUT", "refund-address", named).await;
    bank.wait(Span::hours(49)).await;
    let deal = bank.expect(State::Split).await;
    assert_eq!(deal.balance(Account::Refunded).get(), 69_900_000);
    assert_eq!(deal.balance(Account::Released).get(), 29_600_000);
    let over = court.look(&bank.buyer).await;
    assert_eq!(over.json["data"]["status"], "resolved");
}

#[tokio::test]
async fn a_ruling_that_does_not_add_up_or_is_called_otherwise_is_refused() {
    let court = Court::answered("100").await;
    let judge = court.judge().await;
    let changed = |field: &str, value: Value| {
        let mut sent = seventy_thirty();
        sent[field] = value;
        sent
    };
    let sums = court
        .act(judge, "resolve", changed("sellerUnits", json!("30000000")))
        .await;
    assert_eq!(
        (sums.status.as_u16(), &sums.json["code"]),
        (409, &json!("DOES_NOT_ADD_UP"))
    );
    let called = court
        .act(judge, "resolve", changed("outcome", json!("refund")))
        .await;
    assert_eq!(called.json["errors"][0]["code"], "OUTCOME_MISMATCH");
    let silent = court
        .act(judge, "resolve", changed("reasoning", json!("")))
        .await;
    assert_eq!(silent.json["errors"][0]["field"], "reasoning");
    court.bank.expect(State::Disputed).await;
}

#[tokio::test]
async fn a_ruling_over_much_money_waits_for_another_resolver() {
    let court = Court::answered("500.5").await;
    let judge = court.judge().await;
    let sent = json!({
        "outcome": "refund",
        "buyerUnits": "500500000",
        "sellerUnits": "0",
        "reasoning": "Nothing of it is shown.",
    });
    let proposed = court.act(judge, "resolve", sent).await;
    assert_eq!(
        proposed.json["data"]["proposedRuling"]["outcome"], "refund",
        "{proposed:?}"
    );
    let party = court.look(&court.bank.buyer).await;
    assert!(
        party.json["data"]["proposedRuling"].is_null(),
        "it stands for nothing yet"
    );
    court.bank.settle().await;
    let own = court.act(judge, "approve-ruling", Value::Null).await;
    assert_eq!(own.json["code"], "NOT_ASSIGNED");
    let approver = court.drawn(|case| case.proposed.as_ref()?.approver).await;
    assert_ne!(approver.id, judge.id);
    let done = court.act(approver, "approve-ruling", Value::Null).await;
    assert_eq!(
        done.json["data"]["resolution"]["outcome"], "refund",
        "{done:?}"
    );
    court.bank.expect(State::Ruled).await;
}

#[tokio::test]
async fn a_ruling_is_appealed_once_and_judged_by_another() {
    let court = Court::answered("100").await;
    let first = court.judge().await;
    court.act(first, "resolve", seventy_thirty()).await;
    let sent = json!({ "statement": "They are of another parcel." });
    let appealed = court.act(&court.bank.seller, "appeal", sent.clone()).await;
    assert_eq!(appealed.json["data"]["tier"], 2, "{appealed:?}");
    assert_eq!(appealed.json["data"]["appeal"]["by"], "seller");
    court.bank.settle().await;
    let second = court.judge().await;
    assert_ne!(second.id, first.id);
    let late = court.act(first, "resolve", seventy_thirty()).await;
    assert_eq!(late.json["code"], "NOT_ASSIGNED");
    let ruled = court.act(second, "resolve", seventy_thirty()).await;
    assert_eq!(ruled.status, 200, "{ruled:?}");
    court.bank.expect(State::Settling).await;
    let again = court.act(&court.bank.buyer, "appeal", sent).await;
    assert_eq!(again.json["code"], "WRONG_STATE");
}

#[tokio::test]
async fn its_opener_withdraws_it_and_the_deal_goes_on() {
    let court = Court::over("100").await;
    let other = court.act(&court.bank.seller, "withdraw", Value::Null).await;
    assert_eq!(other.json["code"], "OTHER_PARTY_ONLY");
    let withdrawn = court.act(&court.bank.buyer, "withdraw", Value::Null).await;
    assert_eq!(withdrawn.json["data"]["status"], "closed", "{withdrawn:?}");
    court.bank.expect(State::InDelivery).await;
    let bank = &court.bank;
    let list = bank
        .call(&bank.buyer, "GET", "/disputes", Value::Null)
        .await;
    assert_eq!(
        list.json["data"][0]["status"], "closed",
        "it stays to be read"
    );
    let open = bank
        .call(&bank.buyer, "GET", "/disputes?desk=own_open", Value::Null)
        .await;
    assert_eq!(open.json["data"], json!([]));
    let stats = bank
        .call(&bank.buyer, "GET", "/disputes/stats", Value::Null)
        .await;
    assert_eq!(stats.json["data"], json!({ "ownOpen": 0, "own": 1 }));
}

#[tokio::test]
async fn an_admin_has_another_drawn_but_chooses_nobody() {
    let court = Court::over("100").await;
    let (bank, before) = (&court.bank, court.judge().await.id);
    let admin = bank.staff(Role::Admin).await;
    let unreasoned = court.act(&admin, "assign", json!({ "reason": "" })).await;
    assert_eq!(unreasoned.json["errors"][0]["field"], "reason");
    let drawn = court
        .act(&admin, "assign", json!({ "reason": "Knows the seller" }))
        .await;
    assert_eq!(drawn.status, 200, "{drawn:?}");
    assert_ne!(court.judge().await.id, before);
    assert_eq!(
        drawn.json["data"]["evidence"],
        json!([]),
        "papers are no admin's business"
    );
    let by_party = court
        .act(&bank.buyer, "assign", json!({ "reason": "x" }))
        .await;
    assert_eq!(by_party.json["code"], "FORBIDDEN");
    let open = bank
        .call(&admin, "GET", "/disputes?desk=open", Value::Null)
        .await;
    assert_eq!(open.json["data"][0]["id"], court.dispute);
    let to_rule = bank
        .call(
            court.judge().await,
            "GET",
            "/disputes?desk=to_rule",
            Value::Null,
        )
        .await;
    assert_eq!(to_rule.json["data"][0]["id"], court.dispute);
}

#[tokio::test]
async fn strangers_do_not_learn_that_a_dispute_exists() {
    let court = Court::answered("100").await;
    let stranger = court.bank.staff(Role::Buyer).await;
    let judge = court.judge().await.id;
    let undrawn = court
        .resolvers
        .iter()
        .find(|user| user.id != judge)
        .unwrap();
    for who in [&stranger, undrawn] {
        assert_eq!(court.look(who).await.status, 404);
    }
    let sent = json!({ "statement": "Hello" });
    assert_eq!(court.act(&stranger, "answer", sent).await.status, 404);
    let by_other = court.act(undrawn, "resolve", seventy_thirty()).await;
    assert_eq!(by_other.status, 404, "{by_other:?}");
    let opened = court
        .bank
        .call(&stranger, "POST", "/disputes", claim(&court.bank))
        .await;
    assert_eq!(opened.status, 404);
}

#[tokio::test]
async fn a_dispute_is_opened_once_under_its_key_and_bad_input_names_its_fields() {
    let bank = Bank::funded().await;
    let headers = [("idempotency-key", "one".to_owned())];
    let send = async |body: Value| {
        bank.send(&bank.buyer, "POST", "/disputes", body, &headers)
            .await
    };
    let first = send(claim(&bank)).await;
    let again = send(claim(&bank)).await;
    assert_eq!(
        first.json["data"]["id"], again.json["data"]["id"],
        "{again:?}"
    );
    assert_eq!(bank.stored().await.disputes.len(), 1);
    let mut other = claim(&bank);
    other["category"] = json!("other");
    assert_eq!(
        send(other.clone()).await.json["code"],
        "IDEMPOTENCY_KEY_REUSED"
    );
    for (field, value) in [
        ("category", json!("funding_lost")),
        ("reason", json!("")),
        ("description", json!("x".repeat(2_001))),
        ("wantedUnits", json!("1.5")),
        ("purchaseRequestId", json!("x")),
    ] {
        let mut wrong = claim(&bank);
        wrong[field] = value;
        let refused = bank.call(&bank.buyer, "POST", "/disputes", wrong).await;
        assert_eq!(refused.status, 422, "{field}: {refused:?}");
        assert_eq!(refused.json["errors"][0]["field"], field);
    }
}

/// A form with a file, as programs send it.
async fn send_file(court: &Court, who: &User, bytes: &[u8], key: &str) -> Answer {
    let mut body = Vec::new();
    let head = "--X\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\nThe parcel\r\n\
                --X\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\nphoto_of_parcel\r\n\
                --X\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../a.png\"\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--X--\r\n");
    let request = Request::post(format!("/api/disputes/{}/evidence", court.dispute))
        .header(
            header::AUTHORIZATION,
            format!("Bearer {}", court.bank.token(who).await),
        )
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
        .header("idempotency-key", key);
    court
        .bank
        .door
        .send(request.body(Body::from(body)).unwrap())
        .await
}

#[tokio::test]
async fn evidence_is_added_once_by_either_side_and_kept_as_it_came() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";
    let court = Court::over("100").await;
    let added = send_file(&court, &court.bank.seller, PNG, "one").await;
    let file = &added.json["data"][0];
    assert_eq!(file["kind"], "photo_of_parcel", "{added:?}");
    assert_eq!(
        (&file["by"], &file["note"]),
        (&json!("seller"), &json!("The parcel"))
    );
    assert_eq!(file["size"], PNG.len());
    let again = send_file(&court, &court.bank.seller, PNG, "one").await;
    assert_eq!(again.json["data"].as_array().unwrap().len(), 1, "{again:?}");
    let text = send_file(&court, &court.bank.buyer, b"#!/bin/sh", "two").await;
    assert_eq!(
        (text.status.as_u16(), &text.json["errors"][0]["code"]),
        (422, &json!("FILE_TYPE"))
    );
    let stranger = court.bank.staff(Role::Buyer).await;
    assert_eq!(send_file(&court, &stranger, PNG, "three").await.status, 404);
    let seen = court.look(&court.bank.buyer).await;
    assert_eq!(seen.json["data"]["evidence"][0]["fileId"], file["fileId"]);
}
