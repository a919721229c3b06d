//! Setting another password, and the cost of the hash.

use domain::password::{Password, PasswordRejection};
use services::Actor;
use services::config::PasswordCost;
use services::identity::{ChangePassword, ChangePasswordError, SignInError};

use crate::world::{PASSWORD, World, credentials};

const NEW: &str = "an entirely other phrase";

fn change(current: &str, new: &str) -> ChangePassword {
    ChangePassword {
        current: Password::typed(current),
        new: Password::typed(new),
    }
}

#[tokio::test]
async fn a_change_ends_every_other_session_and_keeps_this_browser_signed_in() {
    let world = World::new();
    let here = world.sign_up("sara").await;
    let there = world.sign_in_as(&world.client(), "sara").await;
    let changed = world
        .change_password(&here.actor(), &world.client(), change(PASSWORD, NEW))
        .await;
    let changed = changed.unwrap();
    for old in [&here, &there] {
        assert!(world.authenticate(&old.secret).await.unwrap().is_none());
    }
    assert!(world.authenticate(&changed.secret).await.unwrap().is_some());

    let client = world.client();
    let old = world
        .sign_in(&Actor::Visitor, &client, credentials("sara", PASSWORD))
        .await;
    assert!(matches!(old, Err(SignInError::Wrong)));
    let new = world
        .sign_in(&Actor::Visitor, &client, credentials("sara", NEW))
        .await;
    assert!(new.is_ok());
}

#[tokio::test]
async fn the_owner_is_told_of_a_change_by_mail() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let changed = world
        .change_password(&sara.actor(), &world.client(), change(PASSWORD, NEW))
        .await;
    changed.unwrap();
    let letter = world.only_mail().await;
    assert_eq!(letter.subject, "Your Amn password was changed");
    assert!(!letter.text.contains(NEW));
}

#[tokio::test]
async fn a_change_needs_the_current_password_and_guessing_it_locks() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let guess = async || {
        world
            .change_password(&sara.actor(), &client, change("guess", NEW))
            .await
    };
    for _ in 0..5 {
        assert!(matches!(
            guess().await,
            Err(ChangePasswordError::WrongCurrent)
        ));
    }
    assert!(matches!(
        guess().await,
        Err(ChangePasswordError::Locked { .. })
    ));
}

#[tokio::test]
async fn a_changed_password_has_to_pass_the_rules_of_a_new_one() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let refused = world
        .change_password(
            &sara.actor(),
            &world.client(),
            change(PASSWORD, "password123"),
        )
        .await;
    let common = PasswordRejection::Common;
    assert!(matches!(refused, Err(ChangePasswordError::Password(why)) if why == common));
}

#[tokio::test]
async fn a_stored_hash_of_yesterdays_cost_is_raised_at_the_next_sign_in() {
    let world = World::with(|config| {
        config.identity.password_cost = PasswordCost {
            memory_kib: 16,
            passes: 1,
        };
    });
    world.sign_up("sara").await;
    let phc = |user: domain::User| user.password.unwrap().as_str().to_owned();
    let at_first = phc(world.find("sara").await.unwrap());
    assert!(
        at_first.starts_with("$argon2id$v=19$m=16,t=1,p=1$"),
        "{at_first}"
    );

    let mut old = world.find("sara").await.unwrap();
    let cheap = "$argon2id$v=19$m=8,t=1,p=1$";
    old.password = Some(domain::user::PasswordHash::new(hash_of(PASSWORD, cheap)));
    old.version += 1;
    world
        .services()
        .store()
        .users()
        .commit(&old, old.version - 1)
        .await
        .unwrap();

    world.sign_in_as(&world.client(), "sara").await;
    let raised = phc(world.find("sara").await.unwrap());
    assert!(raised.starts_with("$argon2id$v=19$m=16,"), "{raised}");
    world.sign_in_as(&world.client(), "sara").await;
    assert_eq!(
        phc(world.find("sara").await.unwrap()),
        raised,
        "raised once"
    );
}

/// The password hashed with the cost that the beginning of a PHC string names.
fn hash_of(password: &str, cost: &str) -> String {
    use argon2::password_hash::{PasswordHasher, SaltString};
    let params = argon2::Params::new(8, 1, 1, None).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let salt = SaltString::encode_b64(&[3; 16]).unwrap();
    let hash = argon2
        .hash_password(password.as_bytes(), &salt)
        .unwrap()
        .to_string();
    assert!(hash.starts_with(cost));
    hash
}
