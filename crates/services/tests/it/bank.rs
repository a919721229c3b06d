//! A marketplace with a payment gateway: the simulator, spoken to over HTTP as in production.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use domain::deal::{Command, Deal, Destination, State};
use domain::id::DealId;
use domain::password::Password;
use domain::{Network, Span};
use gateway_shkeeper::{PayoutLogin, Settings, Shkeeper};
use serde_json::{Value, json};
use services::Actor;
use services::deals::{ActOnDeal, DealError, Receipt};
use services::identity::{ResetPassword, SignedIn, StartReset};
use services::jobs::{Job, JobReport};
use services::testing::{ManualClock, SeededRandom};
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};
use storage::Store;

use crate::market::{ADDRESS, Market, accept};
use crate::world::{World, code_in, email};

pub(crate) const KEY: &str = "the wallet's key";
const PASSWORD: &str = "the admin's password";
/// A marketplace, its gateway, and a deal between Sara and Omid.
pub(crate) struct Bank {
    market: Market,
    gateway: Running,
    http: reqwest::Client,
    pub(crate) buyer: SignedIn,
    pub(crate) seller: SignedIn,
    pub(crate) deal: DealId,
    pub(crate) address: String,
}

impl Deref for Bank {
    type Target = Market;

    fn deref(&self) -> &Market {
        &self.market
    }
}

impl Bank {
    /// An accepted offer of 100 USDT on Polygon, and the address to pay to.
    pub(crate) async fn new() -> Self {
        Self::over(|store| store).await
    }

    /// The same, with something between the use cases and their store.
    pub(crate) async fn over(wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>) -> Self {
        let (world, gateway) = world_over(wrap).await;
        let market = Market::in_world(world).await;
        let (buyer, seller) = (market.buyer("Omid").await, market.seller("Sara").await);
        market.add_address(&buyer, Network::Polygon).await;
        // A new payout address waits for a day before money goes there.
        market.advance(Span::hours(25));
        let request = market.request(&buyer, "A camera").await;
        let offer = market.offer(&seller, request, "100").await;
        let shown = market.terms(&buyer, request, offer).await;
        let accepted = market
            .accept_offer(&buyer.actor(), accept(&shown), &market.once())
            .await
            .unwrap();
        let deal = accepted;
        let paying = market.request_address(&buyer.actor(), deal).await.unwrap();
        let address = paying.intent.address.unwrap();
        let http = http_client::client().unwrap();
        Self {
            market,
            gateway,
            http,
            buyer,
            seller,
            deal,
            address,
        }
    }

    /// Pays whole dollars to the deal's address; answers with the transaction.
    pub(crate) async fn pay(&self, amount: &str) -> String {
        let order = json!({ "address": self.address, "amount": amount });
        let paid = self.control("pay", order).await;
        paid.to_string()
    }

    /// Tells the simulator something by its control interface.
    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let url = format!("http://{}/control/{path}", self.gateway.address());
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        let answer = answer.error_for_status().unwrap();
        let text = answer.text().await.unwrap();
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Money leaves the wallet past the house: somebody has the gateway's password.
    pub(crate) async fn somebody_takes(&self, amount: &str) {
        let url = format!(
            "http://{}/api/v1/POLYGON-USDT/payout",
            self.gateway.address()
        );
        let order = json!({ "amount": amount, "destination": ADDRESS, "fee": "1" });
        let asked = self.http.post(url).basic_auth("admin", Some(PASSWORD));
        asked
            .json(&order)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
        self.gateway.simulator().tick().await;
    }

    /// Runs one job once, when its last lease is over.
    pub(crate) async fn run(&self, job: Job) -> JobReport {
        self.advance(Span::seconds(31));
        self.run_job(job, "test").await.unwrap().unwrap()
    }

    /// Runs every job until nothing is left to do for now.
    pub(crate) async fn settle(&self) {
        for _ in 0..4 {
            self.gateway.simulator().tick().await;
            // Addresses are read again after a while, and asked about once a run.
            self.advance(Span::seconds(31));
            for job in Job::ALL {
                self.run_job(job, "test").await.unwrap().unwrap();
            }
        }
    }

    /// Lets time pass as it does: with a sign of life in every stretch of it.
    pub(crate) async fn wait(&self, span: Span) {
        self.pass(span).await;
        self.settle().await;
    }

    /// The same, and nothing else happens.
    pub(crate) async fn pass(&self, span: Span) {
        let mut left = span;
        while left > Span::ZERO {
            let step = left.min(Span::minutes(9));
            self.advance(step);
            left = left.minus(step);
            self.run_job(Job::Heartbeat, "test").await.unwrap();
        }
    }

    pub(crate) async fn now(&self) -> Deal {
        self.store().deals().find(self.deal).await.unwrap().unwrap()
    }

    pub(crate) async fn expect(&self, state: State) -> Deal {
        let deal = self.now().await;
        assert_eq!(deal.state, state);
        assert_eq!(deal.check(), Ok(()));
        deal
    }

    pub(crate) async fn try_as(&self, who: &SignedIn, step: Command) -> Result<Receipt, DealError> {
        let (deal, key) = (self.deal, Some(self.key()));
        let order = ActOnDeal {
            deal,
            expected_version: None,
            key,
            step,
        };
        self.act_on_deal(&who.actor(), order).await
    }

    pub(crate) async fn buyer_does(&self, step: Command) {
        self.try_as(&self.buyer, step).await.unwrap();
    }

    pub(crate) async fn seller_does(&self, step: Command) {
        self.try_as(&self.seller, step).await.unwrap();
    }

    pub(crate) async fn name_refund_address(&self) {
        let asset = self.now().await.terms.asset;
        let destination = Destination::new(asset, ADDRESS).unwrap();
        self.buyer_does(Command::SetRefundAddress { destination })
            .await;
    }

    /// Somebody sets a new password by a mailed code.
    pub(crate) async fn reset_password_of(&self, name: &str) {
        self.mails().await;
        let (visitor, client, email) = (Actor::Visitor, self.client(), email(name));
        let start = StartReset {
            email: email.clone(),
        };
        self.start_reset(&visitor, &client, start).await.unwrap();
        let code = code_in(&self.only_mail().await);
        let new = Password::typed("an entirely other phrase");
        let reset = ResetPassword { email, code, new };
        self.reset_password(&visitor, &client, reset).await.unwrap();
    }

    /// Ships, and hands over the code that the buyer reads out.
    pub(crate) async fn deliver(&self) {
        let (carrier, tracking) = ("Post".to_owned(), "7".to_owned());
        self.seller_does(Command::Ship { carrier, tracking }).await;
        self.buyer_does(Command::MakeCode).await;
        let shown = self
            .show_code(&self.buyer.actor(), self.deal)
            .await
            .unwrap();
        let typed = domain::deal::DeliveryCode::parse(&shown.unwrap().spoken).unwrap();
        let seller = self.seller.actor();
        self.enter_code(&seller, self.deal, typed, None)
            .await
            .unwrap();
    }
}

/// A world whose gateway is a simulator that follows its clock.
pub(crate) async fn world_with_gateway() -> (World, Running) {
    world_over(|store| store).await
}

/// The same, with something between the use cases and their store.
pub(crate) async fn world_over(
    wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
) -> (World, Running) {
    let clock = Arc::new(ManualClock::default());
    let gateway = simulator(&clock).await;
    let port = Shkeeper::new(settings(&gateway), Arc::new(SeededRandom::new(3))).unwrap();
    let world = World::at(|_| {}, wrap, clock, Arc::new(port));
    (world, gateway)
}

/// The gateway, asked past the house.
pub(crate) fn gateway_of(gateway: &Running) -> Shkeeper {
    Shkeeper::new(settings(gateway), Arc::new(SeededRandom::new(4))).unwrap()
}

async fn simulator(clock: &Arc<ManualClock>) -> Running {
    let clock = Arc::clone(clock);
    let config = Config {
        api_key: KEY.to_owned(),
        payout_user: "admin".to_owned(),
        payout_password: PASSWORD.to_owned(),
        seed: 7,
        confirmations: 1,
        ticks: Ticks::ByHand,
        callback_timeout: Duration::from_secs(1),
        state_file: None,
        opening_balance: 10_000,
        payouts_by_hand: false,
        clock: TimeSource::new(move || services::ports::Clock::now(&*clock).unix_ms()),
    };
    Simulator::spawn(config, ([127, 0, 0, 1], 0).into())
        .await
        .unwrap()
}

fn settings(gateway: &Running) -> Settings {
    Settings {
        url: format!("http://{}", gateway.address()).parse().unwrap(),
        api_key: KEY.into(),
        webhook_secret: None,
        payout_login: Some(PayoutLogin {
            user: "admin".to_owned(),
            password: PASSWORD.into(),
        }),
        // Nobody listens there: what follows is found by polling alone.
        callback_url: "http://127.0.0.1:9/webhook".parse().unwrap(),
        unsigned_callbacks: false,
        timeout: Duration::from_secs(5),
        retry_pause: Duration::from_millis(10),
    }
}
