//! Payments and payouts: one's own, and nobody else's.

use domain::Units;
use domain::deal::{Command, DepositState, LegState};
use domain::id::DealId;
use services::identity::SignedIn;
use services::payments::{Direction, Payment, PaymentDetail, Standing, ViewPaymentError};
use storage::{Limit, PageRequest};

use crate::dealt::{Dealt, People, address, usd};
use crate::world::World;

const ALL: PageRequest = PageRequest::first(Limit::MAX);

async fn payments(world: &World, person: &SignedIn) -> Vec<Payment> {
    let listed = world.list_payments(&person.actor(), ALL).await.unwrap();
    listed.items.into_iter().flatten().collect()
}

async fn payouts(world: &World, person: &SignedIn) -> Vec<Payment> {
    let listed = world.list_own_payouts(&person.actor(), ALL).await.unwrap();
    listed.items.into_iter().flatten().collect()
}

/// Paid by the buyer, declined by the seller: a refund is planned.
async fn declined(world: &World, people: &People) -> DealId {
    let destination = address('b');
    Dealt::funded(world, people, 1, usd(100))
        .buyer(Command::SetRefundAddress { destination })
        .seller(Command::Decline)
        .keep(world)
        .await
}

#[tokio::test]
async fn a_deposit_and_its_refund_are_the_buyers() {
    let world = World::new();
    let people = People::meet(&world).await;
    let deal = declined(&world, &people).await;
    let listed = payments(&world, &people.buyer).await;
    let directions: Vec<_> = listed.iter().map(|payment| payment.direction).collect();
    assert!(
        directions.contains(&Direction::IntoEscrow),
        "{directions:?}"
    );
    assert!(directions.contains(&Direction::Refund), "{directions:?}");
    assert!(listed.iter().all(|payment| payment.id.deal == deal));
    assert_eq!(payments(&world, &people.seller).await, []);

    let [refund] = &payouts(&world, &people.buyer).await[..] else {
        panic!("one refund");
    };
    assert_eq!(refund.direction, Direction::Refund);
    assert_eq!(refund.destination, Some(address('b')));
    let Standing::Payout { state, .. } = refund.standing else {
        panic!("a refund is a payout: {:?}", refund.standing);
    };
    assert_eq!(state, LegState::Planned);
    assert_eq!(payouts(&world, &people.seller).await, []);
}

#[tokio::test]
async fn a_payment_tells_its_parts_to_its_owner_alone() {
    let world = World::new();
    let people = People::meet(&world).await;
    declined(&world, &people).await;
    let stranger = world.person("omid", &[domain::Role::Buyer]).await;
    for payment in payments(&world, &people.buyer).await {
        let shown = world.view_payment(&people.buyer.actor(), &payment.id).await;
        let shown = shown.unwrap();
        assert_eq!(shown.payment, payment);
        match shown.detail {
            PaymentDetail::In {
                tx,
                held,
                surplus,
                late,
            } => {
                assert_eq!(payment.standing, Standing::Deposit(DepositState::Credited));
                assert_eq!(tx, "tx-1");
                let sum = Units::sum([held, surplus, late]);
                assert_eq!(sum, Some(payment.units));
            }
            PaymentDetail::Out {
                gross, network_fee, ..
            } => assert_eq!(gross.less(network_fee), payment.units),
        }
        for other in [&people.seller, &stranger] {
            let refused = world.view_payment(&other.actor(), &payment.id).await;
            assert!(matches!(refused, Err(ViewPaymentError::NotFound)));
        }
    }
}
