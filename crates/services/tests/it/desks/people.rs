//! People: searched, looked at, given roles, proposed for suspension.

use domain::text::Line;
use domain::user::UserRejection;
use domain::{Language, Role, Roles, UserStatus};
use services::Failure;
use services::notifications::Shown;
use services::people::{ChangeUserError, UserFilter};
use storage::{AuditFilter, Limit, PageRequest};

use crate::world::{World, email};

fn page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

fn why() -> Line<200> {
    Line::new("Joins the desk").unwrap()
}

fn asked(question: &str) -> UserFilter {
    UserFilter {
        question: question.to_owned(),
        ..UserFilter::default()
    }
}

#[tokio::test]
async fn staff_find_people_by_name_mailbox_and_id_and_see_no_whole_mailbox() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    world.sign_up("omid").await;
    let support = world.person("ula", &[Role::Support]).await.actor();
    let id = sara.user.id.to_string();
    for question in ["sar", " SARA@example.com ", id.as_str()] {
        let found = world
            .search_users(&support, &asked(question), page())
            .await
            .unwrap();
        assert_eq!(found.items.len(), 1, "{question}");
        assert_eq!(found.items[0].id, sara.user.id);
        assert!(!found.items[0].email.contains("sara@"));
    }
    let all = world.search_users(&support, &asked(""), page()).await;
    assert_eq!(all.unwrap().items.len(), 3);
}

#[tokio::test]
async fn nobody_else_reads_accounts() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    for role in [Role::Buyer, Role::Seller, Role::Resolver] {
        let person = world.person(&format!("{role}person"), &[role]).await;
        let actor = person.actor();
        assert!(
            world
                .search_users(&actor, &asked(""), page())
                .await
                .is_err()
        );
        assert!(world.view_user(&actor, sara.user.id).await.is_err());
        assert!(
            world
                .open_email(&actor, sara.user.id, &why())
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn whoever_reads_a_mailbox_is_in_the_log_with_their_reason() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let support = world.person("ula", &[Role::Support]).await;
    let actor = support.actor();
    let opened = world.open_email(&actor, sara.user.id, &why()).await;
    assert_eq!(opened.unwrap(), email("sara"));
    let to = AuditFilter::To(format!("user:{}", sara.user.id));
    let log = world.store().audit().list(&to, page()).await.unwrap();
    let entry = &log.items[0].entry;
    assert_eq!(entry.actor, Some(support.user.id));
    assert_eq!(entry.action, "user.read");
    assert_eq!(entry.reason.as_deref(), Some("Joins the desk"));
}

#[tokio::test]
async fn a_role_of_staff_is_given_by_two_admins_and_both_are_in_the_log() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let [first, second] = [
        world.person("ada", &[Role::Admin]).await,
        world.person("ben", &[Role::Admin]).await,
    ];
    let id = sara.user.id;
    let roles = Roles::BUYER.with(Role::Resolver);
    let one = world.give_roles(&first.actor(), id, roles, why()).await;
    assert_eq!(one.unwrap().roles, Roles::BUYER);
    let card = world.view_user(&second.actor(), id).await.unwrap();
    let card = card.unwrap();
    let (proposed, by) = card.proposed_roles.unwrap();
    assert_eq!((proposed.roles, by.as_str()), (roles, "ada"));
    let again = world.give_roles(&first.actor(), id, roles, why()).await;
    assert!(matches!(
        again,
        Err(ChangeUserError::Rejected(UserRejection::OtherKey))
    ));
    let both = world.give_roles(&second.actor(), id, roles, why()).await;
    assert_eq!(both.unwrap().roles, roles);
    let to = AuditFilter::To(format!("user:{id}"));
    let log = world.store().audit().list(&to, page()).await.unwrap();
    let by: Vec<_> = log.items.iter().filter_map(|one| one.entry.actor).collect();
    assert_eq!(by, [second.user.id, first.user.id]);
}

#[tokio::test]
async fn two_admins_at_the_same_moment_turn_both_keys_and_no_third_is_needed() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let [first, second] = [
        world.person("ada", &[Role::Admin]).await,
        world.person("ben", &[Role::Admin]).await,
    ];
    let roles = Roles::BUYER.with(Role::Support);
    let (first, second) = (first.actor(), second.actor());
    let (one, other) = tokio::join!(
        world.give_roles(&first, sara.user.id, roles, why()),
        world.give_roles(&second, sara.user.id, roles, why()),
    );
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(world.find("sara").await.unwrap().roles, roles);
}

#[tokio::test]
async fn only_admins_give_roles_and_never_to_themselves() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let roles = Roles::BUYER.with(Role::Admin);
    for role in [Role::Support, Role::Resolver] {
        let person = world
            .person(&format!("{role}person"), &[role])
            .await
            .actor();
        let refused = world.give_roles(&person, sara.user.id, roles, why()).await;
        assert!(matches!(
            refused,
            Err(ChangeUserError::Failed(Failure::Denied(_)))
        ));
    }
    let admin = world.person("ada", &[Role::Admin]).await;
    let (actor, roles) = (admin.actor(), roles.with(Role::Resolver));
    let own = world.give_roles(&actor, admin.user.id, roles, why()).await;
    assert!(matches!(
        own,
        Err(ChangeUserError::Rejected(UserRejection::OwnAccount))
    ));
}

#[tokio::test]
async fn support_proposes_a_suspension_and_an_admin_decides() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let support = world.person("ula", &[Role::Support]).await.actor();
    let admin = world.person("ada", &[Role::Admin]).await.actor();
    let id = sara.user.id;
    let proposed = world.propose_suspension(&support, id, why()).await;
    proposed.unwrap();
    assert_eq!(world.find("sara").await.unwrap().status, UserStatus::Active);
    let waiting = UserFilter {
        is_proposed: true,
        ..UserFilter::default()
    };
    let found = world.search_users(&admin, &waiting, page()).await;
    assert!(found.unwrap().items[0].has_proposed_suspension);
    let news = world
        .list_notifications(&admin, Shown::All, Language::En, page())
        .await
        .unwrap();
    assert_eq!(news.items[0].title, "A decision on somebody waits");
    let refused = world.suspend_user(&support, id, why()).await;
    assert!(refused.is_err(), "support suspends nobody");
    let refused = world.drop_proposed_suspension(&support, id, why()).await;
    assert!(refused.is_err(), "nor decides on the proposal");
    world.suspend_user(&admin, id, why()).await.unwrap();
    let found = world.search_users(&admin, &waiting, page()).await;
    assert!(found.unwrap().items.is_empty());
}

#[tokio::test]
async fn an_account_is_shown_with_its_sessions_and_what_hangs_on_it() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    world.sign_in_as(&world.client(), "sara").await;
    let support = world.person("ula", &[Role::Support]).await;
    let card = world.view_user(&support.actor(), sara.user.id).await;
    let card = card.unwrap().unwrap();
    assert_eq!(card.sessions, 2);
    assert_eq!(card.dependencies.live_deals, 0);
    assert!(!card.dependencies.money_in_play);
    assert!(!card.is_own);
}
