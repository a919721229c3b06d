//! Sessions: how long they last, who sees them, who ends them.

use domain::policy::Denied;
use domain::{Role, Span};
use services::identity::EndSessionError;
use services::{Actor, Failure};

use crate::world::World;

#[tokio::test]
async fn a_session_ends_for_good_when_its_person_signs_out() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let other = world.sign_in_as(&world.client(), "sara").await;
    world.sign_out(&sara.actor()).await.unwrap();
    assert!(world.authenticate(&sara.secret).await.unwrap().is_none());
    assert!(world.authenticate(&other.secret).await.unwrap().is_some());
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions_at_once() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let other = world.sign_in_as(&world.client(), "sara").await;
    world.advance(Span::from_ms(1));
    world.sign_out_everywhere(&sara.actor()).await.unwrap();
    for gone in [&sara, &other] {
        assert!(world.authenticate(&gone.secret).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn an_unknown_or_altered_secret_opens_nothing() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    assert!(world.authenticate(&sara.device).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_however_often_it_is_used() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    for _ in 0..29 {
        world.advance(Span::days(1));
        assert!(world.authenticate(&sara.secret).await.unwrap().is_some());
    }
    world.advance(Span::days(1));
    assert!(world.authenticate(&sara.secret).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends_after_seven_days() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    world.advance(Span::days(7).minus(Span::from_ms(1)));
    assert!(world.authenticate(&sara.secret).await.unwrap().is_some());
    world.advance(Span::days(7));
    assert!(world.authenticate(&sara.secret).await.unwrap().is_none());
}

#[tokio::test]
async fn staff_sign_in_anew_every_twelve_hours() {
    let world = World::new();
    let admin = world.person("ada", &[Role::Admin]).await;
    world.advance(Span::hours(12).minus(Span::from_ms(1)));
    assert!(world.authenticate(&admin.secret).await.unwrap().is_some());
    world.advance(Span::from_ms(1));
    assert!(world.authenticate(&admin.secret).await.unwrap().is_none());
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_one_of_them() {
    let world = World::new();
    let here = world.sign_up("sara").await;
    world.advance(Span::hours(1));
    let there = world.sign_in_as(&world.client(), "sara").await;
    let listed = world.list_sessions(&here.actor()).await.unwrap();
    let seen: Vec<_> = listed.iter().map(|one| (one.id, one.is_current)).collect();
    assert_eq!(seen, [(here.session.id, true), (there.session.id, false)]);

    world
        .end_session(&here.actor(), there.session.id)
        .await
        .unwrap();
    assert!(world.authenticate(&there.secret).await.unwrap().is_none());
    let again = world.end_session(&here.actor(), there.session.id).await;
    assert!(matches!(again, Err(EndSessionError::NotFound)));
}

#[tokio::test]
async fn nobody_ends_or_sees_the_sessions_of_another() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let omid = world.sign_up("omid").await;
    let refused = world.end_session(&omid.actor(), sara.session.id).await;
    assert!(matches!(refused, Err(EndSessionError::NotFound)));
    assert!(world.authenticate(&sara.secret).await.unwrap().is_some());
    assert_eq!(world.list_sessions(&omid.actor()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_visitor_and_the_system_have_no_sessions() {
    let world = World::new();
    let visitor = world.list_sessions(&Actor::Visitor).await;
    assert!(matches!(
        visitor,
        Err(Failure::Denied(Denied::SignInNeeded))
    ));
    let system = world.list_sessions(&Actor::System).await;
    assert!(matches!(system, Err(Failure::Denied(Denied::Forbidden))));
}

#[tokio::test]
async fn using_a_session_is_noted_every_five_minutes_and_not_more_often() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let seen = async || {
        world.authenticate(&sara.secret).await.unwrap();
        world.list_sessions(&sara.actor()).await.unwrap()[0].last_seen_at
    };
    let start = world.now();
    world.advance(Span::minutes(4));
    assert_eq!(seen().await, start);
    world.advance(Span::minutes(1));
    assert_eq!(seen().await, start.plus(Span::minutes(5)));
}

#[tokio::test]
async fn a_store_never_sees_a_secret() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let session = serde_json::to_string(&sara.session).unwrap();
    let user = serde_json::to_string(&sara.user).unwrap();
    for secret in [&sara.secret, &sara.device] {
        assert!(!session.contains(&secret.to_string()));
        assert!(!user.contains(&secret.to_string()));
    }
}
