//! Payouts: sent once, and no answer is taken for a "no" that does not prove one.

use domain::Asset;
use serde_json::json;
use services::ports::PaymentGateway as _;
use services::ports::gateway::{
    PayoutAnswer, PayoutOrder, PayoutRefusal, PayoutState, SentTransfer, SignedCallback,
};

use crate::world::{PAYEE, World, bsc, gateway, order, query, task_of, tron, units};

const TRON_PAYEE: &str = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

async fn state(world: &World, order: &PayoutOrder) -> PayoutState {
    world.gateway.payout_state(&query(order, None)).await
}

async fn history(world: &World, order: &PayoutOrder) -> Vec<SentTransfer> {
    let (asset, to) = (order.asset, order.destination.as_str());
    world.gateway.wallet_history(asset, to).await.unwrap()
}

#[tokio::test]
async fn a_payout_goes_from_pending_to_paid_and_leaves_the_wallet_once() {
    for (asset, payee) in [(bsc(), PAYEE), (tron(), TRON_PAYEE)] {
        let world = World::new().await;
        let before = world.balance(asset).await;
        let order = order("deal", asset, payee, "97.7");
        let task = task_of(world.gateway.send_payout(&order).await);
        let asked = query(&order, Some(task));
        let pending = world.gateway.payout_state(&asked).await;
        assert_eq!(pending, PayoutState::Pending { txid: None });

        world.tick().await;
        let PayoutState::Paid { txid } = world.gateway.payout_state(&asked).await else {
            unreachable!("a tick pays out")
        };
        let gone = before.less(world.balance(asset).await);
        assert_eq!(gone, units(asset, "97.7"));
        assert_eq!(history(&world, &order).await[0].txid, txid);
    }
}

#[tokio::test]
async fn success_alone_is_called_back_and_in_these_words() {
    let world = World::new().await;
    let order = order("deal", bsc(), PAYEE, "2");
    task_of(world.gateway.send_payout(&order).await);
    assert!(world.shop.heard().is_empty());
    world.tick().await;
    let callback = world.shop.heard().pop().unwrap();
    let PayoutState::Paid { txid } = state(&world, &order).await else {
        unreachable!("a tick pays out")
    };
    let told = callback.json();
    assert_eq!(told["external_id"], order.external_id.as_str());
    assert_eq!(told["status"], "SUCCESS");
    assert_eq!(told["tx_hash"], txid.as_str());
    assert_eq!(told["amount"], "2.0000000000");
    assert_eq!(told["crypto"], "BNB-USDT");
    assert_eq!(told["currency_fiat"], "USD");
    assert!(told["payout_id"].is_u64());
    assert_eq!(
        callback.verified(&world.gateway, world.now()),
        Ok(SignedCallback::Payout {
            external_id: order.external_id.clone(),
            txid
        })
    );
}

#[tokio::test]
async fn a_second_request_with_the_same_id_pays_nothing_and_is_no_refusal() {
    let world = World::new().await;
    let order = order("deal", bsc(), PAYEE, "10");
    task_of(world.gateway.send_payout(&order).await);
    world.tick().await;
    let after_one = world.balance(bsc()).await;
    let again = world.gateway.send_payout(&order).await;
    assert!(matches!(again, PayoutAnswer::Unclear { .. }), "{again:?}");
    world.tick().await;
    assert_eq!(world.balance(bsc()).await, after_one);
}

#[tokio::test]
async fn after_an_answer_that_broke_when_the_money_had_left_the_status_says_404_and_the_history_has_it()
 {
    for (fault, asset, payee) in [
        ("error_after", bsc(), PAYEE),
        ("cut_after", bsc(), PAYEE),
        ("error_after", tron(), TRON_PAYEE),
    ] {
        let world = World::new().await;
        let before = world.balance(asset).await;
        world
            .control("/payout-faults", json!({"fault": fault}))
            .await;
        let order = order("deal", asset, payee, "50");
        let answer = world.gateway.send_payout(&order).await;
        assert!(matches!(answer, PayoutAnswer::Unclear { .. }), "{answer:?}");

        world.tick().await;
        assert_eq!(state(&world, &order).await, PayoutState::NotFound);
        let gone = before.less(world.balance(asset).await);
        assert_eq!(gone, units(asset, "50"), "not found is not no");
        let sent = history(&world, &order).await;
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].amount, units(asset, "50"));
        let named = (asset == tron()).then(|| payee.to_owned());
        assert_eq!(sent[0].destination, named);
    }
}

#[tokio::test]
async fn an_answer_that_broke_before_the_money_left_looks_the_same_until_the_history_is_read() {
    for fault in ["error_before", "cut_before"] {
        let world = World::new().await;
        let before = world.balance(bsc()).await;
        world
            .control("/payout-faults", json!({"fault": fault}))
            .await;
        let order = order("deal", bsc(), PAYEE, "50");
        let answer = world.gateway.send_payout(&order).await;
        assert!(matches!(answer, PayoutAnswer::Unclear { .. }), "{answer:?}");
        world.tick().await;
        assert_eq!(state(&world, &order).await, PayoutState::NotFound);
        assert_eq!(world.balance(bsc()).await, before);
        assert!(history(&world, &order).await.is_empty());
    }
}

#[tokio::test]
async fn fail_is_not_no_either() {
    for (money_leaves, in_history) in [(true, 1), (false, 0)] {
        let world = World::with(|_| {}, |config| config.payouts_by_hand = true).await;
        let order = order("deal", bsc(), PAYEE, "50");
        let task = task_of(world.gateway.send_payout(&order).await);
        let path = format!("/payouts/{}/fail", task.as_str());
        let wish = json!({"money_leaves": money_leaves});
        world.control(&path, wish).await;
        for asked in [query(&order, Some(task)), query(&order, None)] {
            let said = world.gateway.payout_state(&asked).await;
            assert!(matches!(said, PayoutState::Failed { .. }), "{said:?}");
        }
        assert_eq!(history(&world, &order).await.len(), in_history);
        world.tick().await;
        assert!(world.shop.heard().is_empty(), "only success is called back");
    }
}

#[tokio::test]
async fn a_payout_waits_for_the_hand_that_confirms_it() {
    let world = World::with(|_| {}, |config| config.payouts_by_hand = true).await;
    let order = order("deal", bsc(), PAYEE, "50");
    let task = task_of(world.gateway.send_payout(&order).await);
    world.tick().await;
    let waiting = state(&world, &order).await;
    assert_eq!(waiting, PayoutState::Pending { txid: None });
    let path = format!("/payouts/{}/pay", task.as_str());
    world.control(&path, json!({})).await;
    let paid = state(&world, &order).await;
    assert!(matches!(paid, PayoutState::Paid { .. }), "{paid:?}");
}

async fn refusal(world: &World, order: &PayoutOrder) -> PayoutRefusal {
    let before = world.balance(order.asset).await;
    let answer = world.gateway.send_payout(order).await;
    world.tick().await;
    assert_eq!(world.balance(order.asset).await, before, "nothing left");
    assert_eq!(state(world, order).await, PayoutState::NotFound);
    match answer {
        PayoutAnswer::Refused(refusal) => refusal,
        PayoutAnswer::Sent { .. } | PayoutAnswer::Unclear { .. } => {
            unreachable!("not refused: {answer:?}")
        }
    }
}

#[tokio::test]
async fn a_wrong_address_is_the_payees_to_mend() {
    let world = World::new().await;
    let own = world.invoice("another deal", bsc(), "20").await.address;
    for (asset, wrong) in [
        (bsc(), "0x55d398326f99059FF775485246999027B3197955"),
        (bsc(), TRON_PAYEE),
        (tron(), "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u"),
        (bsc(), own.as_str()),
    ] {
        let refusal = refusal(&world, &order("deal", asset, wrong, "10")).await;
        assert!(
            matches!(refusal, PayoutRefusal::Address(_)),
            "{wrong}: {refusal:?}"
        );
    }
}

#[tokio::test]
async fn an_empty_wallet_is_the_operators_to_mend() {
    let world = World::new().await;
    let refusal = refusal(&world, &order("deal", bsc(), PAYEE, "1000.000001")).await;
    assert!(matches!(refusal, PayoutRefusal::Operator(_)), "{refusal:?}");
}

#[tokio::test]
async fn a_wrong_or_missing_payout_login_is_the_operators_to_mend() {
    let world = World::new().await;
    let mut wrong = world.settings.clone();
    if let Some(login) = &mut wrong.payout_login {
        login.password = "a wrong password".to_owned().into();
    }
    let mut missing = world.settings.clone();
    missing.payout_login = None;
    for settings in [wrong, missing] {
        let order = order("deal", bsc(), PAYEE, "10");
        let answer = gateway(settings).send_payout(&order).await;
        let refused = matches!(answer, PayoutAnswer::Refused(PayoutRefusal::Operator(_)));
        assert!(refused, "{answer:?}");
        assert_eq!(state(&world, &order).await, PayoutState::NotFound);
    }
}

#[tokio::test]
async fn the_shops_key_does_not_pay_out() {
    let world = World::new().await;
    let body = json!({"destination": PAYEE, "amount": "1", "fee": "1"});
    let (status, answer) = world.shop_post("/BNB-USDT/payout", body).await;
    assert_eq!(status, 200);
    assert_eq!(answer["status"], "error");
}

#[tokio::test]
async fn a_payout_of_18_decimals_leaves_exact() {
    let world = World::new().await;
    let net = "12.345678901234567891";
    let order = order("deal", bsc(), PAYEE, net);
    task_of(world.gateway.send_payout(&order).await);
    world.tick().await;
    let truth = world.control_state().await;
    let left = units(bsc(), net).get().to_string();
    assert_eq!(truth["transfers"][0]["amount"], left.as_str());
}

#[tokio::test]
async fn what_fails_in_the_wallet_after_it_was_taken_is_called_failed_and_nothing_left() {
    let world = World::with(|_| {}, |config| config.payouts_by_hand = true).await;
    let order = order("deal", bsc(), PAYEE, "900");
    let task = task_of(world.gateway.send_payout(&order).await);
    let fill = json!({"crypto": "BNB-USDT", "amount": "1"});
    world.control("/wallet", fill).await;
    world
        .control(&format!("/payouts/{}/pay", task.as_str()), json!({}))
        .await;
    let said = world.gateway.payout_state(&query(&order, Some(task))).await;
    let PayoutState::Failed { reason } = said else {
        unreachable!("{said:?}")
    };
    assert!(reason.contains("Have not enough tokens"), "{reason}");
    let asset: Asset = bsc();
    assert_eq!(world.balance(asset).await, units(asset, "1"));
}
