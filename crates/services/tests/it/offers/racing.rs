//! Many people at the same instant.

use std::sync::Arc;

use domain::deal::{Command, Context, Limits};
use domain::id::RequestId;
use services::Actor;
use services::identity::SignedIn;
use services::offers::ReviseOffer;

use crate::market::{Market, accept, proposal};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_acceptances_at_once_one_opens_a_deal() {
    let market = Arc::new(Market::new().await);
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    let id = market.request(&sara, "A camera").await;
    let offers = [
        market.offer(&omid, id, "100").await,
        market.offer(&lale, id, "90").await,
    ];
    let mut tries = Vec::new();
    for number in 0..200 {
        let shown = market.terms(&sara, id, offers[number % 2]).await;
        let (market, actor) = (Arc::clone(&market), sara.actor());
        tries.push(tokio::spawn(async move {
            market
                .accept_offer(&actor, accept(&shown), &market.once())
                .await
        }));
    }
    let mut deals = Vec::new();
    for accepted in tries {
        deals.extend(accepted.await.unwrap().ok());
    }
    assert_eq!(deals.len(), 1, "{deals:?}");
    let request = market.store().requests().find(id).await.unwrap().unwrap();
    assert_eq!(request.attempts.len(), 1);
    assert_eq!(request.attempts[0].deal, deals[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_and_an_acceptance_at_once_never_both_win() {
    let market = Arc::new(Market::new().await);
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    for round in 0..12 {
        let id = market.request(&sara, &format!("Camera {round}")).await;
        let offer = market.offer(&omid, id, "100").await;
        let shown = market.terms(&sara, id, offer).await;
        let (here, buyer) = (Arc::clone(&market), sara.actor());
        let accepting = tokio::spawn(async move {
            here.accept_offer(&buyer, accept(&shown), &here.once())
                .await
        });
        let (here, seller) = (Arc::clone(&market), omid.actor());
        let withdrawing = tokio::spawn(async move {
            if round % 2 == 0 {
                let withdrawn = here.withdraw_offer(&seller, id, offer, &here.once()).await;
                return withdrawn.is_ok();
            }
            let revise = ReviseOffer {
                request: id,
                offer,
                version: 1,
                proposal: proposal("110"),
            };
            here.revise_offer(&seller, revise, &here.once())
                .await
                .is_ok()
        });
        let accepted = accepting.await.unwrap().is_ok();
        let changed = withdrawing.await.unwrap();
        assert!(accepted != changed, "round {round}: {accepted} {changed}");
        // So that the new seller's open offers stay below their limit.
        if accepted {
            cancel_deal(&market, &sara, id).await;
        }
        market
            .cancel_request(&sara.actor(), id, &market.once())
            .await
            .unwrap();
    }
}

/// The buyer calls the deal of a request off.
async fn cancel_deal(market: &Market, buyer: &SignedIn, id: RequestId) {
    let request = market.store().requests().find(id).await.unwrap().unwrap();
    let deals = market.store().deals();
    let deal = deals.find(request.attempts[0].deal).await.unwrap().unwrap();
    let limits = Limits {
        payout_auto: deal.price,
        payout_one_key: deal.price,
        ruling_alone: deal.price,
    };
    let context = Context {
        now: market.now(),
        expected_version: None,
        address_read_at: None,
        limits: &limits,
    };
    let by = domain::deal::Actor::Person(buyer.user.id);
    let change = deal.decide(by, Command::Cancel, &context).unwrap();
    deals
        .commit(&change.deal, change.expected_version)
        .await
        .unwrap();
    market
        .follow_deal(&Actor::System, &change.deal)
        .await
        .unwrap();
}
