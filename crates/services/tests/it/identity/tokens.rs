//! Tokens: how a program holds a session, how long, and what happens when somebody has a copy.

use domain::Span;
use services::identity::{RefreshToken, RefreshTokensError, SessionKind, SignedIn, Tokens};
use services::{Actor, Client, CodeKey};

use crate::world::{World, credentials};

const VISITOR: Actor = Actor::Visitor;

/// Sara's program, signed in.
async fn program(world: &World) -> (SignedIn, Tokens) {
    world.sign_up("sara").await;
    let client = Client {
        kind: SessionKind::Api,
        ..world.client()
    };
    let signed_in = world.sign_in_as(&client, "sara").await;
    let tokens = world.tokens_of(&signed_in.session);
    (signed_in, tokens)
}

async fn refresh(world: &World, token: &RefreshToken) -> Result<Tokens, RefreshTokensError> {
    let refreshed = world.refresh_tokens(&VISITOR, &world.client(), token).await;
    refreshed.map(|(_, tokens)| tokens)
}

async fn opens(world: &World, tokens: &Tokens) -> bool {
    let found = world.authenticate_token(&tokens.access).await.unwrap();
    found.is_some()
}

#[tokio::test]
async fn an_access_token_opens_its_session_for_fifteen_minutes() {
    let world = World::new();
    let (sara, tokens) = program(&world).await;
    let found = world.authenticate_token(&tokens.access).await.unwrap();
    let found = found.expect("it has just been given");
    assert_eq!(found.user.id, sara.user.id);
    assert_eq!(found.session.id, sara.session.id);
    world.advance(Span::minutes(15).minus(Span::seconds(1)));
    assert!(opens(&world, &tokens).await);
    world.advance(Span::seconds(2));
    assert!(!opens(&world, &tokens).await);
}

#[tokio::test]
async fn a_programs_session_has_no_cookie_and_a_browsers_no_tokens() {
    let world = World::new();
    let (program, _) = program(&world).await;
    assert!(world.authenticate(&program.secret).await.unwrap().is_none());
    let browser = world.sign_in_as(&world.client(), "sara").await;
    let tokens = world.tokens_of(&browser.session);
    assert!(!opens(&world, &tokens).await);
    let refused = refresh(&world, &tokens.refresh).await;
    assert!(matches!(refused, Err(RefreshTokensError::Over)));
}

#[tokio::test]
async fn a_token_that_was_altered_or_made_elsewhere_opens_nothing() {
    let world = World::new();
    let (sara, tokens) = program(&world).await;
    let parts: Vec<&str> = tokens.access.split('.').collect();
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", parts[1]);
    let cut = &tokens.access[..tokens.access.len() - 2];
    for wrong in ["", "x.y.z", cut, &unsigned, &tokens.refresh.to_string()] {
        let found = world.authenticate_token(wrong).await.unwrap();
        assert!(found.is_none(), "{wrong}");
    }
    let other = World::with(|config| config.identity.tokens.access_key = CodeKey::new([1; 32]));
    let elsewhere = World::with(|config| config.site_url = "https://evil.example".into());
    for foreign in [other, elsewhere] {
        assert!(!opens(&world, &foreign.tokens_of(&sara.session)).await);
    }
    let mut stranger = sara.session.clone();
    stranger.user = domain::id::UserId::derived(&[b"stranger"]);
    assert!(!opens(&world, &world.tokens_of(&stranger)).await);
    assert!(opens(&world, &tokens).await);
}

#[tokio::test]
async fn a_refresh_token_is_used_up_by_the_pair_that_it_gets() {
    let world = World::new();
    let (_, first) = program(&world).await;
    let text = first.refresh.to_string();
    let second = refresh(&world, &text.parse().unwrap()).await.unwrap();
    assert!(opens(&world, &second).await);
    assert_ne!(first.refresh, second.refresh);
    let third = refresh(&world, &second.refresh).await.unwrap();
    assert!(opens(&world, &third).await);
}

#[tokio::test]
async fn whoever_lost_the_answer_gets_it_once_more_within_ten_seconds() {
    let world = World::new();
    let (_, first) = program(&world).await;
    let second = refresh(&world, &first.refresh).await.unwrap();
    world.advance(Span::seconds(10));
    let again = refresh(&world, &first.refresh).await.unwrap();
    assert_eq!(again.refresh, second.refresh);
}

#[tokio::test]
async fn an_old_refresh_token_shows_a_copy_and_ends_the_session() {
    let world = World::new();
    let (_, first) = program(&world).await;
    let second = refresh(&world, &first.refresh).await.unwrap();
    world.advance(Span::seconds(11));
    let reused = refresh(&world, &first.refresh).await;
    assert!(matches!(reused, Err(RefreshTokensError::Reused)));
    assert!(!opens(&world, &second).await);
    let over = refresh(&world, &second.refresh).await;
    assert!(matches!(over, Err(RefreshTokensError::Over)));
}

#[tokio::test]
async fn a_token_before_the_last_one_is_a_copy_at_once() {
    let world = World::new();
    let (_, first) = program(&world).await;
    let second = refresh(&world, &first.refresh).await.unwrap();
    refresh(&world, &second.refresh).await.unwrap();
    let reused = refresh(&world, &first.refresh).await;
    assert!(matches!(reused, Err(RefreshTokensError::Reused)));
}

#[tokio::test]
async fn of_many_that_refresh_at_once_all_get_the_same_pair() {
    let world = World::new();
    let (_, first) = program(&world).await;
    let tries = (0..20).map(|_| {
        let (services, client) = (world.services(), world.client());
        let token = first.refresh.clone();
        tokio::spawn(async move { services.refresh_tokens(&VISITOR, &client, &token).await })
    });
    let mut got = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        let (_, tokens) = one.await.unwrap().unwrap();
        got.push(tokens.refresh.to_string());
    }
    got.dedup();
    assert_eq!(got.len(), 1, "one refresh, however many asked");
}

#[tokio::test]
async fn a_session_that_was_ended_opens_nothing_by_any_token() {
    let world = World::new();
    let (sara, tokens) = program(&world).await;
    world.sign_out(&sara.actor()).await.unwrap();
    assert!(!opens(&world, &tokens).await);
    let over = refresh(&world, &tokens.refresh).await;
    assert!(matches!(over, Err(RefreshTokensError::Over)));
}

#[tokio::test]
async fn a_refresh_token_that_nobody_gave_gets_nothing_and_ends_nothing() {
    let world = World::new();
    let other = World::with(|config| config.identity.tokens.refresh_key = CodeKey::new([1; 32]));
    let (signed_in, tokens) = program(&world).await;
    let forged = other.tokens_of(&signed_in.session).refresh;
    let over = refresh(&world, &forged).await;
    assert!(matches!(over, Err(RefreshTokensError::Over)));
    assert!(opens(&world, &tokens).await);
}

#[tokio::test]
async fn after_a_change_of_keys_the_tokens_before_it_are_still_taken() {
    let (old, new) = (CodeKey::new([1; 32]), CodeKey::new([2; 32]));
    let before = {
        let old = old.clone();
        World::with(move |config| {
            config.identity.tokens.access_key = old.clone();
            config.identity.tokens.refresh_key = old;
        })
    };
    let after = World::with(move |config| {
        let tokens = &mut config.identity.tokens;
        (tokens.access_key, tokens.refresh_key) = (new.clone(), new);
        (tokens.former_access_key, tokens.former_refresh_key) = (Some(old.clone()), Some(old));
    });
    let (signed_in, _) = program(&after).await;
    let given_before = before.tokens_of(&signed_in.session);
    assert!(opens(&after, &given_before).await);
    let next = refresh(&after, &given_before.refresh).await.unwrap();
    assert!(opens(&after, &next).await);
}

#[tokio::test]
async fn a_stranger_who_guesses_passwords_cuts_no_program_off() {
    let world = World::new();
    let (_, tokens) = program(&world).await;
    let client = world.client();
    for number in 0..70 {
        let guess = credentials(&format!("nobody{number}"), "surely not this one");
        drop(world.sign_in(&VISITOR, &client, guess).await);
    }
    let refreshed = world
        .refresh_tokens(&VISITOR, &client, &tokens.refresh)
        .await;
    assert!(refreshed.is_ok());
}

#[tokio::test]
async fn programs_push_no_browser_out_of_those_that_are_known() {
    let world = World::new();
    let browser = world.sign_up("sara").await;
    let client = Client {
        kind: SessionKind::Api,
        ..world.client()
    };
    for _ in 0..12 {
        world.sign_in_as(&client, "sara").await;
    }
    let sara = world.find("sara").await.unwrap();
    assert!(sara.knows_device(browser.device.digest()));
}
