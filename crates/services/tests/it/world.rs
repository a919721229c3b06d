//! A whole Amn on one table: use cases, a fresh store, a clock to move, a mailbox to open.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::challenge::SixDigits;
use domain::password::Password;
use domain::user::PersonName;
use domain::{Email, Language, Role, Roles, Span, User};
use services::config::{PasswordCost, SellerApproval};
use services::identity::{SignIn, SignUpTicket, SignedIn, StartSignUp, VerifySignUp};
use services::people::CreateAccount;
use services::ports::{Mail, PaymentGateway};
use services::testing::{
    CapturingMailer, GatewayAway, ManualClock, MemoryBlobs, SeededRandom, StampPreviews,
};
use services::{Actor, Client, CodeKey, Config, Parts, Services};
use storage::{Limit, SessionKind, Store};
use storage_sqlite::testing::TemporaryStore;

/// A password that passes every rule.
pub(crate) const PASSWORD: &str = "tall ships sail at dawn";

/// Use cases with everything around them.
pub(crate) struct World {
    services: Arc<Services>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) mailer: Arc<CapturingMailer>,
    pub(crate) blobs: Arc<MemoryBlobs>,
    /// Lives as long as the world.
    _store: TemporaryStore,
    people: AtomicU32,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// With other settings than usual.
    pub(crate) fn with(adjust: impl FnOnce(&mut Config)) -> Self {
        Self::over(adjust, |store| store)
    }

    /// With other settings, and something between the use cases and their store.
    pub(crate) fn over(
        adjust: impl FnOnce(&mut Config),
        wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    ) -> Self {
        let clock = Arc::new(ManualClock::default());
        Self::at(adjust, wrap, clock, Arc::new(GatewayAway))
    }

    /// With a gateway that goes by the same clock.
    pub(crate) fn at(
        adjust: impl FnOnce(&mut Config),
        wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
        clock: Arc<ManualClock>,
        gateway: Arc<dyn PaymentGateway>,
    ) -> Self {
        let mut config = Config::new("https://amn.example", CodeKey::new([9; 32]));
        // Tests ask what is computed, not what it costs.
        config.identity.password_cost = PasswordCost {
            memory_kib: 8,
            passes: 1,
        };
        config.identity.seller_approval = SellerApproval::Auto;
        adjust(&mut config);
        let store = TemporaryStore::new();
        let mailer = Arc::new(CapturingMailer::default());
        let blobs = Arc::new(MemoryBlobs::default());
        let services = Services::new(Parts {
            store: wrap(store.store()),
            clock: Arc::clone(&clock) as _,
            random: Arc::new(SeededRandom::new(7)),
            mailer: Arc::clone(&mailer) as _,
            gateway,
            blobs: Arc::clone(&blobs) as _,
            previews: Arc::new(StampPreviews),
            config,
        });
        Self {
            services: Arc::new(services),
            clock,
            mailer,
            blobs,
            _store: store,
            people: AtomicU32::new(0),
        }
    }

    pub(crate) fn services(&self) -> Arc<Services> {
        Arc::clone(&self.services)
    }

    pub(crate) fn advance(&self, span: Span) {
        self.clock.advance(span);
    }

    /// Lets the job run that sends mail, and opens what arrived since.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        self.deliver_mail(&Actor::System, Limit::MAX).await.unwrap();
        self.mailer.take()
    }

    /// The one letter that arrived.
    pub(crate) async fn only_mail(&self) -> Mail {
        let mut mails = self.mails().await;
        assert_eq!(mails.len(), 1, "one letter");
        mails.remove(0)
    }

    /// Signs somebody up, through the mailed code.
    pub(crate) async fn sign_up(&self, name: &str) -> SignedIn {
        let client = self.client();
        let ticket = self.start_sign_up(&client, name).await;
        let code = code_in(&self.only_mail().await);
        let verify = VerifySignUp { ticket, code };
        let verified = self.verify_sign_up(&Actor::Visitor, &client, verify).await;
        verified.unwrap()
    }

    pub(crate) async fn start_sign_up(&self, client: &Client, name: &str) -> SignUpTicket {
        let started = self
            .services
            .start_sign_up(&Actor::Visitor, client, sign_up(name))
            .await;
        started.unwrap()
    }

    /// Somebody with these roles, signed in.
    pub(crate) async fn person(&self, name: &str, roles: &[Role]) -> SignedIn {
        let roles: Roles = roles.iter().copied().collect();
        let create = CreateAccount {
            email: email(name),
            password: Password::typed(PASSWORD),
            first_name: Some(PersonName::new(name).unwrap()),
            last_name: None,
            roles,
            language: Language::En,
        };
        self.create_account(&Actor::System, create).await.unwrap();
        self.sign_in_as(&self.client(), name).await
    }

    pub(crate) async fn sign_in_as(&self, client: &Client, name: &str) -> SignedIn {
        let signed_in = self
            .sign_in(&Actor::Visitor, client, credentials(name, PASSWORD))
            .await;
        signed_in.unwrap()
    }

    pub(crate) async fn find(&self, name: &str) -> Option<User> {
        let email = email(name);
        let found = self.services.store().users().find_by_email(&email).await;
        found.unwrap()
    }

    /// A browser on a network of its own.
    pub(crate) fn client(&self) -> Client {
        let number = self.people.fetch_add(1, Ordering::SeqCst);
        client_at(&format!("198.51.{}.{}", number / 250, number % 250 + 1))
    }
}

impl Deref for World {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

pub(crate) fn client_at(ip: &str) -> Client {
    Client {
        ip: ip.parse().unwrap(),
        user_agent: "Test browser".into(),
        language: Language::En,
        device: None,
        kind: SessionKind::Browser,
    }
}

pub(crate) fn email(name: &str) -> Email {
    Email::new(&format!("{name}@example.com")).unwrap()
}

pub(crate) fn credentials(name: &str, password: &str) -> SignIn {
    SignIn {
        email: email(name),
        password: Password::typed(password),
    }
}

pub(crate) fn sign_up(name: &str) -> StartSignUp {
    StartSignUp {
        email: email(name),
        password: Password::typed(PASSWORD),
        first_name: Some(PersonName::new(name).unwrap()),
        last_name: None,
        wants_to_sell: false,
    }
}

/// The code that stands in a letter.
pub(crate) fn code_in(mail: &Mail) -> SixDigits {
    let found = mail.text.lines().find_map(|line| SixDigits::new(line).ok());
    found.expect("a code stands on a line of its own")
}

/// Another code than `right`.
pub(crate) fn wrong(right: &SixDigits) -> SixDigits {
    let other = if right.as_str() == "000000" {
        "000001"
    } else {
        "000000"
    };
    SixDigits::new(other).unwrap()
}
