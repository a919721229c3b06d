//! People with an account.

use std::sync::Arc;

use domain::text::Line;
use domain::user::{NewUser, PasswordHash, PersonName};
use domain::{Email, Language, Role, SellerStatus, Span, User, UserStatus};

use super::{NOON, id, noon_plus, read_all};
use crate::{CommitError, InsertError, PageRequest, Store, Tag, UserFilter};

pub(super) fn user(number: u32) -> User {
    let new = NewUser {
        id: id!(UserId, number),
        email: Email::new(&format!("User{number}@Example.com")).unwrap(),
        password: PasswordHash::new("$argon2id$".into()),
        first_name: None,
        last_name: None,
        language: Language::Fa,
    };
    User::open(new, noon_plus(number / 3))
}

pub(crate) async fn a_mailbox_belongs_to_one_account(store: Arc<dyn Store>) {
    let users = store.users();
    users.insert(&user(1)).await.unwrap();
    users.insert(&user(2)).await.unwrap();
    let mut twin = user(3);
    twin.email = user(1).email;
    let refused = users.insert(&twin).await;
    assert!(matches!(
        refused,
        Err(InsertError::Conflict { field: "email" })
    ));
    let mut moved = user(2);
    moved.email = user(1).email;
    moved.version += 1;
    let refused = users.commit(&moved, 1).await;
    assert!(matches!(
        refused,
        Err(CommitError::Conflict { field: "email" })
    ));
}

pub(crate) async fn an_account_is_found_by_its_mailbox(store: Arc<dyn Store>) {
    let users = store.users();
    users.insert(&user(1)).await.unwrap();
    let find = async |text| {
        let email = Email::new(text).unwrap();
        users.find_by_email(&email).await.unwrap()
    };
    assert_eq!(find("USER1@example.com").await, Some(user(1)));
    assert_eq!(find("user2@example.com").await, None);
    let mut moved = user(1);
    moved.email = Email::new("new@example.com").unwrap();
    moved.version += 1;
    users.commit(&moved, 1).await.unwrap();
    assert_eq!(find("user1@example.com").await, None);
    assert_eq!(find("new@example.com").await, Some(moved));
}

pub(crate) async fn several_accounts_are_found_at_once(store: Arc<dyn Store>) {
    for number in 0..4 {
        store.users().insert(&user(number)).await.unwrap();
    }
    let asked = [3, 1, 9].map(|number| id!(UserId, number));
    let mut found = store.users().find_many(&asked).await.unwrap();
    found.sort_by_key(|user| user.email.clone());
    assert_eq!(found, [user(1), user(3)]);
}

pub(crate) async fn accounts_are_listed_by_role_and_by_seller_status(store: Arc<dyn Store>) {
    let users = store.users();
    for number in 0..12 {
        let mut user = user(number);
        match number % 4 {
            0 => user.roles = user.roles.with(Role::Admin),
            1 => {
                user.roles = user.roles.with(Role::Seller);
                user.seller_status = SellerStatus::Pending;
            }
            2 => user.roles = user.roles.with(Role::Support).with(Role::Resolver),
            _ => user.status = UserStatus::Suspended,
        }
        users.insert(&user).await.unwrap();
    }
    for (role, count) in [
        (Role::Buyer, 9),
        (Role::Seller, 3),
        (Role::Support, 3),
        (Role::Resolver, 3),
        (Role::Admin, 3),
    ] {
        let listed = read_all(2, |page| users.list_with_role(role, page)).await;
        assert_eq!(listed.len(), count, "{role}");
        assert!(listed.iter().all(|user| user.roles.has(role)));
        assert!(listed.is_sorted_by_key(|user| user.created_at));
    }
    let pending = SellerStatus::Pending;
    let waiting = read_all(2, |page| users.list_by_seller_status(pending, page)).await;
    assert_eq!(waiting.len(), 3);
    assert_eq!(read_all(5, |page| users.list(page)).await.len(), 12);
}

pub(crate) async fn a_role_taken_away_is_no_longer_found(store: Arc<dyn Store>) {
    let users = store.users();
    let mut admin = user(1);
    admin.roles = admin.roles.with(Role::Admin);
    users.insert(&admin).await.unwrap();
    let mut plain = admin.clone();
    plain.roles = plain.roles.without(Role::Admin);
    plain.version += 1;
    users.commit(&plain, admin.version).await.unwrap();
    let admins = read_all(5, |page| users.list_with_role(Role::Admin, page)).await;
    assert!(admins.is_empty());
}

/// Whom a search finds, newest first.
async fn found(store: &dyn Store, filter: UserFilter) -> Vec<String> {
    let users = store.users();
    let found = read_all(2, |page| users.search(&filter, page)).await;
    assert!(found.is_sorted_by(|one, next| one.created_at >= next.created_at));
    found.into_iter().map(|summary| summary.name).collect()
}

fn named(question: &str) -> UserFilter {
    UserFilter {
        question: question.to_owned(),
        ..UserFilter::default()
    }
}

pub(crate) async fn accounts_are_found_by_name_and_standing(store: Arc<dyn Store>) {
    let users = store.users();
    let names = [("Sara", "Karimi"), ("Sarah", "Weber"), ("علي", "کریمی")];
    for (number, (first, last)) in (0..).zip(names) {
        let mut user = user(number * 3);
        user.first_name = Some(PersonName::new(first).unwrap());
        user.last_name = Some(PersonName::new(last).unwrap());
        if number == 1 {
            user.roles = user.roles.with(Role::Resolver);
            user.seller_status = SellerStatus::Pending;
        }
        users.insert(&user).await.unwrap();
    }
    let search = async |filter| found(&*store, filter).await;
    assert_eq!(search(named("")).await.len(), 3);
    assert_eq!(search(named("sar")).await, ["Sarah Weber", "Sara Karimi"]);
    assert_eq!(search(named("KARIMI sara")).await, ["Sara Karimi"]);
    assert_eq!(search(named("على كريمي")).await, ["علي کریمی"]);
    assert_eq!(search(named("weber karimi")).await, [""; 0]);
    let mut resolvers = named("sar");
    resolvers.role = Some(Role::Resolver);
    resolvers.seller = Some(SellerStatus::Pending);
    resolvers.status = Some(UserStatus::Active);
    assert_eq!(search(resolvers.clone()).await, ["Sarah Weber"]);
    resolvers.status = Some(UserStatus::Suspended);
    assert_eq!(search(resolvers).await, [""; 0]);

    let first = PageRequest::first(crate::Limit::new(1)).reversed(true);
    let oldest = users.search(&named("sar"), first).await.unwrap();
    assert_eq!(oldest.items[0].name, "Sara Karimi");
    let next = PageRequest::after(oldest.next.unwrap(), first.limit).reversed(true);
    let next = users.search(&named("sar"), next).await.unwrap();
    assert_eq!(next.items[0].name, "Sarah Weber");
    assert_eq!(next.next, None);
}

pub(crate) async fn sellers_on_show_are_found_by_name(store: Arc<dyn Store>) {
    let users = store.users();
    let people = [
        ("Sara", true, true),
        ("Sarah", true, false),
        ("Sari", false, true),
    ];
    for (number, (name, sells, is_public)) in (0..).zip(people) {
        let mut user = user(number);
        user.first_name = Some(PersonName::new(name).unwrap());
        if sells {
            user.roles = user.roles.with(Role::Seller);
            user.seller_status = SellerStatus::Approved;
        }
        user.profile.is_public = is_public;
        users.insert(&user).await.unwrap();
    }
    let found = async |name: &str| {
        let found = read_all(2, |page| users.list_sellers(name, page)).await;
        found.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(found("").await, [user(0).id]);
    assert_eq!(found("sar").await, [user(0).id]);
    assert_eq!(found("omid").await, []);
}

pub(crate) async fn what_was_proposed_on_people_is_found(store: Arc<dyn Store>) {
    let users = store.users();
    for number in 0..4 {
        users.insert(&user(number)).await.unwrap();
    }
    let by = id!(UserId, 90);
    let why = Line::new("Three complaints").unwrap();
    let proposed = user(2).propose_suspension(by, &why, NOON).unwrap();
    users.commit(&proposed, 1).await.unwrap();
    let filter = UserFilter {
        is_proposed: true,
        ..UserFilter::default()
    };
    assert_eq!(
        found(&*store, filter.clone()).await,
        [user(2).display_name()]
    );
    assert_eq!(users.count_proposed().await.unwrap(), 1);
    let dropped = proposed.drop_proposed_suspension(by, NOON).unwrap();
    users.commit(&dropped, proposed.version).await.unwrap();
    assert_eq!(found(&*store, filter).await, [""; 0]);
    assert_eq!(users.count_proposed().await.unwrap(), 0);
}

pub(crate) async fn accounts_are_counted_by_the_day_they_were_opened(store: Arc<dyn Store>) {
    let users = store.users();
    for number in 0..9 {
        let mut user = user(number);
        user.created_at = NOON.plus(Span::hours(number * 12));
        users.insert(&user).await.unwrap();
    }
    let day = |days: u32| NOON.plus(Span::days(days));
    let bounds = vec![day(0), day(1), day(3), day(9)];
    let counted = users.count_between(Tag::all(), bounds).await.unwrap();
    assert_eq!(counted, [2, 4, 3]);
    let none = users.count_between(Tag::all(), Vec::new()).await.unwrap();
    assert_eq!(none, [0_u64; 0]);
}
