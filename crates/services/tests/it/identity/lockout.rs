//! Wrong passwords, and who is locked by them.

use domain::Span;
use services::identity::{SignInError, SignedIn};
use services::{Actor, Client};

use crate::world::{PASSWORD, World, client_at, credentials};

const OFFICE: &str = "203.0.113.7";
const CAFE: &str = "198.51.100.9";

async fn try_in(world: &World, client: &Client, password: &str) -> Result<SignedIn, SignInError> {
    let credentials = credentials("sara", password);
    world.sign_in(&Actor::Visitor, client, credentials).await
}

async fn fail(world: &World, client: &Client, times: u32) {
    for _ in 0..times {
        let refused = try_in(world, client, "wrong password").await;
        assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");
    }
}

async fn is_locked(world: &World, client: &Client) -> bool {
    match try_in(world, client, PASSWORD).await {
        Err(SignInError::Locked { .. }) => true,
        Ok(_) => false,
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn five_failures_lock_the_account_on_that_network_for_15_minutes() {
    let world = World::new();
    world.sign_up("sara").await;
    let cafe = client_at(CAFE);
    fail(&world, &cafe, 5).await;
    assert!(is_locked(&world, &cafe).await);
    assert!(
        !is_locked(&world, &client_at(OFFICE)).await,
        "elsewhere nobody is locked"
    );
    world.advance(Span::minutes(15).minus(Span::from_ms(1)));
    assert!(is_locked(&world, &cafe).await);
    world.advance(Span::from_ms(1));
    assert!(!is_locked(&world, &cafe).await);
}

#[tokio::test]
async fn the_second_lock_within_a_day_lasts_30_minutes() {
    let world = World::new();
    world.sign_up("sara").await;
    let cafe = client_at(CAFE);
    fail(&world, &cafe, 5).await;
    world.advance(Span::minutes(15));
    fail(&world, &cafe, 5).await;
    world.advance(Span::minutes(29));
    assert!(is_locked(&world, &cafe).await);
    world.advance(Span::minutes(1));
    assert!(!is_locked(&world, &cafe).await);
}

#[tokio::test]
async fn a_browser_that_signed_in_before_is_not_locked_by_others() {
    let world = World::new();
    world.sign_up("sara").await;
    let mut laptop = client_at(CAFE);
    laptop.device = Some(world.sign_in_as(&laptop, "sara").await.device);
    let stranger = client_at(CAFE);
    fail(&world, &stranger, 5).await;
    assert!(is_locked(&world, &stranger).await);
    assert!(!is_locked(&world, &laptop).await);
}

#[tokio::test]
async fn a_browser_that_signed_in_before_is_locked_by_its_own_failures() {
    let world = World::new();
    world.sign_up("sara").await;
    let mut laptop = client_at(CAFE);
    laptop.device = Some(world.sign_in_as(&laptop, "sara").await.device);
    fail(&world, &laptop, 5).await;
    assert!(is_locked(&world, &laptop).await);
    let elsewhere = Client {
        ip: OFFICE.parse().unwrap(),
        ..laptop
    };
    assert!(
        is_locked(&world, &elsewhere).await,
        "the same browser on another network"
    );
}

#[tokio::test]
async fn a_browser_of_somebody_else_is_no_known_browser() {
    let world = World::new();
    world.sign_up("sara").await;
    let other = world.sign_up("omid").await;
    let mut client = client_at(CAFE);
    client.device = Some(other.device);
    fail(&world, &client, 5).await;
    assert!(
        is_locked(&world, &client_at(CAFE)).await,
        "counted for the network"
    );
}

#[tokio::test]
async fn success_forgets_the_failures_before_it() {
    let world = World::new();
    world.sign_up("sara").await;
    let cafe = client_at(CAFE);
    for _ in 0..4 {
        fail(&world, &cafe, 4).await;
        assert!(try_in(&world, &cafe, PASSWORD).await.is_ok());
    }
}

#[tokio::test]
async fn successes_are_not_counted_against_the_network() {
    let world = World::new();
    world.sign_up("sara").await;
    let office = client_at(OFFICE);
    for _ in 0..70 {
        assert!(try_in(&world, &office, PASSWORD).await.is_ok());
    }
}

#[tokio::test]
async fn sixty_failures_from_one_network_close_it_for_everybody_there() {
    let world = World::new();
    world.sign_up("sara").await;
    let cafe = client_at(CAFE);
    for n in 0..60 {
        let credentials = credentials(&format!("guess{n}"), "wrong password");
        let refused = world.sign_in(&Actor::Visitor, &cafe, credentials).await;
        assert!(matches!(refused, Err(SignInError::Wrong)));
    }
    let refused = try_in(&world, &cafe, PASSWORD).await;
    assert!(matches!(refused, Err(SignInError::Throttled(_))));
    assert!(try_in(&world, &client_at(OFFICE), PASSWORD).await.is_ok());
    world.advance(Span::minutes(15));
    assert!(try_in(&world, &cafe, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_burst_of_guesses_is_verified_no_more_often_than_a_slow_one() {
    let world = World::new();
    world.sign_up("sara").await;
    let before = world.password_hashes_computed();
    let guesses: Vec<_> = (0..40)
        .map(|_| {
            let services = world.services();
            tokio::spawn(async move {
                let credentials = credentials("sara", "wrong password");
                let client = client_at(CAFE);
                services
                    .sign_in(&Actor::Visitor, &client, credentials)
                    .await
            })
        })
        .collect();
    for guess in guesses {
        assert!(guess.await.unwrap().is_err());
    }
    assert_eq!(world.password_hashes_computed() - before, 5);
}
