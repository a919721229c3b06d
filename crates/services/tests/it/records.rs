//! What has to be known of a change is written down first: see decision 0012.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::password::Password;
use domain::text::Line;
use domain::{Network, Role, SellerStatus, Span, User, UserStatus};
use services::Actor;
use services::identity::{ChangePassword, ResetPassword, SignedIn, StartReset};
use services::payout_addresses::{AddAddress, ConfirmAddress};
use services::people::CreateAccount;
use storage::{AuditFilter, Limit, PageRequest};

use crate::failing_store::FailingStore;
use crate::market::ADDRESS;
use crate::world::{PASSWORD, World, code_in, email};

/// A world that can be made mute: no letter is queued, no entry appended.
struct Office {
    world: World,
    mute: Arc<AtomicBool>,
    ada: SignedIn,
}

impl Office {
    async fn open() -> Self {
        let mute = Arc::new(AtomicBool::new(false));
        let switch = Arc::clone(&mute);
        let world = World::over(
            |config| config.identity.seller_approval = services::config::SellerApproval::Manual,
            |store| Arc::new(FailingStore::mute(store, switch)) as _,
        );
        let ada = world.person("ada", &[Role::Admin]).await;
        Self { world, mute, ada }
    }

    fn is_mute(&self, mute: bool) {
        self.mute.store(mute, Ordering::SeqCst);
    }

    async fn user(&self, name: &str) -> User {
        self.world.find(name).await.unwrap()
    }

    async fn acts_of_ada(&self) -> usize {
        let page = PageRequest::first(Limit::MAX);
        let filter = AuditFilter::By(self.ada.user.id);
        let log = self.world.store().audit().list(&filter, page).await;
        log.unwrap().items.len()
    }

    async fn subjects(&self) -> Vec<String> {
        let mails = self.world.mails().await.into_iter();
        mails.map(|mail| mail.subject).collect()
    }
}

fn why() -> Line<200> {
    Line::new("Sold the same camera twice").unwrap()
}

#[tokio::test]
async fn nobody_is_suspended_without_an_entry_and_a_repeat_adds_none() {
    let office = Office::open().await;
    let omid = office.world.sign_up("omid").await.user.id;
    let suspend = async || {
        let admin = office.ada.actor();
        office.world.suspend_user(&admin, omid, why()).await
    };
    office.is_mute(true);
    suspend().await.unwrap_err();
    assert_eq!(office.user("omid").await.status, UserStatus::Active);
    office.is_mute(false);
    suspend().await.unwrap();
    suspend().await.unwrap();
    assert_eq!(office.user("omid").await.status, UserStatus::Suspended);
    assert_eq!(office.acts_of_ada().await, 1);
}

#[tokio::test]
async fn a_seller_is_decided_on_with_an_entry_and_a_letter_and_never_by_themselves() {
    let office = Office::open().await;
    let omid = office.world.sign_up("omid").await;
    let id = omid.user.id;
    office.world.apply_to_sell(&omid.actor()).await.unwrap();
    let admin = office.ada.actor();
    office.is_mute(true);
    let refused = office.world.decide_seller(&admin, id, true).await;
    refused.unwrap_err();
    let status = office.user("omid").await.seller_status;
    assert_eq!(status, SellerStatus::Pending);
    office.is_mute(false);
    let decided = office.world.decide_seller(&admin, id, true).await;
    decided.unwrap();
    assert_eq!(office.acts_of_ada().await, 1);
    assert_eq!(office.subjects().await.len(), 1);

    office.world.apply_to_sell(&admin).await.unwrap();
    let own = office.world.decide_seller(&admin, office.ada.user.id, true);
    own.await.unwrap_err();
}

#[tokio::test]
async fn an_account_is_opened_only_with_an_entry() {
    let office = Office::open().await;
    let create = || CreateAccount {
        email: email("lena"),
        password: Password::typed(PASSWORD),
        first_name: None,
        last_name: None,
        roles: [Role::Resolver].into_iter().collect(),
        language: domain::Language::En,
    };
    office.is_mute(true);
    let opened = office.world.create_account(&Actor::System, create()).await;
    opened.unwrap_err();
    assert_eq!(office.world.find("lena").await, None);
}

#[tokio::test]
async fn a_password_changes_only_with_a_letter_to_its_owner() {
    let office = Office::open().await;
    let omid = office.world.sign_up("omid").await;
    let actor = omid.actor();
    let before = office.user("omid").await.password;
    let client = office.world.client();
    let change = ChangePassword {
        current: Password::typed(PASSWORD),
        new: Password::typed("an entirely other phrase"),
    };
    office.is_mute(true);
    let changed = office.world.change_password(&actor, &client, change);
    changed.await.unwrap_err();
    assert_eq!(office.user("omid").await.password, before);

    office.is_mute(false);
    let start = StartReset {
        email: email("omid"),
    };
    let started = office.world.start_reset(&Actor::Visitor, &client, start);
    started.await.unwrap();
    let code = code_in(&office.world.only_mail().await);
    office.is_mute(true);
    let reset = ResetPassword {
        email: email("omid"),
        code,
        new: Password::typed("an entirely other phrase"),
    };
    let done = office.world.reset_password(&Actor::Visitor, &client, reset);
    done.await.unwrap_err();
    assert_eq!(office.user("omid").await.password, before);
}

#[tokio::test]
async fn an_address_is_confirmed_only_with_its_letters_and_the_code_is_not_lost() {
    let office = Office::open().await;
    let omid = office.world.sign_up("omid").await;
    let actor = omid.actor();
    let add = AddAddress {
        network: Network::Polygon,
        address: ADDRESS.to_owned(),
        label: None,
        password: Password::typed(PASSWORD),
        look_alike_accepted: false,
    };
    let client = office.world.client();
    let added = office.world.add_payout_address(&actor, &client, add).await;
    let id = added.unwrap().id;
    let code = code_in(&office.world.only_mail().await);
    let confirm = async || {
        let confirm = ConfirmAddress {
            id,
            code: code.clone(),
        };
        office.world.confirm_payout_address(&actor, confirm).await
    };
    office.is_mute(true);
    confirm().await.unwrap_err();
    office.is_mute(false);
    confirm().await.unwrap();
    assert_eq!(office.subjects().await.len(), 1, "that it is confirmed");

    office.is_mute(true);
    let removed = office.world.remove_payout_address(&actor, id).await;
    removed.unwrap_err();
    assert!(office.user("omid").await.address(id).is_some());
    office.is_mute(false);
    let removed = office.world.remove_payout_address(&actor, id).await;
    removed.unwrap();
    office.world.advance(Span::hours(80));
    assert_eq!(office.subjects().await, [""; 0], "not that it is in use");
}
