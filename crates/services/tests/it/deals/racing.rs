//! The same thing two hundred times at the same instant: one effect.

use std::sync::Arc;

use domain::deal::{Command, DeliveryCode, EventBody, LegState, State};
use domain::intent::{Intent, Rail};
use hmac::{Hmac, Mac as _};
use services::ports::Clock as _;
use services::ports::gateway::{CallbackRequest, ExternalId};
use sha2::Sha256;
use storage::{Limit, PageRequest};

use crate::bank::{Bank, KEY};

const AT_ONCE: usize = 200;

/// Lets many do the same at once; answers with how many of them succeeded.
async fn all_at_once<F, R>(bank: &Arc<Bank>, act: F) -> usize
where
    F: Fn(Arc<Bank>) -> R,
    R: Future<Output = bool> + Send + 'static,
{
    let tries: Vec<_> = (0..AT_ONCE)
        .map(|_| tokio::spawn(act(Arc::clone(bank))))
        .collect();
    let mut succeeded = 0;
    for one in tries {
        succeeded += usize::from(one.await.unwrap());
    }
    succeeded
}

async fn count(bank: &Bank, is_it: impl Fn(&EventBody) -> bool) -> usize {
    let deal = bank.now().await;
    deal.events
        .iter()
        .filter(|event| is_it(&event.body))
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_releases_one_releases() {
    let bank = Arc::new(Bank::new().await);
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    let released = all_at_once(&bank, |bank| async move {
        bank.try_as(&bank.buyer, Command::Accept).await.is_ok()
    })
    .await;
    assert_eq!(released, 1);
    assert_eq!(bank.now().await.legs.len(), 1);
    bank.settle().await;
    bank.expect(State::Released).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_entries_of_the_right_code_one_proves_the_delivery() {
    let bank = Arc::new(Bank::new().await);
    bank.pay("100").await;
    bank.settle().await;
    let (carrier, tracking) = ("Post".to_owned(), "7".to_owned());
    bank.seller_does(Command::Ship { carrier, tracking }).await;
    bank.buyer_does(Command::MakeCode).await;
    let shown = bank.show_code(&bank.buyer.actor(), bank.deal).await;
    let spoken = shown.unwrap().unwrap().spoken;
    let entered = all_at_once(&bank, |bank| {
        let typed = DeliveryCode::parse(&spoken).unwrap();
        async move {
            let seller = bank.seller.actor();
            bank.enter_code(&seller, bank.deal, typed, None)
                .await
                .is_ok()
        }
    })
    .await;
    assert_eq!(entered, 1);
    bank.expect(State::Inspection).await;
    let proofs = count(&bank, |body| matches!(body, EventBody::CodeVerified)).await;
    assert_eq!(proofs, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_withdrawals_of_a_payment_one_sends_it_back() {
    let bank = Arc::new(Bank::new().await);
    bank.name_refund_address().await;
    bank.pay("60").await;
    bank.settle().await;
    let withdrawn = all_at_once(&bank, |bank| async move {
        let step = Command::WithdrawPayment;
        bank.try_as(&bank.buyer, step).await.is_ok()
    })
    .await;
    assert_eq!(withdrawn, 1);
    bank.settle().await;
    let deal = bank.expect(State::Refunded).await;
    assert_eq!(deal.legs.len(), 1);
    assert_eq!(deal.legs.first().unwrap().state, LegState::Paid);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_comes_many_times_at_once_credits_once() {
    let bank = Arc::new(Bank::new().await);
    bank.pay("100").await;
    let intent = Intent::id_for(bank.deal, Rail::Shkeeper);
    let body = serde_json::json!({
        "external_id": ExternalId::of_intent(intent).as_str(), "crypto": "POLYGON-USDT",
        "addr": bank.address, "fiat": "USD", "balance_fiat": "100", "balance_crypto": "100",
        "paid": true, "status": "PAID", "transactions": [], "fee_percent": "0",
        "fee_fixed": "0", "fee_policy": "NO_FEE", "overpaid_fiat": "0",
    })
    .to_string();
    let stamp = bank.clock.now().unix_ms() / 1_000;
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.update(format!("{stamp}.{body}").as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    let taken = all_at_once(&bank, |bank| {
        let (body, signature) = (body.clone(), signature.clone());
        async move {
            let stamp = stamp.to_string();
            let headers = [
                ("x-shkeeper-timestamp", stamp.as_str()),
                ("x-shkeeper-signature", signature.as_str()),
            ];
            let callback = CallbackRequest {
                headers: &headers,
                body: body.as_bytes(),
            };
            bank.take_callback(&callback).await.is_ok()
        }
    })
    .await;
    assert!(
        taken > 0,
        "callbacks that found others at work may come again"
    );
    bank.settle().await;
    let deal = bank.expect(State::Funded).await;
    assert_eq!(deal.deposits.len(), 1);
    assert_eq!(deal.held(), deal.price);
    let open = bank.store().deposit_claims();
    let later = bank.clock.now();
    let page = PageRequest::first(Limit::MAX);
    let open = open.list_uncredited(later, page).await.unwrap();
    assert!(open.items.is_empty(), "the claim is credited");
}
