//! A marketplace with a buyer, sellers and a few categories.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::category::{Category, Slug};
use domain::deal::{EvidenceItem, ProductKind};
use domain::id::{CategoryId, CommandKey, OfferId, RequestId};
use domain::password::Password;
use domain::postal::PostalAddress;
use domain::price::{Budget, Currency, Price};
use domain::request::{
    Conditions, Delivery, DeliveryTime, Details, Proposal, TimeUnit, Urgency, What,
};
use domain::text::{Block, Line};
use domain::{Asset, Language, Localized, Network, Role, Span, Token, Units};
use services::identity::SignedIn;
use services::notifications::Shown;
use services::offers::{AcceptOffer, MakeOffer, ShownTerms};
use services::payout_addresses::{AddAddress, ConfirmAddress};
use services::requests::{DraftPart, Once, WriteDraft};
use services::{Actor, Config};
use storage::{Limit, PageRequest, Store};

use crate::world::{PASSWORD, World, code_in};

/// Where everybody is paid.
pub(crate) const ADDRESS: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

/// A world with categories in which people trade.
pub(crate) struct Market {
    world: World,
    keys: AtomicU32,
}

impl Deref for Market {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl Market {
    pub(crate) async fn new() -> Self {
        Self::over(|_| {}, |store| store).await
    }

    pub(crate) async fn with(adjust: impl FnOnce(&mut Config)) -> Self {
        Self::over(adjust, |store| store).await
    }

    /// With other settings, and something between the use cases and their store.
    pub(crate) async fn over(
        adjust: impl FnOnce(&mut Config),
        wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    ) -> Self {
        Self::in_world(World::over(adjust, wrap)).await
    }

    /// In a world that is there already.
    pub(crate) async fn in_world(world: World) -> Self {
        let market = Self {
            world,
            keys: AtomicU32::new(0),
        };
        for (slug, parent) in [
            ("electronics", None),
            ("cameras", Some("electronics")),
            ("services", None),
        ] {
            let name = Line::new(slug).unwrap();
            let name = Localized::each(|_| name.clone());
            let slug = Slug::new(slug).unwrap();
            let parent = parent.map(category);
            let category = Category::new(name, slug, parent, 1, market.now());
            market.store().categories().insert(&category).await.unwrap();
        }
        market
    }

    /// A key that no other command has.
    pub(crate) fn once(&self) -> Once {
        Once::new(self.key(), "test", &())
    }

    pub(crate) fn key(&self) -> CommandKey {
        let number = self.keys.fetch_add(1, Ordering::SeqCst);
        CommandKey::new(format!("key-{number}")).unwrap()
    }

    /// Somebody who sells, with a confirmed address on BNB Chain and Polygon.
    pub(crate) async fn seller(&self, name: &str) -> SignedIn {
        let seller = self.person(name, &[Role::Buyer, Role::Seller]).await;
        for network in [Network::Bsc, Network::Polygon] {
            self.add_address(&seller, network).await;
        }
        seller
    }

    /// Adds an address and confirms it; money goes there after a day.
    pub(crate) async fn add_address(&self, person: &SignedIn, network: Network) {
        self.add_address_at(person, network, ADDRESS).await;
    }

    /// The same, of an address of one's choice.
    pub(crate) async fn add_address_at(&self, person: &SignedIn, network: Network, address: &str) {
        let add = AddAddress {
            network,
            address: address.into(),
            label: None,
            password: Password::typed(PASSWORD),
            look_alike_accepted: false,
        };
        let added = self
            .add_payout_address(&person.actor(), &self.client(), add)
            .await
            .unwrap();
        let confirm = ConfirmAddress {
            id: added.id,
            code: code_in(&self.only_mail().await),
        };
        self.confirm_payout_address(&person.actor(), confirm)
            .await
            .unwrap();
        self.mails().await;
    }

    pub(crate) async fn buyer(&self, name: &str) -> SignedIn {
        self.person(name, &[Role::Buyer]).await
    }

    /// A draft with all that `details` say.
    pub(crate) async fn draft(&self, actor: &Actor, details: Details) -> RequestId {
        let mut draft = None;
        for part in [
            DraftPart::What(details.what),
            DraftPart::Delivery(details.delivery),
            DraftPart::Conditions(details.conditions),
        ] {
            let write = WriteDraft {
                draft,
                key: self.key(),
                part,
            };
            let written = self.write_draft(actor, None, write).await.unwrap();
            draft = Some(written.id);
        }
        draft.unwrap()
    }

    /// A published request.
    pub(crate) async fn request(&self, buyer: &SignedIn, title: &str) -> RequestId {
        self.publish(buyer, self.details(title)).await
    }

    pub(crate) async fn publish(&self, buyer: &SignedIn, details: Details) -> RequestId {
        let id = self.draft(&buyer.actor(), details).await;
        self.publish_request(&buyer.actor(), id, &self.once())
            .await
            .unwrap();
        id
    }

    /// A published request for this seller alone.
    pub(crate) async fn request_for(
        &self,
        buyer: &SignedIn,
        title: &str,
        seller: &SignedIn,
    ) -> RequestId {
        let id = self.draft(&buyer.actor(), self.details(title)).await;
        self.invite_seller(&buyer.actor(), None, id, seller.user.id)
            .await
            .unwrap();
        self.publish_request(&buyer.actor(), id, &self.once())
            .await
            .unwrap();
        id
    }

    pub(crate) fn details(&self, title: &str) -> Details {
        let budget = Units::parse("500", Asset::PRICE_PLACES).unwrap();
        Details {
            what: What {
                title: Line::new(title).unwrap(),
                description: Block::new("Used is fine.").unwrap(),
                category: category("cameras"),
                kind: ProductKind::PhysicalProduct,
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
                    recipient: Line::new("Sara Rad").unwrap(),
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
                offers_until: self.now().plus(Span::days(14)),
                inspection_days: 3,
                evidence: EvidenceItem::usual_for(ProductKind::PhysicalProduct),
                buyer_on_silence: None,
                invited: Vec::new(),
            },
        }
    }

    pub(crate) async fn offer(
        &self,
        seller: &SignedIn,
        request: RequestId,
        price: &str,
    ) -> OfferId {
        let make = MakeOffer {
            request,
            proposal: proposal(price),
        };
        self.make_offer(&seller.actor(), make, &self.once())
            .await
            .unwrap()
    }

    /// The terms of an offer, paid on Polygon.
    pub(crate) async fn terms(
        &self,
        buyer: &SignedIn,
        request: RequestId,
        offer: OfferId,
    ) -> ShownTerms {
        self.show_terms(&buyer.actor(), request, offer, Network::Polygon)
            .await
            .unwrap()
    }

    /// Lets the relay tell everybody of everything, and says what somebody then has in their list,
    /// newest first.
    pub(crate) async fn heard(&self, person: &SignedIn) -> Vec<String> {
        self.relay().await;
        let page = PageRequest::first(Limit::MAX);
        let actor = person.actor();
        let list = self.list_notifications(&actor, Shown::All, Language::En, page);
        let heard = list.await.unwrap();
        heard.items.into_iter().map(|one| one.title).collect()
    }

    pub(crate) async fn relay(&self) -> usize {
        self.relay_requests(&Actor::System, Limit::MAX)
            .await
            .unwrap()
    }
}

/// What the buyer sends who saw these terms.
pub(crate) fn accept(shown: &ShownTerms) -> AcceptOffer {
    AcceptOffer {
        request: shown.request.id,
        offer: shown.offer.id,
        version: shown.offer.version,
        network: shown.terms.asset.network(),
        terms_hash: shown.hash,
    }
}

pub(crate) fn category(slug: &str) -> CategoryId {
    CategoryId::derived(&[slug.as_bytes()])
}

pub(crate) fn proposal(price: &str) -> Proposal {
    Proposal {
        title: Line::new("Canon AE-1").unwrap(),
        description: Block::new("Serviced last year.").unwrap(),
        price: Price::parse(price, Token::Usdt).unwrap(),
        delivery: DeliveryTime {
            amount: 10,
            unit: TimeUnit::Days,
        },
        networks: vec![Network::Bsc, Network::Polygon],
        valid_until: None,
        notes: Some(Block::new("Costs me 60").unwrap()),
        attachments: Vec::new(),
    }
}
