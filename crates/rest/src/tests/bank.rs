//! A deal between Omid and Sara, and a gateway spoken to over HTTP as in production: everything
//! after acceptance goes through this door.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use domain::category::{Category, Slug};
use domain::deal::{Deal, EvidenceItem, ProductKind, State};
use domain::id::{CategoryId, CommandKey, DealId, RequestId, SessionId};
use domain::password::Password;
use domain::postal::PostalAddress;
use domain::price::{Budget, Currency, Price};
use domain::request::{
    Conditions, Delivery, DeliveryTime, Details, Proposal, TimeUnit, Urgency, What,
};
use domain::text::{Block, Line};
use domain::{Asset, Localized, Network, Role, Roles, Span, Token, Units, User};
use gateway_shkeeper::{PayoutLogin, Settings, Shkeeper};
use serde_json::{Value, json};
use services::identity::SessionKind;
use services::jobs::Job;
use services::offers::{AcceptOffer, MakeOffer};
use services::payout_addresses::{AddAddress, ConfirmAddress};
use services::requests::{DraftPart, Once, WriteDraft};
use services::testing::{ManualClock, SeededRandom};
use services::{Actor, Client, Person, Services};
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};
use uuid::Uuid;

use crate::testing::{Answer, Door, PASSWORD};

/// Where everybody is paid.
pub const ADDRESS: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const KEY: &str = "the wallet's key";
const PAYOUT_PASSWORD: &str = "the admin's password";

/// A house with a deal in it.
pub struct Bank {
    pub door: Door,
    gateway: Running,
    http: reqwest::Client,
    pub buyer: User,
    pub seller: User,
    pub request: RequestId,
    pub deal: DealId,
    keys: Cell<u32>,
}

/// A dollar has so many base units on Polygon.
pub const USD: u64 = 1_000_000;

impl Bank {
    /// An accepted offer of 100 USDT on Polygon.
    pub async fn open() -> Self {
        Self::priced("100").await
    }

    /// The same at another price.
    pub async fn priced(price: &str) -> Self {
        let clock = Arc::new(ManualClock::default());
        let gateway = simulator(&clock).await;
        let port = Shkeeper::new(settings(&gateway), Arc::new(SeededRandom::new(3))).unwrap();
        let door = Door::with_gateway(clock, Arc::new(port));
        let buyer = door.account(Roles::BUYER).await;
        let seller = door.account(Roles::BUYER.with(Role::Seller)).await;
        for person in [&buyer, &seller] {
            confirm_address(&door, person).await;
        }
        // A new payout address waits for a day before money goes there.
        door.clock.advance(Span::hours(25));
        let (request, deal) = deal_between(&door.services, &buyer, &seller, price).await;
        let http = http_client::client().unwrap();
        Self {
            door,
            gateway,
            http,
            buyer,
            seller,
            request,
            deal,
            keys: Cell::new(0),
        }
    }

    /// The same, paid.
    pub async fn funded() -> Self {
        Self::funded_with("100").await
    }

    /// The same at another price.
    pub async fn funded_with(price: &str) -> Self {
        let bank = Self::priced(price).await;
        bank.pay(price).await;
        bank.expect(State::Funded).await;
        bank
    }

    /// The same, shipped.
    pub async fn shipped() -> Self {
        let bank = Self::funded().await;
        let sent = json!({ "carrier": "Post", "tracking": "7" });
        let shipped = bank.step(&bank.seller, "PUT", "delivery", sent).await;
        assert_eq!(shipped.status, 200, "{shipped:?}");
        bank
    }

    /// Somebody of the staff.
    pub async fn staff(&self, role: Role) -> User {
        self.door.account(Roles::NONE.with(role)).await
    }

    /// Pays to the deal's address, which its buyer asks for first.
    pub async fn pay(&self, amount: &str) {
        let asked = self.address().await;
        let address = asked.json["data"]["address"].as_str().unwrap();
        let order = json!({ "address": address, "amount": amount });
        let url = format!("http://{}/control/pay", self.gateway.address());
        let paid = self.http.post(url).json(&order).send().await.unwrap();
        paid.error_for_status().unwrap();
        self.settle().await;
    }

    /// The buyer's intent.
    pub async fn address(&self) -> Answer {
        let sent = json!({ "dealId": self.deal.to_string() });
        self.call(&self.buyer, "POST", "/payment/shkeeper/intents", sent)
            .await
    }

    /// Runs every job until nothing is left to do for now.
    pub async fn settle(&self) {
        for _ in 0..4 {
            self.gateway.simulator().tick().await;
            self.door.clock.advance(Span::seconds(31));
            for job in Job::ALL {
                let ran = self.door.services.run_job(job, "test").await;
                ran.unwrap().unwrap();
            }
        }
    }

    /// Lets time pass, with a sign of life in every stretch of it.
    pub async fn wait(&self, span: Span) {
        let mut left = span;
        while left > Span::ZERO {
            let step = left.min(Span::minutes(9));
            self.door.clock.advance(step);
            left = left.minus(step);
            let beat = self.door.services.run_job(Job::Heartbeat, "test");
            beat.await.unwrap();
        }
        self.settle().await;
    }

    /// The deal as it is stored.
    pub async fn stored(&self) -> Deal {
        let deals = self.door.services.store().deals();
        deals.find(self.deal).await.unwrap().unwrap()
    }

    #[track_caller]
    pub fn expect(&self, state: State) -> impl Future<Output = Deal> + use<'_> {
        let place = std::panic::Location::caller();
        async move {
            let deal = self.stored().await;
            assert_eq!(deal.state, state, "{place}");
            assert_eq!(deal.check(), Ok(()));
            deal
        }
    }

    /// A step in the deal under a fresh key.
    pub async fn step(&self, who: &User, method: &str, step: &str, body: Value) -> Answer {
        let path = format!("/marketplace/deals/{}/{step}", self.deal);
        self.call(who, method, &path, body).await
    }

    /// A look at the deal, or at what stands behind it.
    pub async fn look(&self, who: &User, tail: &str) -> Answer {
        let path = format!("/marketplace/deals/{}{tail}", self.deal);
        self.call(who, "GET", &path, Value::Null).await
    }

    /// A call under a fresh key.
    pub async fn call(&self, who: &User, method: &str, path: &str, body: Value) -> Answer {
        let key = self.keys.get() + 1;
        self.keys.set(key);
        let headers = [("idempotency-key", format!("key-{key}"))];
        self.send(who, method, path, body, &headers).await
    }

    /// A call with these headers. Its token is a fresh one: time passes in these tests.
    pub async fn send(
        &self,
        who: &User,
        method: &str,
        path: &str,
        body: Value,
        headers: &[(&str, String)],
    ) -> Answer {
        let token = self.token(who).await;
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        };
        self.door.send(request.body(body).unwrap()).await
    }

    pub async fn token(&self, who: &User) -> String {
        let sent = json!({ "email": who.email.as_str(), "password": PASSWORD });
        let entered = self.door.post("/auth/login", &sent).await;
        let token = &entered.json["data"]["tokens"]["accessToken"];
        token.as_str().unwrap().to_owned()
    }
}

/// The person, as use cases know them.
pub fn actor(user: &User) -> Actor {
    Actor::Person(Person::new(user, SessionId::from_uuid(Uuid::nil())))
}

async fn confirm_address(door: &Door, person: &User) {
    let client = Client {
        ip: [198, 51, 100, 9].into(),
        user_agent: "Test".into(),
        language: domain::Language::En,
        device: None,
        kind: SessionKind::Api,
    };
    let add = AddAddress {
        network: Network::Polygon,
        address: ADDRESS.into(),
        label: None,
        password: Password::typed(PASSWORD),
        look_alike_accepted: false,
    };
    let (services, person) = (&door.services, actor(person));
    let added = services.add_payout_address(&person, &client, add);
    let id = added.await.unwrap().id;
    let code = domain::challenge::SixDigits::new(&door.mailed_code().await).unwrap();
    let confirm = ConfirmAddress { id, code };
    let confirmed = services.confirm_payout_address(&person, confirm);
    confirmed.await.unwrap();
}

/// A request, an offer on it, and the deal that accepting it opens.
async fn deal_between(
    services: &Services,
    buyer: &User,
    seller: &User,
    price: &str,
) -> (RequestId, DealId) {
    let (buyer, seller) = (actor(buyer), actor(seller));
    let request = published(services, &buyer).await;
    let make = MakeOffer {
        request,
        proposal: proposal(price),
    };
    let (offering, accepting) = (once("offer"), once("accept"));
    let offer = services.make_offer(&seller, make, &offering);
    let offer = offer.await.unwrap();
    let shown = services.show_terms(&buyer, request, offer, Network::Polygon);
    let shown = shown.await.unwrap();
    let accept = AcceptOffer {
        request,
        offer,
        version: shown.offer.version,
        network: Network::Polygon,
        terms_hash: shown.hash,
    };
    let deal = services.accept_offer(&buyer, accept, &accepting);
    (request, deal.await.unwrap())
}

async fn published(services: &Services, buyer: &Actor) -> RequestId {
    let (name, slug) = (Line::new("Cameras").unwrap(), Slug::new("cameras").unwrap());
    let name = Localized::each(|_| name.clone());
    let category = Category::new(name, slug, None, 1, services.now());
    services
        .store()
        .categories()
        .insert(&category)
        .await
        .unwrap();
    let details = details(services, category.id);
    let mut draft = None;
    for (part, key) in [
        (DraftPart::What(details.what), "what"),
        (DraftPart::Delivery(details.delivery), "delivery"),
        (DraftPart::Conditions(details.conditions), "conditions"),
    ] {
        let key = CommandKey::new(key).unwrap();
        let write = WriteDraft { draft, key, part };
        let written = services.write_draft(buyer, None, write).await;
        draft = Some(written.unwrap().id);
    }
    let id = draft.unwrap();
    let publishing = once("publish");
    let publish = services.publish_request(buyer, id, &publishing);
    publish.await.unwrap();
    id
}

fn once(name: &str) -> Once {
    Once::new(CommandKey::new(name).unwrap(), "test", &())
}

fn details(services: &Services, category: CategoryId) -> Details {
    let budget = Units::parse("500", Asset::PRICE_PLACES).unwrap();
    let kind = ProductKind::PhysicalProduct;
    Details {
        what: What {
            title: Line::new("A camera").unwrap(),
            description: Block::new("Used is fine.").unwrap(),
            category,
            kind,
            quantity: 1,
            link: None,
            size: None,
            color: None,
            brand: None,
            specifications: Vec::new(),
            tags: Vec::new(),
            attachments: Vec::new(),
        },
        delivery: Delivery::Physical {
            address: PostalAddress {
                recipient: Line::new("Omid Rad").unwrap(),
                street: Line::new("12 Garden Street").unwrap(),
                extra: None,
                city: Line::new("Tabriz").unwrap(),
                region: None,
                postal_code: None,
                country: "IR".parse().unwrap(),
                phone: None,
            },
            notes: None,
        },
        conditions: Conditions {
            budget: Budget::new(None, budget, Currency::Usdt).unwrap(),
            urgency: Urgency::Medium,
            offers_until: services.now().plus(Span::days(14)),
            inspection_days: 3,
            evidence: EvidenceItem::usual_for(kind),
            buyer_on_silence: None,
            invited: Vec::new(),
        },
    }
}

fn proposal(price: &str) -> Proposal {
    Proposal {
        title: Line::new("Canon AE-1").unwrap(),
        description: Block::new("Serviced last year.").unwrap(),
        price: Price::parse(price, Token::Usdt).unwrap(),
        delivery: DeliveryTime {
            amount: 10,
            unit: TimeUnit::Days,
        },
        networks: vec![Network::Polygon],
        valid_until: None,
        notes: None,
        attachments: Vec::new(),
    }
}

async fn simulator(clock: &Arc<ManualClock>) -> Running {
    let clock = Arc::clone(clock);
    let config = Config {
        api_key: KEY.to_owned(),
        payout_user: "admin".to_owned(),
        payout_password: PAYOUT_PASSWORD.to_owned(),
        seed: 7,
        confirmations: 1,
        ticks: Ticks::ByHand,
        callback_timeout: Duration::from_secs(1),
        state_file: None,
        opening_balance: 10_000,
        payouts_by_hand: false,
        clock: TimeSource::new(move || services::ports::Clock::now(&*clock).unix_ms()),
    };
    let started = Simulator::spawn(config, ([127, 0, 0, 1], 0).into());
    started.await.unwrap()
}

fn settings(gateway: &Running) -> Settings {
    Settings {
        url: format!("http://{}", gateway.address()).parse().unwrap(),
        api_key: KEY.into(),
        webhook_secret: None,
        payout_login: Some(PayoutLogin {
            user: "admin".to_owned(),
            password: PAYOUT_PASSWORD.into(),
        }),
        // Nobody listens there: what follows is found by polling alone.
        callback_url: "http://127.0.0.1:9/webhook".parse().unwrap(),
        unsigned_callbacks: false,
        timeout: Duration::from_secs(5),
        retry_pause: Duration::from_millis(10),
    }
}
