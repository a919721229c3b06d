//! A marketplace to look at: categories, people, requests and offers of the demo.
//!
//! Everything goes through the use cases, at moments of the last days, so that nothing here could
//! not have come about by people. Running it again adds nothing.

mod categories;
mod deals;
mod past;
mod people;
mod play;
mod requests;

use core::fmt::Write as _;
use std::sync::Arc;

use domain::deal::{EvidenceItem, ProductKind};
use domain::digest::Digest;
use domain::id::{CommandKey, PayoutAddressId, RequestId, SessionId, UserId};
use domain::policy::Action;
use domain::postal::PostalAddress;
use domain::price::{Budget, Price};
use domain::request::{
    Conditions, Delivery, DeliveryTime, Proposal, Specification, TimeUnit, What,
};
use domain::text::{Block, Line};
use domain::user::{NewAddress, NewUser, PasswordHash, PersonName};
use domain::{Asset, Email, Language, Network, Role, Roles, Span, Timestamp, Token, Units, User};
use storage::InsertError;

use self::categories::category_id;
use self::past::PastClock;
use self::people::{BUYERS, SELLERS, SeedPerson};
pub use self::play::Payer;
use self::requests::{REQUESTS, SeedOffer, SeedRequest};
use crate::actor::{Actor, Person};
use crate::deals::DealError;
use crate::failure::Failure;
use crate::offers::{MakeOffer, ShowTermsError};
use crate::payments::{ReadAddressError, RequestAddressError};
use crate::payout_addresses::checked_address;
use crate::requests::{ChangeRequestError, DraftPart, Once, WriteDraft, WriteDraftError};
use crate::services::Parts;
use crate::{Secret, Services};

/// Those whose passwords the demo prints: they take part from the beginning.
#[derive(Debug, Clone)]
pub struct DemoCast {
    /// Two who buy: one begins, the other has addresses for refunds since long ago.
    pub buyers: [Email; 2],
    /// Two who sell.
    pub sellers: [Email; 2],
}

/// Why the demo could not be filled.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SeedError {
    /// One of the cast has no account.
    #[error("there is no account of {0}")]
    NoSuchPerson(Email),
    /// A rule refused what the demo wants to do.
    #[error("a rule refuses the demo: {0}")]
    Refused(#[from] ChangeRequestError),
    /// A draft was not written.
    #[error("a rule refuses the demo: {0}")]
    Draft(#[from] WriteDraftError),
    /// An offer was not accepted.
    #[error("a rule refuses the demo: {0}")]
    Terms(#[from] ShowTermsError),
    /// A deal refused a step.
    #[error("a rule refuses the demo: {0}")]
    Deal(#[from] DealError),
    /// There is no address to pay to.
    #[error(transparent)]
    Address(#[from] RequestAddressError),
    /// What was paid is not seen.
    #[error(transparent)]
    Reading(#[from] ReadAddressError),
    /// Nobody paid.
    #[error("a payment of the demo was not made: {0}")]
    Unpaid(String),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// How long before now the first request of the demo was published.
const BEGAN: Span = Span::days(11);
/// How long the accounts of the demo are there at the least.
const ACCOUNTS: Span = Span::days(60);

/// Everybody, in the order of their numbers.
struct Cast {
    buyers: Vec<User>,
    sellers: Vec<User>,
}

impl Services {
    /// Fills the demo: categories, people, 60 requests with their offers, and, where somebody plays
    /// the payer, deals. Running it again adds nothing.
    ///
    /// # Errors
    /// [`SeedError`].
    pub async fn seed_demo(
        &self,
        actor: &Actor,
        cast: &DemoCast,
        payer: Option<&dyn Payer>,
    ) -> Result<(), SeedError> {
        actor.may(Action::CreateAccount).map_err(Failure::from)?;
        self.seed_categories(actor).await?;
        let cast = self.seed_people(cast).await?;
        let clock = Arc::new(PastClock::at(self.now()));
        let past = self.in_the_past(&clock);
        let now = self.now();
        if let Some(payer) = payer {
            past.seed_deals(&clock, &cast, payer, now).await?;
        }
        for (number, seed) in REQUESTS.iter().enumerate() {
            let id = request_id(cast.buyers.get(seed.buyer), number);
            if self.is_seeded(id).await? {
                continue;
            }
            let published_at = moment(now, number);
            past.seed_request(&clock, &cast, number, published_at, now)
                .await?;
        }
        Ok(())
    }

    async fn is_seeded(&self, id: Option<RequestId>) -> Result<bool, Failure> {
        let Some(id) = id else { return Ok(true) };
        let found = self.store.requests().find(id).await?;
        Ok(found.is_some_and(|request| request.published_at.is_some()))
    }

    /// The same use cases on the same store, at another time.
    fn in_the_past(&self, clock: &Arc<PastClock>) -> Self {
        Self::new(Parts {
            store: Arc::clone(&self.store),
            clock: Arc::clone(clock) as _,
            random: Arc::clone(&self.random),
            mailer: Arc::clone(&self.mailer),
            gateway: Arc::clone(&self.gateway),
            blobs: Arc::clone(&self.blobs),
            previews: Arc::clone(&self.previews),
            config: self.config.clone(),
        })
    }

    async fn seed_people(&self, cast: &DemoCast) -> Result<Cast, SeedError> {
        let mut everybody = Cast {
            buyers: Vec::new(),
            sellers: Vec::new(),
        };
        let [new, settled] = &cast.buyers;
        everybody.buyers.push(self.person_of_demo(new).await?);
        let settled = self.person_of_demo(settled).await?;
        everybody.buyers.push(self.with_addresses(settled).await?);
        for email in &cast.sellers {
            let seller = self.person_of_demo(email).await?;
            everybody.sellers.push(self.with_addresses(seller).await?);
        }
        for (number, person) in BUYERS.iter().enumerate() {
            everybody
                .buyers
                .push(self.seed_person(person, "buyer", number).await?);
        }
        for (number, person) in SELLERS.iter().enumerate() {
            let seller = self.seed_person(person, "seller", number).await?;
            everybody.sellers.push(self.with_addresses(seller).await?);
        }
        Ok(everybody)
    }

    async fn person_of_demo(&self, email: &Email) -> Result<User, SeedError> {
        let found = self.store.users().find_by_email(email).await;
        found
            .map_err(Failure::from)?
            .ok_or_else(|| SeedError::NoSuchPerson(email.clone()))
    }

    /// Somebody who fills the place. Without a password nobody signs in as them.
    async fn seed_person(
        &self,
        person: &SeedPerson,
        kind: &str,
        number: usize,
    ) -> Result<User, Failure> {
        let id = UserId::derived(&[b"demo", kind.as_bytes(), &index(number)]);
        if let Some(known) = self.store.users().find(id).await? {
            return Ok(known);
        }
        let email = Email::new(&format!("{kind}-{number}@people.amn.example"));
        let opened = self
            .now()
            .minus(ACCOUNTS)
            .minus(Span::days(small(number).saturating_mul(17)));
        let new = NewUser {
            id,
            email: email.expect("the mailboxes of the demo are mailboxes"),
            password: PasswordHash::new(String::new()),
            first_name: PersonName::optional(person.first).expect("names of the demo are names"),
            last_name: PersonName::optional(person.last).expect("names of the demo are names"),
            language: if person.fa {
                Language::Fa
            } else {
                Language::En
            },
        };
        let mut roles = Roles::BUYER;
        if kind == "seller" {
            roles = roles.with(Role::Seller);
        }
        let mut user = User::open(new, opened)
            .set_roles(roles, opened)
            .expect("an account that was just opened is not closed");
        user.password = None;
        user.profile.bio = Block::optional(person.bio).expect("texts of the demo fit");
        user.profile.is_public = true;
        match self.store.users().insert(&user).await {
            Ok(()) | Err(InsertError::Exists { .. } | InsertError::Conflict { .. }) => Ok(user),
            Err(InsertError::Store(error)) => Err(error.into()),
        }
    }

    /// Somebody with an address on the cheaper networks, confirmed long ago.
    async fn with_addresses(&self, person: User) -> Result<User, Failure> {
        let mut changed = person.clone();
        let at = self.now().minus(ACCOUNTS);
        for network in [Network::Bsc, Network::Polygon, Network::Ethereum] {
            if changed.confirmed_address(network, self.now()).is_some() {
                continue;
            }
            let new = demo_address(&person, network, &*self.random);
            let id = new.id;
            let added = changed.add_address(new, at);
            let confirmed = added.and_then(|user| user.confirm_address(id, false, at));
            changed = confirmed.expect("a first address on a network is taken");
        }
        if changed == person {
            return Ok(person);
        }
        changed.version = person.version.saturating_add(1);
        match self.store.users().commit(&changed, person.version).await {
            Ok(()) => Ok(changed),
            Err(storage::CommitError::Store(error)) => Err(error.into()),
            Err(_) => Err(Failure::Contended),
        }
    }

    /// One request with its offers, each at its moment.
    async fn seed_request(
        &self,
        clock: &PastClock,
        cast: &Cast,
        number: usize,
        published_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), SeedError> {
        let seed = REQUESTS.get(number);
        let Some((seed, buyer)) = seed.and_then(|seed| Some((seed, cast.buyers.get(seed.buyer)?)))
        else {
            return Ok(());
        };
        clock.set(published_at);
        let id = self.publish_seed(buyer, seed, number, published_at).await?;
        for (nth, offer) in seed.offers.iter().enumerate() {
            let later = Span::hours(small(nth).saturating_mul(9).saturating_add(3));
            clock.set(published_at.plus(later).min(now));
            self.seed_offer(cast, id, number, offer).await?;
        }
        clock.set(now);
        self.forget_news(seed, id).await
    }

    async fn publish_seed(
        &self,
        buyer: &User,
        seed: &SeedRequest,
        number: usize,
        published_at: Timestamp,
    ) -> Result<RequestId, SeedError> {
        let actor = acting(buyer);
        let [what, delivery, conditions] = parts(seed, published_at, number);
        let begun = self
            .write_draft(&actor, None, first_part(number, what))
            .await?;
        for part in [delivery, conditions] {
            let write = WriteDraft {
                draft: Some(begun.id),
                ..first_part(number, part)
            };
            self.write_draft(&actor, None, write).await?;
        }
        let once = Once::new(key("publish", number), "publish", &number);
        self.publish_request(&actor, begun.id, &once).await?;
        Ok(begun.id)
    }

    async fn seed_offer(
        &self,
        cast: &Cast,
        request: RequestId,
        number: usize,
        offer: &SeedOffer,
    ) -> Result<(), SeedError> {
        let Some(seller) = cast.sellers.get(offer.0) else {
            return Ok(());
        };
        let make = MakeOffer {
            request,
            proposal: proposal(offer),
        };
        let once = Once::new(key("offer", number), "offer", &make.proposal);
        self.make_offer(&acting(seller), make, &once).await?;
        Ok(())
    }

    /// Nobody is told of what concerns only people who never sign in.
    async fn forget_news(&self, seed: &SeedRequest, id: RequestId) -> Result<(), SeedError> {
        let is_of_cast = seed.buyer < 2;
        if is_of_cast {
            return Ok(());
        }
        let request = self.find_request(id).await?;
        let requests = self.store.requests();
        let forgotten = requests.mark_dispatched(id, request.last_seq).await;
        forgotten.map_err(|error| Failure::from(error).into())
    }
}

/// When the request with this number was published: the last one within the last hour.
fn moment(now: Timestamp, number: usize) -> Timestamp {
    let count = i64::try_from(REQUESTS.len()).unwrap_or(1).max(1);
    let left = count.saturating_sub(i64::try_from(number).unwrap_or(0));
    let step = BEGAN.ms().checked_div(count).unwrap_or(0);
    now.minus(Span::from_ms(left.saturating_sub(1).saturating_mul(step)))
        .minus(Span::minutes(40))
}

fn first_part(number: usize, part: DraftPart) -> WriteDraft {
    WriteDraft {
        draft: None,
        key: key("draft", number),
        part,
    }
}

fn request_id(buyer: Option<&User>, number: usize) -> Option<RequestId> {
    buyer.map(|buyer| crate::requests::draft_id(buyer.id, &key("draft", number)))
}

fn parts(seed: &SeedRequest, published_at: Timestamp, number: usize) -> [DraftPart; 3] {
    let specifications = seed
        .specifications
        .iter()
        .map(|(name, value)| Specification {
            key: line(name),
            value: line(value),
            label: None,
        });
    let what = What {
        title: line(seed.title),
        description: block(seed.description),
        category: category_id(seed.category),
        kind: seed.kind,
        quantity: seed.quantity,
        link: None,
        size: None,
        color: None,
        brand: None,
        specifications: specifications.collect(),
        tags: Vec::new(),
        attachments: Vec::new(),
    };
    let delivery = match seed.place {
        Some((city, country)) => physical(city, country),
        None => Delivery::Online {
            email: None,
            notes: None,
        },
    };
    let (min, max, currency) = seed.budget;
    let amount = |text: &str| Units::parse(text, Asset::PRICE_PLACES).ok();
    let max = amount(max).expect("a budget of the demo has its most");
    let open_days = small(number)
        .checked_rem(14)
        .unwrap_or(0)
        .saturating_add(15);
    let conditions = Conditions {
        budget: Budget::new(amount(min), max, currency).expect("budgets of the demo are sound"),
        urgency: seed.urgency,
        offers_until: published_at.plus(Span::days(open_days)),
        inspection_days: if seed.kind == ProductKind::PhysicalProduct {
            3
        } else {
            5
        },
        evidence: EvidenceItem::usual_for(seed.kind),
        buyer_on_silence: None,
        invited: Vec::new(),
    };
    [
        DraftPart::What(what),
        DraftPart::Delivery(delivery),
        DraftPart::Conditions(conditions),
    ]
}

fn physical(city: &str, country: &str) -> Delivery {
    Delivery::Physical {
        address: PostalAddress {
            recipient: line("Demo"),
            street: line("1 Demo Street"),
            extra: None,
            city: line(city),
            region: None,
            postal_code: None,
            country: country
                .parse()
                .expect("countries of the demo are countries"),
            phone: None,
        },
        notes: None,
    }
}

fn proposal(offer: &SeedOffer) -> Proposal {
    let (_, price, days, title, description) = *offer;
    let price = Price::parse(price, Token::Usdt).expect("prices of the demo are prices");
    let least = Asset::new(Network::Ethereum, Token::Usdt).map(Asset::min_deal);
    let mut networks = vec![Network::Bsc, Network::Polygon];
    let on_ethereum = Asset::new(Network::Ethereum, Token::Usdt);
    let units = on_ethereum.and_then(|asset| price.in_asset(asset));
    if units >= least {
        networks.push(Network::Ethereum);
    }
    Proposal {
        title: line(title),
        description: block(description),
        price,
        delivery: DeliveryTime {
            amount: days,
            unit: TimeUnit::Days,
        },
        networks,
        valid_until: None,
        notes: None,
        attachments: Vec::new(),
    }
}

/// An address that belongs to nobody, the same one for the same seller.
fn demo_address(seller: &User, network: Network, random: &dyn crate::ports::Random) -> NewAddress {
    let digest = Digest::of_value(&(seller.id, network));
    let mut typed = String::from("0x");
    for byte in digest.as_bytes().iter().take(20) {
        write!(typed, "{byte:02x}").expect("a string takes all text");
    }
    NewAddress {
        id: PayoutAddressId::derived(&[
            b"demo",
            seller.id.as_uuid().as_bytes(),
            network.code().as_bytes(),
        ]),
        network,
        address: checked_address(network, &typed).expect("forty digits are an address"),
        label: None,
        stop: Secret::draw(random).digest(),
        look_alike_accepted: true,
    }
}

const fn acting(user: &User) -> Actor {
    Actor::Person(Person::new(user, SessionId::from_uuid(user.id.as_uuid())))
}

fn key(what: &str, number: usize) -> CommandKey {
    CommandKey::new(format!("demo-{what}-{number}")).expect("these keys are visible ASCII")
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn index(number: usize) -> [u8; 4] {
    small(number).to_be_bytes()
}

fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::new(text).expect("texts of the demo fit")
}

fn block<const MAX: usize>(text: &str) -> Block<MAX> {
    Block::new(text).expect("texts of the demo fit")
}
