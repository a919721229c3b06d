//! What arrives: exactly, less, more, late, twice, in another token, dropped, replaced.

use domain::{Asset, Network, Token};
use serde_json::json;
use services::ports::gateway::{ObservedTransfer, Received};

use crate::world::{World, bsc, tron, units};

fn usdc() -> Asset {
    Asset::new(Network::Bsc, Token::Usdc).unwrap()
}

#[tokio::test]
async fn a_transfer_is_told_with_its_coin_transaction_address_and_exact_amount() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "124.5").await;
    let txid = world.pay(&watched, json!({})).await;
    let expected = ObservedTransfer {
        crypto: "BNB-USDT".to_owned(),
        txid,
        address: watched.address.clone(),
        received: Received::Asset {
            asset: bsc(),
            amount: units(bsc(), "124.5"),
        },
        confirmed: true,
    };
    assert_eq!(world.observed(&watched).await, [expected]);
}

#[tokio::test]
async fn paid_begins_at_95_per_cent_and_overpaid_at_105_and_we_believe_neither() {
    let world = World::new().await;
    for (name, paid, said) in [
        ("a", "94.99", "PARTIAL"),
        ("b", "95", "PAID"),
        ("c", "104.99", "PAID"),
        ("d", "105", "OVERPAID"),
    ] {
        let watched = world.invoice(name, bsc(), "100").await;
        world.pay(&watched, json!({"amount": paid})).await;
        let callback = world.shop.heard().pop().unwrap().json();
        assert_eq!(callback["status"], said, "{paid}");
        assert_eq!(callback["paid"], said != "PARTIAL", "{paid}");
        assert_eq!(
            world.confirmed(&watched).await,
            units(bsc(), paid),
            "{paid}"
        );
    }
}

#[tokio::test]
async fn several_transfers_add_up() {
    let world = World::new().await;
    let watched = world.invoice("deal", tron(), "30").await;
    for part in ["10", "12.345678", "7.654322"] {
        world.pay(&watched, json!({"amount": part})).await;
    }
    assert_eq!(world.observed(&watched).await.len(), 3);
    assert_eq!(world.confirmed(&watched).await, units(tron(), "30"));
}

#[tokio::test]
async fn a_transfer_that_comes_late_is_told_all_the_same() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "20", "after_s": 7_200});
    world.pay(&watched, wish).await;
    world.pass_s(7_199);
    world.tick().await;
    assert!(world.observed(&watched).await.is_empty());
    world.pass_s(1);
    world.tick().await;
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "20"));
}

#[tokio::test]
async fn dust_is_told_for_others_to_judge() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "0.000001"})).await;
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "0.000001"));
}

#[tokio::test]
async fn another_token_at_the_same_address_is_told_as_another_asset() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "20", "crypto": "BNB-USDC"});
    world.pay(&watched, wish).await;
    let callback = world.shop.heard().pop().unwrap().json();
    assert_eq!(callback["status"], "PAID", "for SHKeeper it is all one");
    assert_eq!(callback["crypto"], "BNB-USDT");
    assert_eq!(callback["transactions"][0]["crypto"], "BNB-USDC");

    let observed = world.observed(&watched).await;
    assert_eq!(observed.len(), 1);
    assert_eq!(observed[0].address, watched.address);
    let received = Received::Asset {
        asset: usdc(),
        amount: units(usdc(), "20"),
    };
    assert_eq!(observed[0].received, received);
    assert!(world.confirmed(&watched).await.is_zero());
}

#[tokio::test]
async fn a_coin_that_we_do_not_take_is_told_as_it_is_written() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "0.25", "crypto": "BNB"});
    world.pay(&watched, wish).await;
    let observed = world.observed(&watched).await;
    assert_eq!(observed[0].crypto, "BNB");
    let amount = "0.25".to_owned();
    assert_eq!(observed[0].received, Received::Other { amount });
}

#[tokio::test]
async fn the_second_transfer_of_one_transaction_is_lost() {
    let world = World::new().await;
    let before = world.balance(bsc()).await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "20", "copies": 2});
    world.pay(&watched, wish).await;
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "20"));
    let grown = world.balance(bsc()).await.less(before);
    assert_eq!(grown, units(bsc(), "40"), "the wallet has it nevertheless");
}

#[tokio::test]
async fn the_same_transaction_once_more_changes_nothing() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let txid = world.pay(&watched, json!({"amount": "20"})).await;
    let before = world.observed(&watched).await;
    let wish = json!({"amount": "20", "txid": txid});
    world.pay(&watched, wish).await;
    assert_eq!(world.observed(&watched).await, before);
}

#[tokio::test]
async fn an_unconfirmed_transfer_becomes_confirmed_under_the_same_key() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "20", "seen": "unconfirmed"});
    let txid = world.pay(&watched, wish).await;
    let seen = world.observed(&watched).await;
    assert_eq!(seen.len(), 1);
    assert!(!seen[0].confirmed);

    let path = format!("/transactions/{txid}/confirm");
    world.control(&path, json!({})).await;
    let confirmed = world.observed(&watched).await;
    assert_eq!(confirmed.len(), 1);
    assert!(confirmed[0].confirmed);
    assert_eq!(confirmed[0].key(), seen[0].key());
}

#[tokio::test]
async fn a_dropped_transfer_is_never_told_as_dropped() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "20", "seen": "unconfirmed"});
    let txid = world.pay(&watched, wish).await;
    let heard = world.shop.heard().len();
    let path = format!("/transactions/{txid}/drop");
    world.control(&path, json!({})).await;
    world.tick().await;
    assert_eq!(world.shop.heard().len(), heard);
    let seen = world.observed(&watched).await;
    assert_eq!(seen.len(), 1, "it stays, unconfirmed for ever");
    assert!(!seen[0].confirmed);
}

#[tokio::test]
async fn a_replaced_transfer_is_another_transfer() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "20", "seen": "unconfirmed"});
    let first = world.pay(&watched, wish).await;
    let path = format!("/transactions/{first}/replace");
    let replaced = world.control(&path, json!({"amount": "1"})).await;
    let second = replaced["txid"].as_str().unwrap();
    world
        .control(&format!("/transactions/{second}/confirm"), json!({}))
        .await;
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "1"));
    let seen = world.observed(&watched).await;
    assert_eq!(seen.len(), 2);
}

#[tokio::test]
async fn totals_hold_shallow_transactions_and_the_callback_waits_for_depth() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "12", "seen": "shallow"});
    world.pay(&watched, wish).await;
    assert!(world.shop.heard().is_empty(), "not deep enough to tell");
    assert!(world.observed(&watched).await[0].confirmed, "listed anyway");

    world.pay(&watched, json!({"amount": "8"})).await;
    let callback = world.shop.heard().pop().unwrap().json();
    assert_eq!(callback["balance_fiat"], "20", "the shallow one is in it");
    world.tick().await;
    assert_eq!(world.shop.heard().len(), 2, "now it is deep");
}

#[tokio::test]
async fn nothing_is_taken_back_when_a_block_is_given_up() {
    let world = World::new().await;
    let before = world.balance(bsc()).await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let txid = world.pay(&watched, json!({"amount": "20"})).await;
    let path = format!("/transactions/{txid}/reorganise");
    world.control(&path, json!({})).await;
    world.tick().await;
    assert_eq!(world.balance(bsc()).await, before, "the money is gone");
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "20"));
}
