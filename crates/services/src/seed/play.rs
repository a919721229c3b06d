//! Plays the deals of the demo: the steps that people take, taken for them, at moments of the past.

use async_trait::async_trait;
use domain::deal::{Claim, Command, Deal, Destination, Offer};
use domain::id::{DealId, OfferId, RequestId};
use domain::{Bps, Role, Timestamp, Units, User};
use storage::{Limit, PageRequest};

use super::deals::{DEALS, SeedDeal, Step};
use super::past::PastClock;
use super::{Cast, SeedError, acting, key, proposal, request_id};
use crate::Services;
use crate::actor::Actor;
use crate::deals::{ActOnDeal, DealError};
use crate::failure::Failure;
use crate::offers::{AcceptOffer, MakeOffer};
use crate::requests::Once;

/// Who pays the demo's deals, where no real chain is.
#[async_trait]
pub trait Payer: Send + Sync {
    /// Sends this much of an address's own token there, and lets it be confirmed.
    ///
    /// # Errors
    /// What keeps the payment from being made.
    async fn pay(&self, address: &str, amount: &str) -> Result<(), String>;

    /// Lets time pass on the chain, so that payouts arrive.
    async fn pass_blocks(&self);
}

/// Requests that became deals are numbered after those that are open.
const FIRST_NUMBER: usize = 1_000;
/// How long after its request an offer is made.
const OFFER_AFTER: domain::Span = domain::Span::minutes(90);

/// A deal that is being played.
struct Play<'a> {
    number: usize,
    seed: &'a SeedDeal,
    buyer: &'a User,
    seller: &'a User,
    request: RequestId,
    offer: OfferId,
    payer: &'a dyn Payer,
}

impl Services {
    /// Every deal that was not begun before. To be called on services [in the past](Self::in_the_past).
    pub(super) async fn seed_deals(
        &self,
        clock: &PastClock,
        cast: &Cast,
        payer: &dyn Payer,
        now: Timestamp,
    ) -> Result<(), SeedError> {
        for (number, seed) in (FIRST_NUMBER..).zip(DEALS) {
            let id = request_id(cast.buyers.get(seed.request.buyer), number);
            if !self.is_seeded(id).await? {
                self.seed_deal(clock, cast, (number, seed), payer, now)
                    .await?;
            }
        }
        Ok(())
    }

    async fn seed_deal(
        &self,
        clock: &PastClock,
        cast: &Cast,
        (number, seed): (usize, &SeedDeal),
        payer: &dyn Payer,
        now: Timestamp,
    ) -> Result<(), SeedError> {
        let people = (
            cast.buyers.get(seed.request.buyer),
            cast.sellers.get(seed.offer.0),
        );
        let (Some(buyer), Some(seller)) = people else {
            return Ok(());
        };
        let mut at = now.minus(seed.began);
        clock.set(at);
        let request = self.publish_seed(buyer, &seed.request, number, at).await?;
        clock.set(at.plus(OFFER_AFTER));
        let make = MakeOffer {
            request,
            proposal: proposal(&seed.offer),
        };
        let once = Once::new(key("offer", number), "offer", &make.proposal);
        let offer = self.make_offer(&acting(seller), make, &once).await?;
        self.tell_everybody().await?;
        let play = Play {
            number,
            seed,
            buyer,
            seller,
            request,
            offer,
            payer,
        };
        at = at.plus(OFFER_AFTER);
        for (nth, (after, step)) in seed.steps.iter().enumerate() {
            at = at.plus(*after);
            clock.set(at);
            self.play_step(&play, nth, *step).await?;
            self.tell_everybody().await?;
        }
        self.play_payouts(&play).await
    }

    async fn play_step(&self, play: &Play<'_>, nth: usize, step: Step) -> Result<(), SeedError> {
        if matches!(step, Step::AcceptOffer) {
            return self.play_acceptance(play).await;
        }
        let deal = self.played_deal(play).await?;
        match step {
            Step::Pay(amount) => self.play_payment(play, deal.id, amount).await,
            Step::Expire => Ok(self.apply_deadlines_of(deal.id).await?),
            Step::HandOver => self.play_handover(play, deal.id).await,
            step => {
                let Some((person, command)) = self.move_of(play, &deal, step).await? else {
                    return Ok(());
                };
                let order = ActOnDeal {
                    deal: deal.id,
                    expected_version: Some(deal.version),
                    key: Some(key(
                        "deal",
                        play.number.saturating_mul(100).saturating_add(nth),
                    )),
                    step: command,
                };
                self.act_on_deal(&acting(&person), order).await?;
                Ok(())
            }
        }
    }

    async fn play_acceptance(&self, play: &Play<'_>) -> Result<(), SeedError> {
        let buyer = acting(play.buyer);
        let shown = self
            .show_terms(&buyer, play.request, play.offer, play.seed.network)
            .await?;
        let accept = AcceptOffer {
            request: play.request,
            offer: play.offer,
            version: shown.offer.version,
            network: play.seed.network,
            terms_hash: shown.hash,
        };
        let once = Once::new(key("accept", play.number), "accept", &play.number);
        let deal = self.accept_offer(&buyer, accept, &once).await?;
        self.request_address(&buyer, deal).await?;
        Ok(())
    }

    async fn play_payment(
        &self,
        play: &Play<'_>,
        deal: DealId,
        amount: &str,
    ) -> Result<(), SeedError> {
        let intents = self.store.intents();
        let id = domain::intent::Intent::id_for(deal, domain::intent::Rail::Shkeeper);
        let intent = intents.find(id).await.map_err(Failure::from)?;
        let address = intent.and_then(|intent| intent.address);
        let address = address.ok_or_else(|| SeedError::Unpaid("there is no address".to_owned()))?;
        let paid = play.payer.pay(&address, amount).await;
        paid.map_err(SeedError::Unpaid)?;
        self.read_address(id).await?;
        Ok(())
    }

    async fn play_handover(&self, play: &Play<'_>, deal: DealId) -> Result<(), SeedError> {
        let shown = self.show_code(&acting(play.buyer), deal).await?;
        let typed = shown.and_then(|code| domain::deal::DeliveryCode::parse(&code.spoken));
        let Some(typed) = typed else { return Ok(()) };
        self.enter_code(&acting(play.seller), deal, typed, None)
            .await?;
        Ok(())
    }

    /// Sends what the deal owes, as far as nobody has to approve it.
    async fn play_payouts(&self, play: &Play<'_>) -> Result<(), SeedError> {
        let deal = self.played_deal(play).await?;
        if deal.legs.is_empty() {
            return Ok(());
        }
        self.move_legs(deal.id).await?;
        play.payer.pass_blocks().await;
        self.ask_about_legs(deal.id).await?;
        self.tell_everybody().await
    }

    async fn played_deal(&self, play: &Play<'_>) -> Result<Deal, SeedError> {
        let request = self.find_request(play.request).await?;
        let attempt = request.attempts.last();
        let id = attempt.map(|attempt| attempt.deal);
        let id = id.ok_or(SeedError::Deal(DealError::NotFound))?;
        let deal = self.store.deals().find(id).await.map_err(Failure::from)?;
        deal.ok_or(SeedError::Deal(DealError::NotFound))
    }

    /// Everybody hears of what happened when it happened.
    async fn tell_everybody(&self) -> Result<(), SeedError> {
        self.relay_requests(&Actor::System, Limit::MAX).await?;
        let deals = self.store.deals();
        let waiting = deals.list_undispatched(PageRequest::first(Limit::MAX));
        for deal in waiting.await.map_err(Failure::from)?.items {
            self.relay_deal(deal).await?;
        }
        Ok(())
    }

    /// Who takes a step, and how it is said to the deal; none when there is nobody to take it.
    async fn move_of(
        &self,
        play: &Play<'_>,
        deal: &Deal,
        step: Step,
    ) -> Result<Option<(User, Command)>, SeedError> {
        let command = command_of(play, deal, step);
        let person = match step {
            Step::Ship(..) | Step::Decline | Step::AgreeToSplit | Step::Answer(_) => {
                Some(play.seller.clone())
            }
            Step::Rule(..) => match deal.dispute().and_then(|case| case.resolver) {
                Some(resolver) => Some(self.find_user(resolver).await?),
                None => None,
            },
            Step::Hold(_) => self.somebody_with(Role::Admin).await?,
            _ => Some(play.buyer.clone()),
        };
        Ok(person.zip(command))
    }

    async fn somebody_with(&self, role: Role) -> Result<Option<User>, SeedError> {
        let page = PageRequest::first(Limit::MAX);
        let found = self.store.users().list_with_role(role, page).await;
        Ok(found.map_err(Failure::from)?.items.into_iter().next())
    }
}

/// A step as a command, where it is one command.
fn command_of(play: &Play<'_>, deal: &Deal, step: Step) -> Option<Command> {
    let part = |percent: u8| -> Units {
        let rate = Bps::new(u16::from(percent).saturating_mul(100));
        rate.unwrap_or(Bps::ONE).of(deal.held())
    };
    Some(match step {
        Step::AcceptOffer | Step::Pay(_) | Step::Expire | Step::HandOver => return None,
        Step::NameRefundAddress => {
            let asset = deal.terms.asset;
            let known = play
                .buyer
                .confirmed_address(asset.network(), deal.updated_at)?;
            let destination = Destination::new(asset, known.address.as_str())?;
            Command::SetRefundAddress { destination }
        }
        Step::Cancel => Command::Cancel,
        Step::Decline => Command::Decline,
        Step::Ship(carrier, tracking) => Command::Ship {
            carrier: carrier.to_owned(),
            tracking: tracking.to_owned(),
        },
        Step::MakeCode => Command::MakeCode,
        Step::Accept => Command::Accept,
        Step::ProposeSplit(percent) => Command::Propose {
            offer: Offer::Split {
                buyer: part(percent),
            },
        },
        Step::AgreeToSplit => Command::AcceptProposal {
            id: deal.proposals.last()?.id,
        },
        Step::Dispute(category, statement) => Command::OpenDispute {
            claim: Claim {
                category,
                statement: statement.to_owned(),
                wanted: Some(deal.held()),
            },
        },
        Step::Answer(statement) => Command::AnswerDispute {
            statement: statement.to_owned(),
        },
        Step::Rule(percent, reasoning) => {
            let division = deal.division(part(percent))?;
            Command::Rule {
                buyer: division.buyer,
                seller: division.seller,
                reasoning: reasoning.to_owned(),
            }
        }
        Step::Hold(reason) => Command::Hold {
            reason: reason.to_owned(),
        },
    })
}
