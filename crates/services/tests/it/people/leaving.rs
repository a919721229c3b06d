//! What has to be over before somebody leaves, and what goes with them.

use domain::Span;
use domain::deal::{Command, State};
use domain::password::Password;
use domain::user::UserRejection;
use services::identity::SignedIn;
use services::people::CloseAccountError;
use storage::{Limit, PageRequest};

use crate::bank::Bank;
use crate::market::Market;
use crate::world::{PASSWORD, World};

async fn close(world: &World, who: &SignedIn) -> Result<(), CloseAccountError> {
    let client = world.client();
    let password = Password::typed(PASSWORD);
    world.close_account(&who.actor(), &client, password).await
}

#[tokio::test]
async fn whoever_leaves_takes_their_requests_and_offers_along() {
    let market = Market::new().await;
    let (sara, omid) = (market.buyer("sara").await, market.seller("omid").await);
    let wanted = market.request(&sara, "A camera").await;
    market.offer(&omid, wanted, "100").await;
    close(&market, &omid).await.unwrap();
    let request = market.store().requests().find(wanted).await.unwrap();
    assert!(request.unwrap().offers.is_empty(), "nobody stands by it");

    close(&market, &sara).await.unwrap();
    let page = PageRequest::first(Limit::MAX);
    let open = storage::Browse::default();
    let browsed = market.store().requests().browse(&open, page).await;
    let left = browsed.unwrap().items;
    assert!(left.iter().all(|request| request.id != wanted), "{left:?}");
}

#[tokio::test]
async fn nobody_leaves_while_they_may_be_paying() {
    let bank = Bank::new().await;
    bank.buyer_does(Command::Cancel).await;
    bank.expect(State::Cancelled).await;
    let early = close(&bank, &bank.buyer).await;
    assert!(matches!(
        early,
        Err(CloseAccountError::Rejected(UserRejection::MoneyInPlay))
    ));
    let standing = bank.closing_standing(&bank.buyer.actor()).await.unwrap();
    let deals: Vec<_> = standing.in_play.iter().map(|(deal, _)| *deal).collect();
    assert_eq!(deals, [bank.deal], "what keeps them is named");
    bank.pass(Span::hours(2)).await;
    let standing = bank.closing_standing(&bank.buyer.actor()).await.unwrap();
    assert!(!standing.keeps_open());
    close(&bank, &bank.buyer).await.unwrap();
}
