//! The life of a deal by this door alone.

use domain::deal::State;
use domain::ledger::Account;
use domain::{Role, Span};
use serde_json::{Value, json};

use super::bank::{ADDRESS, Bank, USD};

fn tag(version: u64) -> String {
    format!("\"{version}\"")
}

#[tokio::test]
async fn a_deal_is_made_paid_delivered_accepted_and_released_by_rest_alone() {
    let bank = Bank::open().await;
    let asked = bank.address().await;
    assert_eq!(asked.status, 200, "{asked:?}");
    let intent = &asked.json["data"];
    assert_eq!(intent["due"]["amount"], "100");
    assert_eq!(intent["state"], "open");
    let link = intent["walletLink"].as_str().unwrap();
    assert!(link.starts_with("ethereum:0xc2132D05"), "{link}");
    let picture = intent["qrSvg"].as_str().unwrap();
    assert!(picture.starts_with("<svg "), "{picture}");
    let again = bank.address().await;
    assert_eq!(again.json["data"]["address"], intent["address"]);
    let path = format!("/payment/intents/{}", intent["id"].as_str().unwrap());
    let seen = bank.call(&bank.buyer, "GET", &path, Value::Null).await;
    assert_eq!(seen.json["data"]["address"], intent["address"]);
    let not_his = bank.call(&bank.seller, "GET", &path, Value::Null).await;
    assert_eq!(not_his.status, 404);

    bank.pay("100").await;
    let sent = json!({ "carrier": "Post", "tracking": "RR1" });
    let shipped = bank.step(&bank.seller, "PUT", "delivery", sent).await;
    assert_eq!(shipped.json["data"]["state"], "in_delivery", "{shipped:?}");
    assert_eq!(shipped.json["data"]["shipment"]["carrier"], "Post");

    let made = bank
        .step(&bank.buyer, "POST", "delivery-code/generate", Value::Null)
        .await;
    assert_eq!(made.headers["cache-control"], "no-store");
    let code = made.json["data"]["code"].as_str().unwrap();
    let persian: String = code
        .chars()
        .map(|digit| {
            digit
                .to_digit(10)
                .map_or(' ', |digit| char::from_u32(0x06f0 + digit).unwrap())
        })
        .collect();
    let sent = json!({ "code": persian });
    let verified = bank
        .step(&bank.seller, "POST", "delivery-code/verify", sent)
        .await;
    assert_eq!(verified.json["data"]["state"], "inspection", "{verified:?}");

    let accepted = bank
        .step(&bank.buyer, "PATCH", "confirm-delivery", Value::Null)
        .await;
    assert_eq!(accepted.json["data"]["settlement"]["outcome"], "release");
    bank.settle().await;
    let deal = bank.expect(State::Released).await;
    let paid = deal.balance(Account::Released).get();
    assert_eq!(paid, 98_900_000, "less 1 % and 0.10 for gas");
    let seen = bank.look(&bank.seller, "").await;
    let data = &seen.json["data"];
    assert_eq!(data["money"]["released"]["units"], "98900000");
    assert_eq!(data["legs"][0]["state"], "paid");
    assert_eq!(data["legs"][0]["destination"], ADDRESS);
    let told: Vec<_> = data["events"].as_array().unwrap().iter().collect();
    let by = |kind: &str| told.iter().find(|event| event["kind"] == kind).unwrap()["by"].clone();
    assert_eq!(
        (by("opened"), by("shipped")),
        (json!("buyer"), json!("seller"))
    );
    assert_eq!(by("deposit_credited"), "system");
    assert_eq!(data["possibleSteps"], json!([]), "nothing is left to do");
    let other = bank.look(&bank.buyer, "").await;
    assert!(
        other.json["data"]["legs"][0]["destination"].is_null(),
        "that is hers to see"
    );
}

#[tokio::test]
async fn a_step_is_taken_once_under_its_key_and_another_body_under_it_is_refused() {
    let bank = Bank::funded().await;
    let path = format!("/marketplace/deals/{}/delivery", bank.deal);
    let headers = [("idempotency-key", "one".to_owned())];
    let send = async |carrier: &str| {
        let sent = json!({ "carrier": carrier, "tracking": "" });
        bank.send(&bank.seller, "PUT", &path, sent, &headers).await
    };
    let first = send("Post").await;
    assert_eq!(first.status, 200, "{first:?}");
    let version = bank.stored().await.version;
    let again = send("Post").await;
    assert_eq!(again.status, 200);
    assert_eq!(
        bank.stored().await.version,
        version,
        "nothing was done twice"
    );
    let other = send("Ship").await;
    assert_eq!(other.status, 409);
    assert_eq!(other.json["code"], "IDEMPOTENCY_KEY_REUSED");
    let body = json!({ "carrier": "Post" });
    let unkeyed = bank.send(&bank.seller, "PUT", &path, body, &[]).await;
    assert_eq!(unkeyed.json["code"], "IDEMPOTENCY_KEY_NEEDED");
}

#[tokio::test]
async fn a_step_on_a_version_that_is_no_more_is_refused() {
    let bank = Bank::funded().await;
    let seen = bank.look(&bank.seller, "").await;
    let version = seen.json["data"]["version"].as_u64().unwrap();
    assert_eq!(seen.headers["etag"], tag(version).as_str());
    let path = format!("/marketplace/deals/{}/decline", bank.deal);
    let send = async |key: &str, version: u64| {
        let headers = [
            ("idempotency-key", key.to_owned()),
            ("if-match", tag(version)),
        ];
        bank.send(&bank.seller, "POST", &path, Value::Null, &headers)
            .await
    };
    let stale = send("one", version - 1).await;
    assert_eq!(stale.status, 412);
    assert_eq!(stale.json["code"], "STALE");
    bank.expect(State::Funded).await;
    let declined = send("two", version).await;
    assert_eq!(declined.status, 200, "{declined:?}");
    assert_eq!(declined.json["data"]["settlement"]["reason"], "decline");
    let repeated = send("two", version).await;
    assert_eq!(repeated.status, 200, "a repeated command is no stale one");
}

#[tokio::test]
async fn strangers_do_not_learn_that_a_deal_exists() {
    let bank = Bank::shipped().await;
    let stranger = bank.staff(Role::Buyer).await;
    for tail in ["", "/outcomes", "/evidence", "/delivery-code"] {
        let seen = bank.look(&stranger, tail).await;
        assert_eq!(
            (seen.status.as_u16(), &seen.json["code"]),
            (404, &json!("NOT_FOUND")),
            "{tail}"
        );
    }
    for (method, step, body) in [
        ("PATCH", "confirm-delivery", Value::Null),
        ("POST", "concede", Value::Null),
        ("POST", "delivery-code/generate", Value::Null),
        ("POST", "delivery-code/verify", json!({ "code": "000000" })),
        ("POST", "legs/seller/address", json!({ "address": ADDRESS })),
        ("POST", "settlement", json!({ "buyerUnits": "1" })),
    ] {
        let tried = bank.step(&stranger, method, step, body).await;
        assert_eq!(tried.status, 404, "{step}: {tried:?}");
    }
    let listed = bank
        .call(&stranger, "GET", "/marketplace/deals", Value::Null)
        .await;
    assert_eq!(listed.json["data"], json!([]));
}

#[tokio::test]
async fn each_side_has_its_own_steps_and_the_other_is_told_so() {
    let bank = Bank::shipped().await;
    for (who, method, step, body, code) in [
        (
            &bank.seller,
            "PATCH",
            "confirm-delivery",
            Value::Null,
            "BUYER_ONLY",
        ),
        (
            &bank.seller,
            "POST",
            "delivery-code/generate",
            Value::Null,
            "BUYER_ONLY",
        ),
        (&bank.buyer, "POST", "decline", Value::Null, "SELLER_ONLY"),
        (
            &bank.buyer,
            "POST",
            "delivery-code/verify",
            json!({ "code": "418206" }),
            "SELLER_ONLY",
        ),
    ] {
        let tried = bank.step(who, method, step, body).await;
        assert_eq!(tried.status, 403, "{step}: {tried:?}");
        assert_eq!(tried.json["code"], code);
    }
    let late = bank
        .step(&bank.seller, "POST", "decline", Value::Null)
        .await;
    assert_eq!(
        (late.status.as_u16(), &late.json["code"]),
        (409, &json!("WRONG_STATE"))
    );
    let steps = bank.look(&bank.seller, "").await.json["data"]["possibleSteps"].clone();
    let steps: Vec<_> = steps
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["href"].to_string())
        .collect();
    let has = |tail: &str| steps.iter().any(|href| href.contains(tail));
    assert!(
        has("/concede") && has("/extension") && has("/api/disputes"),
        "{steps:?}"
    );
    assert!(!has("/decline") && !has("/confirm-delivery"), "{steps:?}");
}

#[tokio::test]
async fn bad_input_names_its_fields_and_changes_nothing() {
    let bank = Bank::funded().await;
    let version = bank.stored().await.version;
    for (who, method, step, body, field) in [
        (
            &bank.seller,
            "PUT",
            "delivery",
            json!({ "carrier": "x".repeat(101) }),
            "carrier",
        ),
        (
            &bank.buyer,
            "POST",
            "settlement",
            json!({ "buyerUnits": "1.5" }),
            "buyerUnits",
        ),
        (
            &bank.buyer,
            "POST",
            "settlement",
            json!({ "buyerUnits": 1 }),
            "buyerUnits",
        ),
        (
            &bank.buyer,
            "POST",
            "request-changes",
            json!({ "note": " " }),
            "note",
        ),
        (
            &bank.buyer,
            "PUT",
            "refund-address",
            json!({ "address": "0x1" }),
            "address",
        ),
        (
            &bank.buyer,
            "PUT",
            "refund-address",
            json!({ "address": "0x0000000000000000000000000000000000000001" }),
            "address",
        ),
        (
            &bank.seller,
            "POST",
            "delivery-code/verify",
            json!({ "code": "12345" }),
            "code",
        ),
    ] {
        let refused = bank.step(who, method, step, body).await;
        assert_eq!(refused.status, 422, "{step}: {refused:?}");
        assert_eq!(refused.json["errors"][0]["field"], field, "{refused:?}");
    }
    assert_eq!(bank.stored().await.version, version);
    let path = "/marketplace/deals?side=both&phase=over";
    let list = bank.call(&bank.buyer, "GET", path, Value::Null).await;
    assert_eq!(list.status, 422);
    let wrong = list.json["errors"].as_array().unwrap();
    assert_eq!(
        (&wrong[0]["field"], &wrong[1]["field"]),
        (&json!("side"), &json!("phase"))
    );
}

#[tokio::test]
async fn both_agree_on_a_division_of_the_very_deal_that_they_saw() {
    let bank = Bank::funded().await;
    let sent = json!({ "buyerUnits": (70 * USD).to_string() });
    let proposed = bank.step(&bank.buyer, "POST", "settlement", sent).await;
    let proposal = &proposed.json["data"]["proposals"][0];
    assert_eq!(proposal["kind"], "split", "{proposed:?}");
    assert_eq!(proposal["seller"]["units"], "29700000", "less 1 %");
    let version = proposed.json["data"]["version"].as_u64().unwrap();
    let accept = |version: u64| json!({ "proposalId": proposal["id"], "dealVersion": version });
    let own = bank
        .step(&bank.buyer, "POST", "settlement/accept", accept(version))
        .await;
    assert_eq!(own.json["code"], "OTHER_PARTY_ONLY");
    let elsewhere = json!({ "proposalId": proposal["id"] });
    let elsewhere = bank
        .step(&bank.seller, "POST", "extension/accept", elsewhere)
        .await;
    assert_eq!(
        elsewhere.json["code"], "NO_SUCH_PROPOSAL",
        "it is a division, no extension"
    );
    let stale = bank
        .step(
            &bank.seller,
            "POST",
            "settlement/accept",
            accept(version - 1),
        )
        .await;
    assert_eq!(stale.status, 412);
    let agreed = bank
        .step(&bank.seller, "POST", "settlement/accept", accept(version))
        .await;
    assert_eq!(
        agreed.json["data"]["settlement"]["reason"], "agreement",
        "{agreed:?}"
    );
    let named = json!({ "address": ADDRESS });
    let named = bank
        .step(&bank.buyer, "POST", "legs/buyer/address", named)
        .await;
    assert_eq!(named.status, 200, "{named:?}");
    bank.settle().await;
    let deal = bank.expect(State::Split).await;
    assert_eq!(
        deal.balance(Account::Refunded).get(),
        69_900_000,
        "less 0.10 for gas"
    );
}

#[tokio::test]
async fn a_shortfall_is_waived_and_an_extension_agreed() {
    let bank = Bank::open().await;
    bank.pay("60").await;
    let other = json!({ "arrivedUnits": (59 * USD).to_string() });
    let changed = bank.step(&bank.buyer, "POST", "waiver", other).await;
    assert_eq!(changed.json["code"], "SUM_CHANGED");
    let sum = json!({ "arrivedUnits": (60 * USD).to_string() });
    let waived = bank.step(&bank.buyer, "POST", "waiver", sum).await;
    let id = &waived.json["data"]["proposals"][0]["id"];
    let agreed = bank
        .step(
            &bank.seller,
            "POST",
            "waiver/accept",
            json!({ "proposalId": id }),
        )
        .await;
    assert_eq!(agreed.json["data"]["state"], "funded", "{agreed:?}");
    assert_eq!(agreed.json["data"]["price"]["amount"], "60");

    let before = bank.look(&bank.seller, "/outcomes").await;
    let ship_by = &before.json["data"]["ifNobodyActs"][0];
    assert_eq!(ship_by["deadline"], "ship_by");
    assert_eq!(ship_by["settles"]["outcome"], "refund");
    let asked = bank
        .step(&bank.seller, "POST", "extension", json!({ "hours": 48 }))
        .await;
    let id = &asked.json["data"]["proposals"][0]["id"];
    let more = bank
        .step(
            &bank.buyer,
            "POST",
            "extension/accept",
            json!({ "proposalId": id }),
        )
        .await;
    assert_eq!(more.status, 200, "{more:?}");
    let after = bank.look(&bank.seller, "/outcomes").await;
    assert!(after.json["data"]["ifNobodyActs"][0]["at"].as_str() > ship_by["at"].as_str());
    let none = bank
        .step(&bank.seller, "POST", "extension", json!({ "hours": 0 }))
        .await;
    assert_eq!(none.json["code"], "EXTENSION_OUT_OF_RANGE");
}

#[tokio::test]
async fn a_wrong_code_says_how_many_tries_are_left_and_the_fifth_locks_it() {
    let bank = Bank::shipped().await;
    let none = bank
        .step(
            &bank.seller,
            "POST",
            "delivery-code/verify",
            json!({ "code": "000000" }),
        )
        .await;
    assert_eq!(none.json["code"], "NO_CODE");
    let made = bank
        .step(&bank.buyer, "POST", "delivery-code/generate", Value::Null)
        .await;
    let right = made.json["data"]["code"].as_str().unwrap();
    let shown = bank.look(&bank.buyer, "/delivery-code").await;
    assert_eq!(shown.json["data"]["code"], right);
    assert_eq!(
        bank.look(&bank.seller, "/delivery-code").await.json["code"],
        "BUYER_ONLY"
    );
    let wrong = if right == "000 000" {
        "000001"
    } else {
        "000000"
    };
    for left in (1..5).rev() {
        let tried = bank
            .step(
                &bank.seller,
                "POST",
                "delivery-code/verify",
                json!({ "code": wrong }),
            )
            .await;
        assert_eq!(tried.status, 422, "{tried:?}");
        let message = tried.json["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(&format!("{left} tries left")), "{message}");
    }
    let fifth = bank
        .step(
            &bank.seller,
            "POST",
            "delivery-code/verify",
            json!({ "code": wrong }),
        )
        .await;
    assert_eq!(
        (fifth.status.as_u16(), &fifth.json["code"]),
        (423, &json!("CODE_LOCKED"))
    );
    assert_eq!(fifth.headers["retry-after"], "900");
    let even_right = bank
        .step(
            &bank.seller,
            "POST",
            "delivery-code/verify",
            json!({ "code": right }),
        )
        .await;
    assert_eq!(even_right.status, 423);
    bank.door.clock.advance(Span::minutes(16));
    let now = bank
        .step(
            &bank.seller,
            "POST",
            "delivery-code/verify",
            json!({ "code": right }),
        )
        .await;
    assert_eq!(now.json["data"]["state"], "inspection", "{now:?}");
}

#[tokio::test]
async fn an_admin_pauses_a_deal_and_two_lift_it() {
    let bank = Bank::funded().await;
    let (ada, niklas) = (bank.staff(Role::Admin).await, bank.staff(Role::Admin).await);
    let held = bank
        .step(&ada, "POST", "hold", json!({ "reason": "We look at it" }))
        .await;
    assert_eq!(
        held.json["data"]["hold"]["reason"], "We look at it",
        "{held:?}"
    );
    assert_eq!(held.json["data"]["role"], "admin");
    let listed = bank
        .call(&ada, "GET", "/marketplace/deals?desk=on_hold", Value::Null)
        .await;
    assert_eq!(listed.json["data"][0]["id"], bank.deal.to_string());
    let not_hers = bank
        .call(
            &bank.buyer,
            "GET",
            "/marketplace/deals?desk=all",
            Value::Null,
        )
        .await;
    assert_eq!(not_hers.status, 403);
    let first = bank.step(&ada, "POST", "hold/lift", Value::Null).await;
    assert_eq!(first.json["data"]["pendingKeys"][0]["action"], "lift_hold");
    let again = bank.step(&ada, "POST", "hold/lift", Value::Null).await;
    assert_eq!(
        (again.status.as_u16(), &again.json["code"]),
        (403, &json!("ANOTHER_ADMIN"))
    );
    let second = bank.step(&niklas, "POST", "hold/lift", Value::Null).await;
    assert!(second.json["data"]["hold"].is_null(), "{second:?}");
    let by_party = bank
        .step(&bank.buyer, "POST", "hold", json!({ "reason": "x" }))
        .await;
    assert_eq!(by_party.json["code"], "FORBIDDEN");
}

#[tokio::test]
async fn the_steps_of_a_deal_are_found_by_its_request_as_well() {
    let bank = Bank::funded().await;
    let path = format!(
        "/marketplace/purchase-requests/{}/delivery?from=1",
        bank.request
    );
    let sent = json!({ "carrier": "Post" });
    let sent_on = bank.call(&bank.seller, "PUT", &path, sent).await;
    assert_eq!(sent_on.status, 307, "{sent_on:?}");
    let to = format!("/api/marketplace/deals/{}/delivery?from=1", bank.deal);
    assert_eq!(sent_on.headers["location"], to.as_str());
    let stranger = bank.staff(Role::Buyer).await;
    let hidden = bank.call(&stranger, "PUT", &path, Value::Null).await;
    assert_eq!(hidden.status, 404);
}

#[tokio::test]
async fn a_persons_deals_are_listed_by_side_and_phase() {
    let bank = Bank::funded().await;
    let count = async |who, query: &str| {
        let path = format!("/marketplace/deals{query}");
        let list = bank.call(who, "GET", &path, Value::Null).await;
        assert_eq!(list.status, 200, "{list:?}");
        list.json["data"].as_array().unwrap().len()
    };
    for (query, buyer, seller) in [
        ("", 1, 1),
        ("?side=buying", 1, 0),
        ("?side=selling&phase=live", 0, 1),
        ("?phase=final", 0, 0),
    ] {
        assert_eq!(count(&bank.buyer, query).await, buyer, "{query}");
        assert_eq!(count(&bank.seller, query).await, seller, "{query}");
    }
    let list = bank
        .call(&bank.seller, "GET", "/marketplace/deals", Value::Null)
        .await;
    assert_eq!(list.json["data"][0]["task"]["kind"], "ship");
}
