//! What happened to requests, told to the people it concerns; and deals opened that a crash left
//! out.

use domain::id::{OfferId, RequestId, UserId};
use domain::policy::Action;
use domain::price::Price;
use domain::request::{Event, Happened, OfferEnd, Request};
use storage::{Limit, PageRequest, Undispatched};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::notifications::{Message, Notice};

impl Services {
    /// Relays the events of requests that were not relayed, and says how many requests had any.
    /// More may wait when that is as many as `limit`. Each step may be repeated.
    ///
    /// # Errors
    /// [`Failure`]; what was not relayed is relayed the next time.
    pub async fn relay_requests(&self, actor: &Actor, limit: Limit) -> Result<usize, Failure> {
        actor.may(Action::Notify)?;
        let page = PageRequest::first(limit);
        let waiting = self.store.requests().list_undispatched(page).await?.items;
        for one in &waiting {
            self.relay_request(actor, *one).await?;
        }
        Ok(waiting.len())
    }

    /// Relays what is new of one request.
    pub(crate) async fn relay_request(
        &self,
        actor: &Actor,
        waiting: Undispatched<RequestId>,
    ) -> Result<(), Failure> {
        let requests = self.store.requests();
        let Some(request) = requests.find(waiting.id).await? else {
            return Ok(());
        };
        let new = |event: &&Event| event.seq > waiting.after;
        for event in request.events.iter().filter(new) {
            self.relay_request_event(actor, &request, event).await?;
        }
        requests
            .mark_dispatched(request.id, request.last_seq)
            .await?;
        Ok(())
    }

    async fn relay_request_event(
        &self,
        actor: &Actor,
        request: &Request,
        event: &Event,
    ) -> Result<(), Failure> {
        if let Happened::OfferAccepted { deal, .. } = event.happened
            && let Some(attempt) = request.attempt_of(deal)
        {
            self.open_deal(request.id, attempt).await?;
        }
        if let Happened::OfferEnded { offer, seller, .. } = event.happened {
            self.let_go_of_files(request, offer, seller).await?;
        }
        self.audit_review(request, event).await?;
        for (to, message, path) in self.news(request, event).await? {
            let notice = Notice {
                to,
                event_key: format!("request:{}:{}", request.id, event.seq),
                message,
                related: Some(request.id.as_uuid()),
                action_path: Some(path),
            };
            self.notify(actor, &notice).await?;
        }
        Ok(())
    }

    /// What was shown with an offer goes with it.
    async fn let_go_of_files(
        &self,
        request: &Request,
        offer: OfferId,
        seller: UserId,
    ) -> Result<(), Failure> {
        let mut ended = request.ended_offers.iter();
        match ended.find(|ended| ended.id == offer) {
            Some(ended) => self.let_go(request.id, seller, &ended.attachments).await,
            None => Ok(()),
        }
    }

    /// Who has to hear what of an event, and which page it leads to.
    async fn news(
        &self,
        request: &Request,
        event: &Event,
    ) -> Result<Vec<(UserId, Message, String)>, Failure> {
        let Some(title) = title(request) else {
            return Ok(Vec::new());
        };
        let page = format!("/requests/{}", request.id);
        let offers = format!("{page}/offers");
        Ok(match &event.happened {
            Happened::Published => invitations(request, event, &title, &page),
            // Whoever was uninvited since hears nothing of it.
            Happened::SellerInvited { seller } if request.invited().contains(seller) => {
                vec![(*seller, Message::InvitedToOffer { title }, page)]
            }
            Happened::OfferMade { offer } => {
                let Some((seller, amount)) = self.bidder(request, *offer).await? else {
                    return Ok(Vec::new());
                };
                vec![(
                    request.buyer,
                    Message::OfferReceived {
                        title,
                        seller,
                        amount,
                    },
                    offers,
                )]
            }
            Happened::OfferRevised { offer, .. } => {
                let Some((seller, amount)) = self.bidder(request, *offer).await? else {
                    return Ok(Vec::new());
                };
                vec![(
                    request.buyer,
                    Message::OfferRevised {
                        title,
                        seller,
                        amount,
                    },
                    offers,
                )]
            }
            Happened::OfferCountered { offer } => match request.offer(*offer) {
                Some(offer) => vec![(offer.seller, Message::OfferCountered { title }, page)],
                None => Vec::new(),
            },
            Happened::OfferEnded { seller, end, .. } => match end {
                OfferEnd::Rejected => vec![(*seller, Message::OfferNotChosen { title }, page)],
                OfferEnd::Expired => vec![(*seller, Message::OfferExpired { title }, page)],
                OfferEnd::Withdrawn => {
                    let seller = self.name_of(*seller).await?;
                    vec![(
                        request.buyer,
                        Message::OfferWithdrawn { title, seller },
                        offers,
                    )]
                }
            },
            Happened::OfferAccepted { deal, .. } => match request.attempt_of(*deal) {
                Some(attempt) => {
                    let asset = attempt.terms.asset;
                    let price = attempt.terms.price.to_grouped(asset.decimals());
                    let amount = format!("{price} {}", asset.token());
                    let seller = attempt.terms.seller;
                    let message = Message::OfferAccepted { title, amount };
                    vec![(seller, message, format!("/deals/{deal}"))]
                }
                None => Vec::new(),
            },
            Happened::Edited { edition } => request
                .offers
                .iter()
                .filter(|offer| offer.edition < *edition)
                .map(|offer| {
                    let message = Message::RequestChanged {
                        title: title.clone(),
                    };
                    (offer.seller, message, format!("{page}/offer"))
                })
                .collect(),
            Happened::OffersClosed => {
                vec![(request.buyer, Message::OffersClosed { title }, offers)]
            }
            Happened::TakenDown => vec![to_draft(request, Message::RequestTakenDown { title })],
            Happened::SentBack => vec![to_draft(request, Message::RequestSentBack { title })],
            // The deal tells of itself; the rest concerns only who did it.
            Happened::SellerInvited { .. }
            | Happened::SellerUninvited { .. }
            | Happened::Drafted
            | Happened::HeldForReview
            | Happened::Cancelled
            | Happened::DealFunded { .. }
            | Happened::DealLapsed { .. }
            | Happened::DealClosed { .. }
            | Happened::DealReopened { .. } => Vec::new(),
        })
    }

    /// The name of an offer's seller and its price, as long as it is live.
    async fn bidder(
        &self,
        request: &Request,
        offer: OfferId,
    ) -> Result<Option<(String, String)>, Failure> {
        let Some(offer) = request.offer(offer) else {
            return Ok(None);
        };
        let seller = self.name_of(offer.seller).await?;
        Ok(Some((seller, amount(offer.proposal.price))))
    }

    async fn name_of(&self, id: UserId) -> Result<String, Failure> {
        let user = self.store.users().find(id).await?;
        Ok(user.map(|user| user.display_name()).unwrap_or_default())
    }
}

fn title(request: &Request) -> Option<String> {
    request.draft().what.map(|what| what.title.to_string())
}

/// What the invited hear when a request is posted.
fn invitations(
    request: &Request,
    event: &Event,
    title: &str,
    page: &str,
) -> Vec<(UserId, Message, String)> {
    let invited = request.invited().iter();
    let invited = invited.filter(|seller| !is_invited_after(request, event, **seller));
    let told = |seller: &UserId| {
        let message = Message::InvitedToOffer {
            title: title.to_owned(),
        };
        (*seller, message, page.to_owned())
    };
    invited.map(told).collect()
}

/// What leads the buyer back to the draft.
fn to_draft(request: &Request, message: Message) -> (UserId, Message, String) {
    let path = format!("/requests/new/check?draft={}", request.id);
    (request.buyer, message, path)
}

/// Whether a later event tells the seller.
fn is_invited_after(request: &Request, event: &Event, seller: UserId) -> bool {
    let later = request.events.iter().filter(|one| one.seq > event.seq);
    let invitation = Happened::SellerInvited { seller };
    later.map(|one| &one.happened).any(|one| *one == invitation)
}

fn amount(price: Price) -> String {
    format!("{} {}", price.to_grouped(), price.token())
}
