//! Nobody learns from us whether an address has an account: not by words, not by work, not by
//! what comes after.

use domain::challenge::SixDigits;
use domain::password::Password;
use services::Actor;
use services::identity::{
    ResetPassword, ResetPasswordError, SignInError, StartReset, VerifySignUp, VerifySignUpError,
};

use crate::world::{World, code_in, credentials, email, sign_up};

const VISITOR: Actor = Actor::Visitor;

/// How many password hashes `work` takes.
async fn hashes<T>(world: &World, work: impl Future<Output = T>) -> (T, u64) {
    let before = world.password_hashes_computed();
    let result = work.await;
    (result, world.password_hashes_computed() - before)
}

#[tokio::test]
async fn signing_in_costs_one_hash_and_says_the_same_whether_there_is_an_account_or_not() {
    let world = World::new();
    world.sign_up("known").await;
    let mut answers = Vec::new();
    for name in ["known", "unknown"] {
        let client = world.client();
        let attempt = world.sign_in(&VISITOR, &client, credentials(name, "not the password"));
        let (answer, computed) = hashes(&world, attempt).await;
        assert_eq!(computed, 1, "{name}");
        let error = answer.unwrap_err();
        assert!(matches!(error, SignInError::Wrong));
        answers.push(error.to_string());
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn an_address_without_an_account_is_locked_like_any_other() {
    let world = World::new();
    world.sign_up("known").await;
    for name in ["known", "unknown"] {
        let client = world.client();
        let attempt = async || {
            world
                .sign_in(&VISITOR, &client, credentials(name, "not the password"))
                .await
        };
        for _ in 0..5 {
            assert!(matches!(attempt().await, Err(SignInError::Wrong)), "{name}");
        }
        assert!(
            matches!(attempt().await, Err(SignInError::Locked { .. })),
            "{name}"
        );
    }
}

#[tokio::test]
async fn signing_up_answers_the_same_and_only_the_mail_differs() {
    let world = World::new();
    world.sign_up("known").await;
    let mut subjects = Vec::new();
    for name in ["known", "unknown"] {
        let client = world.client();
        let services = world.services();
        let attempt = services.start_sign_up(&VISITOR, &client, sign_up(name));
        let (ticket, computed) = hashes(&world, attempt).await;
        assert_eq!(computed, 1, "{name}");
        let ticket = ticket.unwrap();
        let shown = world.sign_up_address(&ticket).await.unwrap();
        assert_eq!(shown.as_deref(), Some(email(name).as_str()));
        subjects.push(world.only_mail().await.subject);

        let code = SixDigits::new("000000").unwrap();
        let verify = VerifySignUp {
            ticket: ticket.clone(),
            code,
        };
        let refused = world.verify_sign_up(&VISITOR, &client, verify).await;
        assert!(
            matches!(refused, Err(VerifySignUpError::WrongCode { left: 4 })),
            "{name}"
        );
        world
            .resend_sign_up_code(&VISITOR, &client, &ticket)
            .await
            .unwrap();
        world.only_mail().await;
    }
    assert_eq!(
        subjects,
        ["You already have an Amn account", "Your code for Amn"]
    );
}

#[tokio::test]
async fn the_letter_to_a_known_address_holds_no_code() {
    let world = World::new();
    world.sign_up("known").await;
    world.start_sign_up(&world.client(), "known").await;
    let letter = world.only_mail().await;
    assert!(
        letter
            .text
            .lines()
            .all(|line| SixDigits::new(line).is_err())
    );
    assert!(letter.text.contains("https://amn.example/auth/sign-in"));
}

#[tokio::test]
async fn a_reset_answers_the_same_for_an_address_without_an_account() {
    let world = World::new();
    world.sign_up("known").await;
    let mut answers = Vec::new();
    for name in ["known", "unknown"] {
        let client = world.client();
        let start = StartReset { email: email(name) };
        let attempt = world.start_reset(&VISITOR, &client, start);
        let (started, computed) = hashes(&world, attempt).await;
        assert!(started.is_ok());
        assert_eq!(computed, 0);
        world.only_mail().await;
        let mut said = Vec::new();
        for _ in 0..7 {
            let reset = ResetPassword {
                email: email(name),
                code: SixDigits::new("000000").unwrap(),
                new: Password::typed("a quite different phrase"),
            };
            let refused = world.reset_password(&VISITOR, &client, reset).await;
            said.push(refused.unwrap_err().to_string());
        }
        answers.push(said);
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0][0].contains("4 tries left"));
    assert!(answers[0][6].contains("no longer counts"));
}

#[tokio::test]
async fn a_reset_that_nobody_asked_for_is_refused_alike() {
    let world = World::new();
    world.sign_up("known").await;
    for name in ["known", "unknown"] {
        let reset = ResetPassword {
            email: email(name),
            code: SixDigits::new("000000").unwrap(),
            new: Password::typed("a quite different phrase"),
        };
        let refused = world.reset_password(&VISITOR, &world.client(), reset).await;
        assert!(
            matches!(refused, Err(ResetPasswordError::CodeSpent)),
            "{name}"
        );
    }
}

#[tokio::test]
async fn whoever_proves_the_mailbox_of_an_account_opened_meanwhile_is_told_to_sign_in() {
    let world = World::new();
    let client = world.client();
    let ticket = world.start_sign_up(&client, "sara").await;
    let code = code_in(&world.only_mail().await);
    world.sign_up("sara").await;
    let verify = VerifySignUp { ticket, code };
    let refused = world.verify_sign_up(&VISITOR, &client, verify).await;
    assert!(matches!(refused, Err(VerifySignUpError::AddressTaken)));
}
