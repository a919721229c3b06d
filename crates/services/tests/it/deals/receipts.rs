//! Receipts: for the parties of a deal alone, and whatever is done to one is found.

use domain::deal::{Command, Party, State};
use domain::receipt::{Fault, NoReceipt};
use services::Actor;
use services::deals::DealError;
use services::receipts::{CheckReceiptError, CheckedReceipt};

use crate::bank::Bank;
use crate::world::World;

async fn paid() -> Bank {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.expect(State::Funded).await;
    bank
}

async fn file(bank: &Bank, of: &Actor) -> String {
    bank.issue_receipt(of, bank.deal).await.unwrap().to_json()
}

fn check(bank: &Bank, file: &str) -> CheckedReceipt {
    bank.check_receipt(&Actor::Visitor, file.as_bytes())
        .unwrap()
}

#[tokio::test]
async fn each_party_takes_a_receipt_of_their_own_and_a_visitor_finds_it_unchanged() {
    let bank = paid().await;
    for (actor, holder) in [
        (bank.buyer.actor(), Party::Buyer),
        (bank.seller.actor(), Party::Seller),
    ] {
        let checked = check(&bank, &file(&bank, &actor).await);
        assert_eq!(checked.fault, None);
        assert_eq!(checked.receipt.holder, holder);
        assert_eq!(checked.receipt.deal, bank.deal);
        assert_eq!(checked.receipt.state, State::Funded);
    }
}

#[tokio::test]
async fn nobody_else_takes_one_not_even_an_admin() {
    let bank = paid().await;
    let stranger = bank.buyer("Lale").await.actor();
    let admin = bank.person("ada", &[domain::Role::Admin]).await.actor();
    for actor in [stranger, admin] {
        let refused = bank.issue_receipt(&actor, bank.deal).await;
        assert!(matches!(refused, Err(DealError::NotFound)));
    }
    let refused = bank.issue_receipt(&Actor::Visitor, bank.deal).await;
    assert!(matches!(refused, Err(DealError::Failed(_))));
}

#[tokio::test]
async fn asking_twice_gives_the_same_file_until_the_deal_goes_on() {
    let bank = paid().await;
    let seller = bank.seller.actor();
    let first = file(&bank, &seller).await;
    assert_eq!(first, file(&bank, &seller).await);
    let (carrier, tracking) = ("Post".to_owned(), String::new());
    bank.seller_does(Command::Ship { carrier, tracking }).await;
    let later = file(&bank, &seller).await;
    assert_ne!(first, later);
    let known = check(&bank, &later).receipt.events;
    assert_eq!(
        check(&bank, &first).receipt.events,
        known[..known.len() - 1]
    );
}

#[tokio::test]
async fn a_changed_receipt_and_one_of_another_place_are_found() {
    let bank = paid().await;
    let own = file(&bank, &bank.buyer.actor()).await;
    let changed = own.replacen("\"funded\",\"salt\"", "\"FUNDED\",\"salt\"", 1);
    let fault = check(&bank, &changed).fault;
    assert!(matches!(fault, Some(Fault::Altered(_))), "{fault:?}");
    let elsewhere = World::with(|config| {
        config.receipts.sign_with(&services::CodeKey::new([3; 32]));
        config.receipts.former_keys.clear();
    });
    let checked = elsewhere.check_receipt(&Actor::Visitor, own.as_bytes());
    let fault = checked.unwrap().fault;
    assert!(matches!(fault, Some(Fault::OtherKey(_))), "{fault:?}");
}

#[tokio::test]
async fn what_is_no_receipt_is_refused_with_its_reason() {
    let bank = Bank::new().await;
    let refused = bank.check_receipt(&Actor::Visitor, b"an invoice");
    let Err(CheckReceiptError::NoReceipt(NoReceipt::Unreadable(_))) = refused else {
        panic!("{refused:?}");
    };
}
