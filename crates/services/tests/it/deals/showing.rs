//! What pages are told: the code and its tries, the words of an address.

use domain::deal::{Command, DeliveryCode, State};
use domain::id::DealId;
use services::deals::CodeAnswer;
use services::requests::DeliveryView;

use crate::bank::Bank;

async fn on_its_way() -> (Bank, DeliveryCode) {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    let (carrier, tracking) = ("Post".to_owned(), String::new());
    bank.seller_does(Command::Ship { carrier, tracking }).await;
    bank.buyer_does(Command::MakeCode).await;
    let shown = bank.show_code(&bank.buyer.actor(), bank.deal).await;
    let right = DeliveryCode::parse(&shown.unwrap().unwrap().spoken).unwrap();
    (bank, right)
}

fn another_than(right: &DeliveryCode) -> DeliveryCode {
    ["000000", "111111"]
        .into_iter()
        .filter_map(DeliveryCode::parse)
        .find(|code| !code.matches(right))
        .unwrap()
}

#[tokio::test]
async fn a_wrong_code_that_is_sent_twice_is_wrong_twice_and_counts_once() {
    let (bank, right) = on_its_way().await;
    let (seller, wrong, key) = (bank.seller.actor(), another_than(&right), bank.key());
    for _ in 0..2 {
        let answer = bank
            .enter_code(&seller, bank.deal, wrong.clone(), Some(key.clone()))
            .await
            .unwrap();
        let CodeAnswer::Wrong { tries_left, .. } = answer else {
            panic!("a repeated wrong code passed for a right one");
        };
        assert_eq!(tries_left, 4);
    }
    assert_eq!(bank.expect(State::InDelivery).await.code.tries, 1);
}

#[tokio::test]
async fn a_right_code_that_is_sent_twice_is_right_twice() {
    let (bank, right) = on_its_way().await;
    let (seller, key) = (bank.seller.actor(), bank.key());
    for _ in 0..2 {
        let answer = bank
            .enter_code(&seller, bank.deal, right.clone(), Some(key.clone()))
            .await
            .unwrap();
        assert!(matches!(answer, CodeAnswer::Right(_)));
    }
    bank.expect(State::Inspection).await;
}

#[tokio::test]
async fn the_seller_learns_where_to_ship_once_the_money_is_held_and_not_before() {
    let bank = Bank::new().await;
    let (buyer, seller) = (bank.buyer.actor(), bank.seller.actor());
    let seen_by = async |actor| {
        let view = bank.view_deal(actor, bank.deal).await.unwrap();
        bank.view_delivery(&view).await.unwrap().unwrap()
    };
    assert!(matches!(seen_by(&buyer).await, DeliveryView::Whole(_)));
    assert!(matches!(seen_by(&seller).await, DeliveryView::Place(_)));
    bank.pay("99").await;
    bank.settle().await;
    bank.expect(State::Underpaid).await;
    assert!(matches!(seen_by(&seller).await, DeliveryView::Place(_)));
    bank.pay("1").await;
    bank.settle().await;
    bank.expect(State::Funded).await;
    assert_eq!(seen_by(&seller).await, seen_by(&buyer).await);
}

#[tokio::test]
async fn the_buyer_is_mailed_the_address_to_pay_to_with_the_words_of_the_page_once() {
    let bank = Bank::new().await;
    bank.request_address(&bank.buyer.actor(), bank.deal)
        .await
        .unwrap();
    let letters: Vec<_> = bank
        .mails()
        .await
        .into_iter()
        .filter(|mail| mail.text.contains(&bank.address))
        .collect();
    let [letter] = &letters[..] else {
        panic!("{} letters name the address", letters.len());
    };
    let words = bank.address_words(bank.deal, &bank.address).join(" ");
    assert!(letter.text.contains(&words), "{}", letter.text);
    assert!(letter.text.contains("Polygon"));
    assert!(letter.text.contains(&format!("/deals/{}/pay", bank.deal)));
}

#[tokio::test]
async fn the_words_of_an_address_hang_on_address_and_deal_but_not_on_capitals() {
    let bank = Bank::new().await;
    let words = bank.address_words(bank.deal, &bank.address);
    let lower = bank.address.to_ascii_lowercase();
    assert_eq!(bank.address_words(bank.deal, &lower), words);
    let other = "0x1111111111111111111111111111111111111111";
    assert_ne!(bank.address_words(bank.deal, other), words);
    let elsewhere = DealId::derived(&[b"another deal"]);
    assert_ne!(bank.address_words(elsewhere, &bank.address), words);
}
