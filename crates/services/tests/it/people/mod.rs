//! Profile, preferences, selling, suspension, the end of an account.

mod exporting;
mod leaving;

use domain::notification::{Channels, NotificationTopic};
use domain::password::Password;
use domain::policy::Denied;
use domain::text::{Block, Line};
use domain::user::{Calendar, TimeZoneName, UserRejection};
use domain::{Language, Role, SellerStatus, UserStatus};
use services::config::SellerApproval;
use services::people::{
    ChangeUserError, CloseAccountError, CreateAccount, CreateAccountError, EditPreferences,
    EditPreferencesError, EditProfile,
};
use services::{Actor, Failure};
use storage::{AuditFilter, Limit, PageRequest};

use crate::world::{PASSWORD, World, email};

fn first_page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

fn reason() -> Line<200> {
    Line::new("Sold the same camera twice").unwrap()
}

#[tokio::test]
async fn a_person_edits_their_profile() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let edit = EditProfile {
        first_name: sara.user.first_name.clone(),
        last_name: None,
        phone: None,
        bio: Some(Block::new("Cameras, mostly").unwrap()),
        website: None,
        is_public: false,
    };
    world.edit_profile(&sara.actor(), edit).await.unwrap();
    let read = world.read_account(&sara.actor()).await.unwrap();
    assert_eq!(read.profile.bio.unwrap().as_str(), "Cameras, mostly");
    assert!(!read.profile.is_public);
}

#[tokio::test]
async fn strangers_see_a_name_and_what_its_owner_shows() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    for is_public in [true, false] {
        let edit = EditProfile {
            first_name: sara.user.first_name.clone(),
            last_name: None,
            phone: None,
            bio: Some(Block::new("Cameras, mostly").unwrap()),
            website: None,
            is_public,
        };
        world.edit_profile(&sara.actor(), edit).await.unwrap();
        let shown = world.view_profile(&Actor::Visitor, sara.user.id).await;
        let shown = shown.unwrap();
        assert_eq!(shown.card.name, "sara");
        assert_eq!(shown.bio.is_some(), is_public);
        assert_eq!(shown.seller, None);
    }
}

#[tokio::test]
async fn sellers_are_found_by_name_while_they_may_sell() {
    let world = World::new();
    world.person("omid", &[Role::Seller]).await;
    world.person("sara", &[Role::Buyer]).await;
    let found = async |question: &str| {
        let list = world.list_sellers(&Actor::Visitor, question, first_page());
        let cards = list.await.unwrap().items.into_iter();
        cards.map(|card| card.name).collect::<Vec<_>>()
    };
    assert_eq!(found("").await, ["omid"]);
    assert_eq!(found("OMI").await, ["omid"]);
    assert!(found("sara").await.is_empty());
}

#[tokio::test]
async fn preferences_change_one_by_one() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let silent = Channels {
        in_app: true,
        email: false,
    };
    let edit = EditPreferences {
        language: Some(Language::Fa),
        calendar: Some(Some(Calendar::Gregorian)),
        time_zone: Some(Some(TimeZoneName::new("Asia/Tehran").unwrap())),
        notifications: vec![(NotificationTopic::Offer, silent)],
        ..EditPreferences::default()
    };
    world.edit_preferences(&sara.actor(), edit).await.unwrap();
    let only_language = EditPreferences {
        language: Some(Language::En),
        ..EditPreferences::default()
    };
    let user = world
        .edit_preferences(&sara.actor(), only_language)
        .await
        .unwrap();
    assert_eq!(user.preferences.language, Language::En);
    assert_eq!(user.preferences.calendar(), Calendar::Gregorian);
    assert_eq!(user.preferences.channels(NotificationTopic::Offer), silent);
}

#[tokio::test]
async fn a_time_zone_has_to_exist() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let edit = EditPreferences {
        time_zone: Some(Some(TimeZoneName::new("Asia/Atlantis").unwrap())),
        ..EditPreferences::default()
    };
    let refused = world.edit_preferences(&sara.actor(), edit).await;
    assert!(matches!(
        refused,
        Err(EditPreferencesError::UnknownTimeZone)
    ));
}

#[tokio::test]
async fn an_application_to_sell_waits_for_an_admin_who_decides_once() {
    let world = World::with(|config| config.identity.seller_approval = SellerApproval::Manual);
    let omid = world.sign_up("omid").await;
    let admin = world.person("ada", &[Role::Admin]).await;
    world.apply_to_sell(&omid.actor()).await.unwrap();

    let waiting = world
        .list_seller_applications(&admin.actor(), first_page())
        .await
        .unwrap();
    let who: Vec<_> = waiting.items.iter().map(|one| one.user).collect();
    assert_eq!(who, [omid.user.id]);
    assert!(
        !waiting.items[0].email.contains("omid@"),
        "an admin needs no whole address"
    );

    let decided = world
        .decide_seller(&admin.actor(), omid.user.id, true)
        .await
        .unwrap();
    assert!(decided.may_sell());
    assert_eq!(world.only_mail().await.subject, "You can sell on Amn now");
    let again = world
        .decide_seller(&admin.actor(), omid.user.id, false)
        .await;
    let none = UserRejection::NoApplication;
    assert!(matches!(again, Err(ChangeUserError::Rejected(why)) if why == none));
}

#[tokio::test]
async fn only_an_admin_decides_and_what_they_do_is_in_the_log() {
    let world = World::with(|config| config.identity.seller_approval = SellerApproval::Manual);
    let omid = world.sign_up("omid").await;
    world.apply_to_sell(&omid.actor()).await.unwrap();
    for roles in [
        [Role::Buyer],
        [Role::Seller],
        [Role::Support],
        [Role::Resolver],
    ] {
        let name = roles[0].code();
        let name = format!("{name}person");
        let person = world.person(&name, &roles).await;
        let refused = world
            .decide_seller(&person.actor(), omid.user.id, true)
            .await;
        let forbidden = Failure::Denied(Denied::Forbidden);
        assert!(
            matches!(&refused, Err(ChangeUserError::Failed(why)) if why.code() == forbidden.code()),
            "{name}"
        );
    }
    let admin = world.person("ada", &[Role::Admin]).await;
    world
        .decide_seller(&admin.actor(), omid.user.id, false)
        .await
        .unwrap();
    let log = world
        .services()
        .store()
        .audit()
        .list(&AuditFilter::By(admin.user.id), first_page())
        .await;
    let log = log.unwrap().items;
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].entry.action, "seller.decide");
    assert_eq!(log[0].entry.subject, format!("user:{}", omid.user.id));
}

#[tokio::test]
async fn where_nobody_decides_whoever_asks_sells_at_once() {
    let world = World::new();
    let omid = world.sign_up("omid").await;
    assert!(world.apply_to_sell(&omid.actor()).await.unwrap().may_sell());
}

#[tokio::test]
async fn a_suspended_person_stays_signed_in_and_the_reason_is_in_the_log() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let admin = world.person("ada", &[Role::Admin]).await;
    world
        .suspend_user(&admin.actor(), sara.user.id, reason())
        .await
        .unwrap();
    let authenticated = world.authenticate(&sara.secret).await.unwrap().unwrap();
    assert_eq!(authenticated.user.status, UserStatus::Suspended);
    let refused = world.apply_to_sell(&authenticated.actor()).await;
    assert!(matches!(
        refused,
        Err(ChangeUserError::Failed(Failure::Denied(Denied::Suspended)))
    ));

    world
        .reinstate_user(&admin.actor(), sara.user.id, reason())
        .await
        .unwrap();
    let subject = AuditFilter::To(format!("user:{}", sara.user.id));
    let log = world
        .services()
        .store()
        .audit()
        .list(&subject, first_page())
        .await
        .unwrap();
    let reasons: Vec<_> = log
        .items
        .iter()
        .filter_map(|one| one.entry.reason.as_deref())
        .collect();
    assert_eq!(reasons.len(), 2);
}

#[tokio::test]
async fn no_admin_suspends_themselves_or_another_admin() {
    let world = World::new();
    let ada = world.person("ada", &[Role::Admin]).await;
    let bob = world.person("bob", &[Role::Admin]).await;
    for target in [ada.user.id, bob.user.id] {
        let refused = world.suspend_user(&ada.actor(), target, reason()).await;
        assert!(matches!(
            refused,
            Err(ChangeUserError::Failed(Failure::Denied(Denied::Forbidden)))
        ));
    }
}

#[tokio::test]
async fn the_first_admin_is_made_by_the_operator_and_by_nobody_else() {
    let world = World::new();
    let create = || CreateAccount {
        email: email("ada"),
        password: Password::typed(PASSWORD),
        first_name: None,
        last_name: None,
        roles: [Role::Admin].into_iter().collect(),
        language: Language::En,
    };
    let visitor = world.create_account(&Actor::Visitor, create()).await;
    assert!(matches!(
        visitor,
        Err(CreateAccountError::Failed(Failure::Denied(_)))
    ));
    let made = world
        .create_account(&Actor::System, create())
        .await
        .unwrap();
    assert!(made.roles.has(Role::Admin));
    let twice = world.create_account(&Actor::System, create()).await;
    assert!(matches!(twice, Err(CreateAccountError::AddressTaken)));
    let weak = CreateAccount {
        password: Password::typed("admin12345"),
        ..create()
    };
    let weak = world.create_account(&Actor::System, weak).await;
    assert!(matches!(weak, Err(CreateAccountError::Password(_))));
}

#[tokio::test]
async fn a_closed_account_is_forgotten_and_its_mailbox_free_again() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let client = world.client();
    let wrong = world
        .close_account(&sara.actor(), &client, Password::typed("guess"))
        .await;
    assert!(matches!(wrong, Err(CloseAccountError::WrongPassword)));
    let closed = world
        .close_account(&sara.actor(), &client, Password::typed(PASSWORD))
        .await;
    closed.unwrap();
    assert!(world.authenticate(&sara.secret).await.unwrap().is_none());
    let again = world.sign_up("sara").await;
    assert_ne!(again.user.id, sara.user.id);
    assert_eq!(again.user.seller_status, SellerStatus::None);
}

#[tokio::test]
async fn two_changes_at_once_are_both_kept() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let changes: Vec<_> = NotificationTopic::ALL[..4]
        .iter()
        .map(|topic| {
            let (services, actor) = (world.services(), sara.actor());
            let silent = Channels {
                in_app: false,
                email: false,
            };
            let edit = EditPreferences {
                notifications: vec![(*topic, silent)],
                ..EditPreferences::default()
            };
            tokio::spawn(async move { services.edit_preferences(&actor, edit).await })
        })
        .collect();
    for change in changes {
        change.await.unwrap().unwrap();
    }
    let user = world.read_account(&sara.actor()).await.unwrap();
    for topic in &NotificationTopic::ALL[..4] {
        assert!(!user.preferences.channels(*topic).in_app, "{topic:?}");
    }
}
