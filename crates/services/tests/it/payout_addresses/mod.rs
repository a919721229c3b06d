//! Adding, confirming, stopping and removing payout addresses.

use domain::password::Password;
use domain::user::{AddressState, PayoutAddress, PayoutStanding, UserRejection};
use domain::{Network, Span};
use services::Actor;
use services::identity::SignedIn;
use services::payout_addresses::{
    AddAddress, AddAddressError, AddressError, ConfirmAddress, ConfirmAddressError,
    ResendAddressCodeError, StopAddressError, StopTicket,
};
use services::people::ChangeUserError;
use services::ports::Mail;

use crate::world::{PASSWORD, World, code_in, wrong};

const ALPHA: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const BETA: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";

fn add(address: &str) -> AddAddress {
    AddAddress {
        network: Network::Bsc,
        address: address.into(),
        label: None,
        password: Password::typed(PASSWORD),
        look_alike_accepted: false,
    }
}

async fn added(world: &World, person: &SignedIn, address: &str) -> (PayoutAddress, Mail) {
    let added = world
        .add_payout_address(&person.actor(), &world.client(), add(address))
        .await;
    (added.unwrap(), world.only_mail().await)
}

/// Adds and confirms; the letter about it is the second result.
async fn confirmed(world: &World, person: &SignedIn, address: &str) -> (PayoutAddress, Mail) {
    let (added, letter) = added(world, person, address).await;
    let confirm = ConfirmAddress {
        id: added.id,
        code: code_in(&letter),
    };
    let confirmed = world
        .confirm_payout_address(&person.actor(), confirm)
        .await
        .unwrap();
    (confirmed, world.only_mail().await)
}

fn stop_link(mail: &Mail) -> StopTicket {
    let found = mail
        .text
        .lines()
        .find_map(|line| line.split_once("/stop?ticket="));
    found.expect("the letter has the link").1.parse().unwrap()
}

#[tokio::test]
async fn an_address_is_confirmed_by_its_mailed_code_and_then_waits_24_hours() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (address, letter) = confirmed(&world, &omid, ALPHA).await;
    assert!(letter.text.contains("in 24 hours"), "{}", letter.text);
    let until = world.now().plus(Span::hours(24));
    assert_eq!(address.state(world.now()), AddressState::Waiting(until));
    let user = world.find("omid").await.unwrap();
    let standing = |at| user.payout_standing(Network::Bsc, ALPHA, at);
    assert_eq!(standing(world.now()), PayoutStanding::AddressWaits(until));
    assert_eq!(standing(until), PayoutStanding::Ready);
}

#[tokio::test]
async fn the_owner_is_told_when_an_address_is_in_use() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    confirmed(&world, &omid, ALPHA).await;
    world.advance(Span::hours(24));
    let letter = world.only_mail().await;
    assert_eq!(letter.subject, "Your payout address is in use");
    assert!(letter.text.contains(ALPHA));
}

#[tokio::test]
async fn the_letter_shows_the_whole_address_with_its_checksum() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (address, letter) = added(&world, &omid, &ALPHA.to_lowercase()).await;
    assert_eq!(address.address, ALPHA);
    assert!(letter.text.contains(ALPHA) && letter.html.contains(ALPHA));
}

#[tokio::test]
async fn adding_an_address_takes_the_password_and_guessing_it_locks() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let client = world.client();
    let guess = async || {
        let add = AddAddress {
            password: Password::typed("guess"),
            ..add(ALPHA)
        };
        world.add_payout_address(&omid.actor(), &client, add).await
    };
    for _ in 0..5 {
        assert!(matches!(guess().await, Err(AddAddressError::WrongPassword)));
    }
    assert!(matches!(guess().await, Err(AddAddressError::Locked { .. })));
    assert!(world.mails().await.is_empty());
}

#[tokio::test]
async fn a_mistyped_address_is_refused_before_anything_else() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let mistyped = add(&ALPHA.replace("aAeb", "AAeb"));
    let refused = world
        .add_payout_address(&omid.actor(), &world.client(), mistyped)
        .await;
    let checksum = AddressError::Checksum;
    assert!(matches!(refused, Err(AddAddressError::Address(why)) if why == checksum));
}

#[tokio::test]
async fn five_wrong_codes_spend_it_and_a_new_one_can_be_asked_for() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (address, letter) = added(&world, &omid, ALPHA).await;
    let right = code_in(&letter);
    let attempt = async |code| {
        let confirm = ConfirmAddress {
            id: address.id,
            code,
        };
        world.confirm_payout_address(&omid.actor(), confirm).await
    };
    for tries_left in (0..5).rev() {
        let refused = attempt(wrong(&right)).await.unwrap_err();
        assert!(matches!(refused, ConfirmAddressError::WrongCode { left } if left == tries_left));
    }
    let spent = attempt(right).await;
    assert!(matches!(spent, Err(ConfirmAddressError::CodeSpent)));
    world
        .resend_address_code(&omid.actor(), address.id)
        .await
        .unwrap();
    let fresh = code_in(&world.only_mail().await);
    attempt(fresh).await.unwrap();
    let again = world.resend_address_code(&omid.actor(), address.id).await;
    assert!(matches!(again, Err(ResendAddressCodeError::NotFound)));
}

#[tokio::test]
async fn a_code_confirms_the_address_it_was_mailed_for_and_no_other() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (first, letter) = added(&world, &omid, ALPHA).await;
    let elsewhere = AddAddress {
        network: Network::Polygon,
        ..add(BETA)
    };
    let second = world
        .add_payout_address(&omid.actor(), &world.client(), elsewhere)
        .await
        .unwrap();
    let attempt = async |id| {
        let confirm = ConfirmAddress {
            id,
            code: code_in(&letter),
        };
        world.confirm_payout_address(&omid.actor(), confirm).await
    };
    let other = attempt(second.id).await;
    assert!(matches!(other, Err(ConfirmAddressError::WrongCode { .. })));
    let replaced = attempt(first.id).await;
    assert!(matches!(replaced, Err(ConfirmAddressError::CodeSpent)));
}

#[tokio::test]
async fn an_address_gets_five_codes_a_day() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (address, _) = added(&world, &omid, ALPHA).await;
    for _ in 0..4 {
        world
            .resend_address_code(&omid.actor(), address.id)
            .await
            .unwrap();
    }
    let sixth = world.resend_address_code(&omid.actor(), address.id).await;
    assert!(matches!(sixth, Err(ResendAddressCodeError::Throttled(_))));
    // What can have no code is not added either.
    let client = world.client();
    let actor = omid.actor();
    let other = world.add_payout_address(&actor, &client, add(BETA)).await;
    assert!(matches!(other, Err(AddAddressError::Throttled(_))));
    let known = world.find("omid").await.unwrap();
    assert_eq!(known.listed().count(), 1);
}

#[tokio::test]
async fn a_suspended_person_adds_the_address_that_an_open_deal_pays_back_to() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let ada = world.person("ada", &[domain::Role::Admin]).await;
    let why = domain::text::Line::new("Fraud").unwrap();
    let suspended = world.suspend_user(&ada.actor(), omid.user.id, why).await;
    suspended.unwrap();
    let omid = world.sign_in_as(&world.client(), "omid").await;
    let (confirmed, _) = confirmed(&world, &omid, ALPHA).await;
    assert!(confirmed.is_confirmed());
}

#[tokio::test]
async fn the_link_stops_an_address_without_signing_in_and_locks_the_thief_out() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (_, letter) = confirmed(&world, &omid, ALPHA).await;
    let ticket = stop_link(&letter);
    let shown = world
        .stoppable_address(&Actor::Visitor, &ticket)
        .await
        .unwrap();
    assert_eq!(shown.address, ALPHA);
    let client = world.client();
    world
        .stop_payout_address(&Actor::Visitor, &client, &ticket)
        .await
        .unwrap();

    assert!(world.authenticate(&omid.secret).await.unwrap().is_none());
    let user = world.find("omid").await.unwrap();
    assert_eq!(user.listed().count(), 0);
    assert!(user.payouts_blocked(world.now()).is_some());
    assert_eq!(world.only_mail().await.subject, "Payout address stopped");
    world.advance(Span::hours(25));
    assert!(
        world.mails().await.is_empty(),
        "no letter says that it is in use"
    );

    let twice = world
        .stop_payout_address(&Actor::Visitor, &client, &ticket)
        .await;
    let gone = UserRejection::NoSuchAddress;
    assert!(matches!(twice, Err(StopAddressError::Rejected(why)) if why == gone));
}

#[tokio::test]
async fn both_letters_about_an_address_carry_the_same_link() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (address, first) = added(&world, &omid, ALPHA).await;
    let confirm = ConfirmAddress {
        id: address.id,
        code: code_in(&first),
    };
    world
        .confirm_payout_address(&omid.actor(), confirm)
        .await
        .unwrap();
    assert_eq!(stop_link(&first), stop_link(&world.only_mail().await));
}

#[tokio::test]
async fn a_link_that_we_did_not_mail_stops_nothing() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (_, letter) = confirmed(&world, &omid, ALPHA).await;
    let ticket = stop_link(&letter).to_string();
    let cut = ticket.rsplit_once('.').unwrap().0;
    let forged: StopTicket = format!("{cut}.{}", omid.device).parse().unwrap();
    let refused = world
        .stop_payout_address(&Actor::Visitor, &world.client(), &forged)
        .await;
    let none = UserRejection::NoSuchAddress;
    assert!(matches!(refused, Err(StopAddressError::Rejected(why)) if why == none));
}

#[tokio::test]
async fn a_removed_address_is_not_announced_as_in_use() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let (address, _) = confirmed(&world, &omid, ALPHA).await;
    world
        .remove_payout_address(&omid.actor(), address.id)
        .await
        .unwrap();
    world.advance(Span::hours(25));
    assert!(world.mails().await.is_empty());
}

#[tokio::test]
async fn nobody_confirms_or_removes_the_address_of_another() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    let sara = world.sign_up("sara").await;
    let (address, letter) = added(&world, &omid, ALPHA).await;
    let confirm = ConfirmAddress {
        id: address.id,
        code: code_in(&letter),
    };
    let confirmed = world.confirm_payout_address(&sara.actor(), confirm).await;
    let none = UserRejection::NoSuchAddress;
    assert!(matches!(confirmed, Err(ConfirmAddressError::Rejected(why)) if why == none));
    let removed = world.remove_payout_address(&sara.actor(), address.id).await;
    assert!(matches!(removed, Err(ChangeUserError::Rejected(why)) if why == none));
}
