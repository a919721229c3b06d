//! Asking for an account, and the code that opens it.

use domain::SellerStatus;
use domain::Span;
use domain::challenge::CODE_LIFE;
use domain::password::{Password, PasswordRejection};
use services::Actor;
use services::config::SellerApproval;
use services::identity::{
    ResendError, StartSignUp, StartSignUpError, VerifySignUp, VerifySignUpError,
};

use crate::world::{World, code_in, email, sign_up, wrong};

const VISITOR: Actor = Actor::Visitor;

#[tokio::test]
async fn the_mailed_code_opens_the_account_and_signs_in() {
    let world = World::new();
    let signed_in = world.sign_up("sara").await;
    assert_eq!(signed_in.user.email, email("sara"));
    let authenticated = world.authenticate(&signed_in.secret).await.unwrap();
    assert_eq!(authenticated.unwrap().user, signed_in.user);
}

#[tokio::test]
async fn a_wrong_code_says_how_many_tries_are_left_and_the_fifth_spends_it() {
    let world = World::new();
    let client = world.client();
    let ticket = world.start_sign_up(&client, "sara").await;
    let right = code_in(&world.only_mail().await);
    let attempt = async |code| {
        let ticket = ticket.clone();
        let verify = VerifySignUp { ticket, code };
        world.verify_sign_up(&VISITOR, &client, verify).await
    };
    for tries_left in (0..5).rev() {
        let refused = attempt(wrong(&right)).await.unwrap_err();
        assert!(matches!(refused, VerifySignUpError::WrongCode { left } if left == tries_left));
    }
    let refused = attempt(right.clone()).await.unwrap_err();
    assert!(matches!(refused, VerifySignUpError::CodeSpent));

    world
        .resend_sign_up_code(&VISITOR, &client, &ticket)
        .await
        .unwrap();
    let old = attempt(right).await.unwrap_err();
    assert!(
        matches!(old, VerifySignUpError::WrongCode { .. }),
        "only the new code counts"
    );
    let fresh = code_in(&world.only_mail().await);
    assert!(attempt(fresh).await.is_ok());
}

#[tokio::test]
async fn a_burst_of_guesses_gets_five_tries_like_a_slow_one() {
    let world = World::new();
    let client = world.client();
    let ticket = world.start_sign_up(&client, "sara").await;
    let guesses = (0..30).map(|n| {
        let (services, client, ticket) = (world.services(), client.clone(), ticket.clone());
        let code = domain::challenge::SixDigits::new(&format!("{n:06}")).unwrap();
        tokio::spawn(async move {
            let verify = VerifySignUp { ticket, code };
            services.verify_sign_up(&VISITOR, &client, verify).await
        })
    });
    let mut compared = 0;
    for guess in guesses.collect::<Vec<_>>() {
        if let Err(VerifySignUpError::WrongCode { .. }) = guess.await.unwrap() {
            compared += 1;
        }
    }
    assert!(compared <= 5, "{compared} guesses were compared");
}

#[tokio::test]
async fn a_code_older_than_thirty_minutes_does_not_count() {
    let world = World::new();
    let client = world.client();
    let ticket = world.start_sign_up(&client, "sara").await;
    let code = code_in(&world.only_mail().await);
    world.advance(CODE_LIFE);
    let verify = VerifySignUp { ticket, code };
    let late = world.verify_sign_up(&VISITOR, &client, verify).await;
    assert!(matches!(late, Err(VerifySignUpError::NoSignUp)));
}

#[tokio::test]
async fn an_attempt_belongs_to_the_browser_that_began_it() {
    let world = World::new();
    let client = world.client();
    let mine = world.start_sign_up(&client, "sara").await;
    let code = code_in(&world.only_mail().await);
    let theirs = world.start_sign_up(&world.client(), "sara").await;
    let theirs = theirs.to_string();
    let (_, secret) = theirs.split_once('.').unwrap();
    let mine = mine.to_string();
    let (id, _) = mine.split_once('.').unwrap();
    let forged = format!("{id}.{secret}").parse().unwrap();
    let verify = VerifySignUp {
        ticket: forged,
        code,
    };
    let refused = world.verify_sign_up(&VISITOR, &client, verify).await;
    assert!(matches!(refused, Err(VerifySignUpError::NoSignUp)));
}

#[tokio::test]
async fn nobody_registers_over_another_attempt() {
    let world = World::new();
    let (honest, thief) = (world.client(), world.client());
    let ticket = world.start_sign_up(&honest, "sara").await;
    let code = code_in(&world.only_mail().await);
    let theirs = StartSignUp {
        password: Password::typed("the thief's own password"),
        ..sign_up("sara")
    };
    world
        .services()
        .start_sign_up(&VISITOR, &thief, theirs)
        .await
        .unwrap();
    let verify = VerifySignUp { ticket, code };
    world
        .verify_sign_up(&VISITOR, &honest, verify)
        .await
        .unwrap();
    world.sign_in_as(&honest, "sara").await;
}

#[tokio::test]
async fn a_code_entered_twice_opens_one_account() {
    let world = World::new();
    let client = world.client();
    let ticket = world.start_sign_up(&client, "sara").await;
    let code = code_in(&world.only_mail().await);
    let both = [0, 1].map(|_| {
        let (services, client) = (world.services(), client.clone());
        let verify = VerifySignUp {
            ticket: ticket.clone(),
            code: code.clone(),
        };
        tokio::spawn(async move { services.verify_sign_up(&VISITOR, &client, verify).await })
    });
    let mut opened = Vec::new();
    for one in both {
        opened.extend(one.await.unwrap().map(|signed_in| signed_in.user.id));
    }
    opened.dedup();
    assert_eq!(opened.len(), 1);
}

#[tokio::test]
async fn an_address_gets_five_codes_a_day() {
    let world = World::new();
    let client = world.client();
    let ticket = world.start_sign_up(&client, "sara").await;
    for _ in 0..4 {
        world
            .resend_sign_up_code(&VISITOR, &client, &ticket)
            .await
            .unwrap();
    }
    let sixth = world.resend_sign_up_code(&VISITOR, &client, &ticket).await;
    assert!(matches!(sixth, Err(ResendError::Throttled(_))));
    let elsewhere = world
        .services()
        .start_sign_up(&VISITOR, &world.client(), sign_up("sara"))
        .await;
    assert!(matches!(elsewhere, Err(StartSignUpError::Throttled(_))));
    assert_eq!(world.mails().await.len(), 5);

    world.advance(Span::hours(24));
    assert!(
        world
            .services()
            .start_sign_up(&VISITOR, &client, sign_up("sara"))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_password_that_everybody_tries_is_refused() {
    let world = World::new();
    for (password, rejection) in [
        ("password123", PasswordRejection::Common),
        ("short", PasswordRejection::TooShort),
        ("sara@example.com", PasswordRejection::Personal),
    ] {
        let command = StartSignUp {
            password: Password::typed(password),
            ..sign_up("sara")
        };
        let refused = world
            .services()
            .start_sign_up(&VISITOR, &world.client(), command)
            .await;
        assert!(
            matches!(refused, Err(StartSignUpError::Password(why)) if why == rejection),
            "{password}"
        );
    }
    assert!(world.mails().await.is_empty());
}

#[tokio::test]
async fn who_wants_to_sell_waits_for_approval_where_admins_decide() {
    for (approval, status) in [
        (SellerApproval::Manual, SellerStatus::Pending),
        (SellerApproval::Auto, SellerStatus::Approved),
    ] {
        let world = World::with(|config| config.identity.seller_approval = approval);
        let client = world.client();
        let command = StartSignUp {
            wants_to_sell: true,
            ..sign_up("omid")
        };
        let ticket = world
            .services()
            .start_sign_up(&VISITOR, &client, command)
            .await
            .unwrap();
        let code = code_in(&world.only_mail().await);
        let verify = VerifySignUp { ticket, code };
        let opened = world
            .verify_sign_up(&VISITOR, &client, verify)
            .await
            .unwrap();
        assert_eq!(opened.user.seller_status, status);
    }
}
