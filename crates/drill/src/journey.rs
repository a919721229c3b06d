//! A journey of two people: from the request to the end of the deal. Every command has a key of its
//! own, so that whoever was cut off does it again, and some do it again for no reason.

use std::collections::VecDeque;

use domain::deal::{Claim, Command, Deal, DeliveryCode, Destination, DisputeCategory};
use domain::id::{CommandKey, DealId, IntentId, OfferId, RequestId};
use services::Actor;
use services::deals::{ActOnDeal, DealError};
use services::offers::{AcceptOffer, MakeOffer};
use services::requests::{ChangeRequestError, DraftPart, Once, WriteDraft};

use crate::Fault;
use crate::dice::Dice;
use crate::house::House;
use crate::people::Somebody;
use crate::plan::{Move, Plan};
use crate::report::Tally;

/// How often something is tried that the deal refuses.
const TRIES_MAX: u32 = 8;

/// How far a journey has come.
#[derive(Debug, Clone, Copy)]
enum Stage {
    Drafting(Option<RequestId>, usize),
    Publishing(RequestId),
    Offering(RequestId),
    Accepting(RequestId, OfferId),
    Addressing(DealId),
    Dealing(DealId),
}

/// A journey under way.
#[derive(Debug)]
pub(crate) struct Journey {
    number: u32,
    plan: Plan,
    stage: Stage,
    left: VecDeque<Move>,
    tries: u32,
    /// Rounds until it begins: not everybody comes at once.
    begins_in: u32,
    address: String,
    intent: Option<IntentId>,
    dice: Dice,
    pub(crate) tally: Tally,
}

impl Journey {
    pub(crate) fn new(number: u32, mut dice: Dice) -> Self {
        let plan = Plan::draw(&mut dice, number);
        Self {
            number,
            left: plan.moves.iter().copied().collect(),
            plan,
            stage: Stage::Drafting(None, 0),
            tries: 0,
            begins_in: dice.below(30),
            address: String::new(),
            intent: None,
            dice,
            tally: Tally::default(),
        }
    }

    /// Whether nobody has anything more in mind.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Dealing(_)) && self.left.is_empty()
    }

    /// What a forger would have seen of it.
    pub(crate) fn address(&self) -> Option<(String, &str)> {
        self.intent
            .map(|intent| (intent.to_string(), self.address.as_str()))
    }

    fn buyer<'h>(&self, house: &'h House) -> &'h Somebody {
        nth(&house.people.buyers, self.number)
    }

    fn seller<'h>(&self, house: &'h House) -> &'h Somebody {
        nth(&house.people.sellers, self.number)
    }

    /// A key that belongs to one step of this journey for ever.
    fn key(&self, step: &str) -> Result<CommandKey, Fault> {
        Ok(CommandKey::new(format!("{}-{step}", self.number))?)
    }

    fn once(&self, step: &str) -> Result<Once, Fault> {
        Ok(Once::new(self.key(step)?, "drill", &()))
    }

    /// Takes one step. It may be cut off anywhere and taken again: how far the journey has come is
    /// noted only when the step is over.
    pub(crate) async fn step(&mut self, house: &House) -> Result<(), Fault> {
        if self.begins_in > 0 {
            self.begins_in -= 1;
            return Ok(());
        }
        match self.stage {
            Stage::Drafting(draft, part) => self.draft(house, draft, part).await,
            Stage::Publishing(request) => {
                let once = self.once("publish")?;
                let buyer = &self.buyer(house).actor;
                house
                    .services()
                    .publish_request(buyer, request, &once)
                    .await?;
                self.stage = Stage::Offering(request);
                Ok(())
            }
            Stage::Offering(request) => self.offer(house, request).await,
            Stage::Accepting(request, offer) => self.accept(house, request, offer).await,
            Stage::Addressing(deal) => {
                let buyer = &self.buyer(house).actor;
                let paying = house.services().request_address(buyer, deal).await?;
                self.address = paying.intent.address.clone().ok_or("no address")?;
                self.intent = Some(paying.intent.id);
                self.stage = Stage::Dealing(deal);
                Ok(())
            }
            Stage::Dealing(deal) => self.deal(house, deal).await,
        }
    }

    async fn draft(
        &mut self,
        house: &House,
        draft: Option<RequestId>,
        part: usize,
    ) -> Result<(), Fault> {
        let details = crate::plan::details(self.number, house.services().now())?;
        let parts = [
            DraftPart::What(details.what),
            DraftPart::Delivery(details.delivery),
            DraftPart::Conditions(details.conditions),
        ];
        let last = parts.len() - 1;
        let write = WriteDraft {
            draft,
            key: self.key(&format!("draft-{part}"))?,
            part: parts.into_iter().nth(part).ok_or("no such part")?,
        };
        let buyer = &self.buyer(house).actor;
        let written = house.services().write_draft(buyer, None, write).await?.id;
        self.stage = if part == last {
            Stage::Publishing(written)
        } else {
            Stage::Drafting(Some(written), part + 1)
        };
        Ok(())
    }

    async fn offer(&mut self, house: &House, request: RequestId) -> Result<(), Fault> {
        let make = MakeOffer {
            request,
            proposal: crate::plan::proposal(self.plan.price_cents)?,
        };
        let once = self.once("offer")?;
        let seller = &self.seller(house).actor;
        match house.services().make_offer(seller, make, &once).await {
            Ok(offer) => self.stage = Stage::Accepting(request, offer),
            // A new seller has a few open offers at the most: it waits for a turn.
            Err(ChangeRequestError::Rejected(_)) => self.tally.refusals += 1,
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn accept(
        &mut self,
        house: &House,
        request: RequestId,
        offer: OfferId,
    ) -> Result<(), Fault> {
        let (services, buyer) = (house.services(), &self.buyer(house).actor);
        let network = self.plan.network;
        let once = self.once("accept")?;
        // Whoever was cut off finds the deal under the request.
        let stored = services.store().requests().find(request).await?;
        let taken = stored.and_then(|request| request.attempts.last().map(|one| one.deal));
        let deal = match taken {
            Some(deal) if services.store().deals().find(deal).await?.is_some() => deal,
            _ => {
                let shown = services.show_terms(buyer, request, offer, network).await?;
                let accept = AcceptOffer {
                    request,
                    offer,
                    version: shown.offer.version,
                    network,
                    terms_hash: shown.hash,
                };
                services.accept_offer(buyer, accept, &once).await?
            }
        };
        self.stage = Stage::Addressing(deal);
        Ok(())
    }

    /// Makes the next move; what is refused is tried again in a later round.
    async fn deal(&mut self, house: &House, deal: DealId) -> Result<(), Fault> {
        let Some(next) = self.left.front().copied() else {
            return Ok(());
        };
        let is_made = match next {
            Move::Pause(0) => true,
            Move::Pause(rounds) => {
                if let Some(first) = self.left.front_mut() {
                    *first = Move::Pause(rounds - 1);
                }
                return Ok(());
            }
            Move::Pay(_) | Move::PayInVain | Move::PayAndReplace => {
                // Money is sent once: nobody repeats a payment because of a crash of ours.
                self.left.pop_front();
                return self.pay(house, next).await;
            }
            _ => self.act(house, deal, next).await?,
        };
        self.tries += 1;
        if is_made || self.tries > TRIES_MAX {
            self.tries = 0;
            self.left.pop_front();
        }
        Ok(())
    }

    async fn pay(&mut self, house: &House, how: Move) -> Result<(), Fault> {
        let percent = if let Move::Pay(percent) = how {
            percent
        } else {
            100
        };
        let amount = self.plan.price_cents * percent;
        let amount = format!("{}.{:04}", amount / 10_000, amount % 10_000);
        let seen = if matches!(how, Move::Pay(_)) {
            "shallow"
        } else {
            "unconfirmed"
        };
        let txid = house.bank.pay(&self.address, &amount, seen).await?;
        let turn = match how {
            Move::PayInVain => "drop",
            Move::PayAndReplace => "replace",
            _ => return Ok(()),
        };
        self.tally.dropped += 1;
        let path = format!("transactions/{txid}/{turn}");
        house.bank.control(&path, serde_json::json!({})).await?;
        Ok(())
    }

    /// False when the deal refuses.
    async fn act(&mut self, house: &House, id: DealId, what: Move) -> Result<bool, Fault> {
        let deal = house.deal(id).await?;
        let Some((actor, step)) = self.command(house, &deal, what)? else {
            return Ok(false);
        };
        let key = format!("{}-{}-{what:?}", self.left.len(), self.tries);
        if !self.order(house, id, &actor, step, &key).await? {
            return Ok(false);
        }
        match what {
            Move::HandOver => self.hand_over(house, id).await,
            _ => Ok(true),
        }
    }

    fn command(
        &mut self,
        house: &House,
        deal: &Deal,
        what: Move,
    ) -> Result<Option<(Actor, Command)>, Fault> {
        let (buyer, seller) = (self.buyer(house), self.seller(house));
        let of = |who: &Somebody, step| Ok(Some((who.actor.clone(), step)));
        match what {
            Move::NameRefundAddress => {
                let address = buyer.address(self.plan.network);
                let destination = Destination::new(deal.terms.asset, address);
                let destination = destination.ok_or("no address of this network")?;
                of(buyer, Command::SetRefundAddress { destination })
            }
            Move::Cancel => of(buyer, Command::Cancel),
            Move::Decline => of(seller, Command::Decline),
            Move::HandOver => of(buyer, Command::MakeCode),
            Move::Accept => of(buyer, Command::Accept),
            Move::Concede => of(seller, Command::Concede),
            Move::Ship => {
                let (carrier, tracking) = ("Post".to_owned(), "7".to_owned());
                of(seller, Command::Ship { carrier, tracking })
            }
            Move::Dispute => {
                let claim = Claim {
                    category: DisputeCategory::WrongItem,
                    statement: "Another camera came.".to_owned(),
                    wanted: Some(deal.held()),
                };
                of(buyer, Command::OpenDispute { claim })
            }
            Move::Rule(percent) => Ok(rule(house, deal, percent)),
            Move::Pay(_) | Move::PayInVain | Move::PayAndReplace | Move::Pause(_) => Ok(None),
        }
    }

    /// Orders a step. One in eight is ordered twice under the same key: the second does nothing.
    async fn order(
        &mut self,
        house: &House,
        deal: DealId,
        actor: &Actor,
        step: Command,
        key: &str,
    ) -> Result<bool, Fault> {
        let order = ActOnDeal {
            deal,
            expected_version: None,
            key: Some(self.key(key)?),
            step,
        };
        let services = house.services();
        let first = services.act_on_deal(actor, order.clone()).await;
        let Some(first) = done(first)? else {
            self.tally.refusals += 1;
            return Ok(false);
        };
        self.tally.commands += 1;
        if self.dice.percent(12) {
            self.tally.repeats += 1;
            let again = services.act_on_deal(actor, order).await;
            let same = done(again)?.is_some_and(|again| again.deal.version == first.deal.version);
            self.tally.repeats_that_changed += u64::from(!same);
        }
        Ok(true)
    }

    async fn hand_over(&mut self, house: &House, deal: DealId) -> Result<bool, Fault> {
        let services = house.services();
        let shown = services.show_code(&self.buyer(house).actor, deal).await;
        let Ok(Some(shown)) = shown else {
            return Ok(false);
        };
        let typed = DeliveryCode::parse(&shown.spoken).ok_or("a shown code is none")?;
        let key = self.key(&format!("enter-{}", self.tries))?;
        let seller = &self.seller(house).actor;
        let entered = services.enter_code(seller, deal, typed, Some(key)).await;
        Ok(done(entered)?.is_some())
    }
}

/// What was done; none when the deal refuses. Anything else ends the drill.
pub(crate) fn done<T>(result: Result<T, DealError>) -> Result<Option<T>, Fault> {
    match result {
        Ok(done) => Ok(Some(done)),
        Err(DealError::Rejected(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The ruling of whoever was drawn, once they may rule.
fn rule(house: &House, deal: &Deal, percent: u32) -> Option<(Actor, Command)> {
    let drawn = deal.dispute()?.resolver?;
    let mut resolvers = house.people.resolvers.iter();
    let resolver = resolvers.find(|somebody| somebody.id == drawn)?;
    let part = domain::Units::new(deal.held().get() / 100 * u128::from(percent));
    let division = deal.division(part)?;
    let step = Command::Rule {
        buyer: division.buyer,
        seller: division.seller,
        reasoning: "As the photographs show.".to_owned(),
    };
    Some((resolver.actor.clone(), step))
}

fn nth<T>(all: &[T], number: u32) -> &T {
    let number = usize::try_from(number).unwrap_or(0);
    let place = number.checked_rem(all.len()).unwrap_or(0);
    all.get(place).expect("a house has people of every kind")
}
