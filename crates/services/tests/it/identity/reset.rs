//! Setting a new password by a mailed code.

use domain::Span;
use domain::challenge::{CODE_LIFE, SixDigits};
use domain::password::{Password, PasswordRejection};
use services::Actor;
use services::identity::{ResetPassword, ResetPasswordError, StartReset, StartResetError};

use crate::world::{World, code_in, credentials, email, wrong};

const VISITOR: Actor = Actor::Visitor;
const NEW: &str = "an entirely other phrase";

async fn ask(world: &World) -> SixDigits {
    let start = StartReset {
        email: email("sara"),
    };
    world
        .start_reset(&VISITOR, &world.client(), start)
        .await
        .unwrap();
    code_in(&world.only_mail().await)
}

async fn reset(world: &World, code: SixDigits, new: &str) -> Result<(), ResetPasswordError> {
    let command = ResetPassword {
        email: email("sara"),
        code,
        new: Password::typed(new),
    };
    world
        .reset_password(&VISITOR, &world.client(), command)
        .await
}

#[tokio::test]
async fn the_code_sets_a_new_password_ends_all_sessions_and_tells_the_owner() {
    let world = World::new();
    let before = world.sign_up("sara").await;
    let code = ask(&world).await;
    reset(&world, code, NEW).await.unwrap();
    assert!(world.authenticate(&before.secret).await.unwrap().is_none());
    let signed_in = world
        .sign_in(&VISITOR, &world.client(), credentials("sara", NEW))
        .await;
    assert!(signed_in.is_ok());
    assert_eq!(
        world.only_mail().await.subject,
        "Your Amn password was changed"
    );
}

#[tokio::test]
async fn a_reset_blocks_payouts_for_72_hours() {
    let world = World::new();
    world.sign_up("sara").await;
    let code = ask(&world).await;
    let at = world.now();
    reset(&world, code, NEW).await.unwrap();
    let until = at.plus(Span::hours(72));
    let user = world.find("sara").await.unwrap();
    assert_eq!(user.payouts_blocked(at), Some(until));
    assert_eq!(user.payouts_blocked(until), None);
}

#[tokio::test]
async fn a_code_counts_once() {
    let world = World::new();
    world.sign_up("sara").await;
    let code = ask(&world).await;
    reset(&world, code.clone(), NEW).await.unwrap();
    let again = reset(&world, code, "yet another long phrase").await;
    assert!(matches!(again, Err(ResetPasswordError::CodeSpent)));
}

#[tokio::test]
async fn five_wrong_codes_spend_it() {
    let world = World::new();
    world.sign_up("sara").await;
    let code = ask(&world).await;
    for tries_left in (0..5).rev() {
        let refused = reset(&world, wrong(&code), NEW).await.unwrap_err();
        assert!(matches!(refused, ResetPasswordError::WrongCode { left } if left == tries_left));
    }
    let right = reset(&world, code, NEW).await;
    assert!(matches!(right, Err(ResetPasswordError::CodeSpent)));
}

#[tokio::test]
async fn a_code_of_thirty_minutes_ago_or_one_that_was_replaced_does_not_count() {
    let world = World::new();
    world.sign_up("sara").await;
    let first = ask(&world).await;
    let second = ask(&world).await;
    let old = reset(&world, first, NEW).await;
    assert!(matches!(old, Err(ResetPasswordError::WrongCode { .. })));
    world.advance(CODE_LIFE);
    let late = reset(&world, second, NEW).await;
    assert!(matches!(late, Err(ResetPasswordError::CodeSpent)));
}

#[tokio::test]
async fn the_rules_of_new_passwords_hold_and_a_refusal_costs_no_try() {
    let world = World::new();
    world.sign_up("sara").await;
    let code = ask(&world).await;
    for _ in 0..6 {
        let refused = reset(&world, code.clone(), "password123").await;
        let common = PasswordRejection::Common;
        assert!(matches!(refused, Err(ResetPasswordError::Password(why)) if why == common));
    }
    reset(&world, code, NEW).await.unwrap();
}

#[tokio::test]
async fn a_name_as_password_is_refused_after_the_right_code_and_the_code_stays() {
    let world = World::new();
    world.sign_up("sarakermani").await;
    let start = StartReset {
        email: email("sarakermani"),
    };
    world
        .start_reset(&VISITOR, &world.client(), start)
        .await
        .unwrap();
    let code = code_in(&world.only_mail().await);
    let attempt = async |new: &str| {
        let command = ResetPassword {
            email: email("sarakermani"),
            code: code.clone(),
            new: Password::typed(new),
        };
        world
            .reset_password(&VISITOR, &world.client(), command)
            .await
    };
    let refused = attempt("sarakermani77").await;
    assert!(matches!(refused, Err(ResetPasswordError::Password(_))));
    attempt(NEW).await.unwrap();
}

#[tokio::test]
async fn one_network_asks_five_times_a_day_and_strangers_do_not_keep_the_owner_out() {
    let world = World::new();
    world.sign_up("sara").await;
    let stranger = world.client();
    let start = || StartReset {
        email: email("sara"),
    };
    for _ in 0..5 {
        world
            .start_reset(&VISITOR, &stranger, start())
            .await
            .unwrap();
    }
    let sixth = world.start_reset(&VISITOR, &stranger, start()).await;
    assert!(matches!(sixth, Err(StartResetError::Throttled(_))));
    let owner = world.start_reset(&VISITOR, &world.client(), start()).await;
    assert!(owner.is_ok());
}

#[tokio::test]
async fn a_mailbox_gets_twenty_reset_codes_a_day_from_all_networks_together() {
    let world = World::new();
    world.sign_up("sara").await;
    let start = || StartReset {
        email: email("sara"),
    };
    for _ in 0..20 {
        world
            .start_reset(&VISITOR, &world.client(), start())
            .await
            .unwrap();
    }
    let more = world.start_reset(&VISITOR, &world.client(), start()).await;
    assert!(matches!(more, Err(StartResetError::Throttled(_))));
}
