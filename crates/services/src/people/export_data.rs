//! Everything that is kept of a person, for that person: as JSON, without what belongs to others and
//! without secrets.

use domain::deal::{Deal, Party};
use domain::id::{RequestId, UserId};
use domain::password::Password;
use domain::policy::Action;
use domain::receipt::Receipt;
use domain::request::Request;
use domain::user::{PayoutAddress, PersonName};
use domain::{Span, Timestamp, User};
use serde_json::{Value, json};
use storage::{DealSummary, FileRecord, Limit, Offered, PageRequest, Side};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::{ConfirmError, Throttled};
use crate::notifications::Shown;
use crate::paging::read_all;

/// So often within [`WINDOW`].
const TIMES: u32 = 1;
const WINDOW: Span = Span::days(1);

/// Why nothing was handed out.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ExportDataError {
    /// The password is another one.
    #[error("the password is wrong")]
    WrongPassword,
    /// Too many wrong passwords.
    #[error("too many wrong passwords, locked for a while")]
    Locked {
        /// When the next try counts.
        until: Timestamp,
    },
    /// Once a day.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<ConfirmError> for ExportDataError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Wrong => Self::WrongPassword,
            ConfirmError::Locked { until } => Self::Locked { until },
            ConfirmError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<storage::StoreError> for ExportDataError {
    fn from(error: storage::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Services {
    /// All that is kept of the caller, once a day, for their password. A try that failed does not
    /// count.
    ///
    /// # Errors
    /// [`ExportDataError`].
    pub async fn export_data(
        &self,
        actor: &Actor,
        client: &Client,
        password: Password,
    ) -> Result<Value, ExportDataError> {
        let person = actor.person_who_may(Action::ExportData);
        let person = person.map_err(Failure::from)?;
        let user = self.find_user(person.id).await?;
        self.confirm_password(&user, client, password).await?;
        let key = format!("export:{}", user.id);
        let windows = self.store.windows();
        let window = windows.hit(&key, self.now(), WINDOW).await?;
        if window.count > TIMES {
            return Err(ExportDataError::Throttled(Throttled {
                until: window.until,
                limit: TIMES,
            }));
        }
        match self.gather(actor, &user).await {
            Ok(data) => Ok(data),
            Err(failure) => {
                windows.clear(&key).await?;
                Err(failure.into())
            }
        }
    }

    async fn gather(&self, actor: &Actor, user: &User) -> Result<Value, Failure> {
        let id = user.id;
        let sessions = self.list_sessions(actor).await?;
        let sessions: Vec<Value> = sessions
            .iter()
            .map(|one| {
                json!({
                    "signed_in_at": moment(one.created_at),
                    "last_seen_at": moment(one.last_seen_at),
                    "browser": one.user_agent,
                    "address": one.ip,
                })
            })
            .collect();
        let files = self.store.files();
        let files = read_all(|page| files.list_of_owner(id, page), |file| of_file(&file)).await?;
        let reports = self.store.reports();
        let reports = read_all(
            |page| reports.list_of_reporter(id, page),
            |one| {
                json!({
                    "at": moment(one.created_at),
                    "subject": one.subject,
                    "title": one.title,
                    "reason": one.reason,
                    "note": one.note,
                })
            },
        )
        .await?;
        let notices = self.notices_to_export(actor, user).await?;
        Ok(json!({
            "made_at": moment(self.now()),
            "account": of_account(user),
            "sessions": sessions,
            "requests": self.requests_to_export(id).await?,
            "offers": self.offers_to_export(id).await?,
            "deals": self.deals_to_export(id).await?,
            "files": files,
            "reports": reports,
            "notifications": notices,
        }))
    }

    async fn notices_to_export(&self, actor: &Actor, user: &User) -> Result<Vec<Value>, Failure> {
        let mut notices = Vec::new();
        let mut page = Some(PageRequest::first(Limit::MAX));
        while let Some(request) = page {
            let language = user.preferences.language;
            let read = self
                .list_notifications(actor, Shown::All, language, request)
                .await?;
            page = read.next.map(|next| PageRequest::after(next, Limit::MAX));
            notices.extend(read.items.iter().map(|one| {
                json!({
                    "at": moment(one.created_at),
                    "title": one.title,
                    "message": one.message,
                    "is_read": one.is_read,
                })
            }));
        }
        Ok(notices)
    }

    async fn requests_to_export(&self, id: UserId) -> Result<Vec<Value>, Failure> {
        let requests = self.store.requests();
        let list = |page| requests.list_of_buyer(id, None, page);
        let ids: Vec<RequestId> = read_all(list, |one| one.id).await?;
        let mut all = Vec::new();
        for request in ids {
            all.extend(requests.find(request).await?.as_ref().map(of_request));
        }
        Ok(all)
    }

    async fn offers_to_export(&self, id: UserId) -> Result<Vec<Value>, Failure> {
        let requests = self.store.requests();
        let list = |page| requests.list_offered(id, false, page);
        let offered: Vec<Offered> = read_all(list, |one| one).await?;
        let mut all = Vec::new();
        for one in offered {
            let live = requests.find(one.request.id).await?;
            let live = live.and_then(|request| request.offer_of(id).cloned());
            let live = live.map(|offer| offer.proposal);
            all.push(json!({
                "request": one.request.id,
                "request_title": one.request.title,
                "live": live,
                "offers": one.offers,
            }));
        }
        Ok(all)
    }

    async fn deals_to_export(&self, id: UserId) -> Result<Vec<Value>, Failure> {
        let deals = self.store.deals();
        let list = |page| deals.list_of_person(id, Side::Any, None, page);
        let summaries: Vec<DealSummary> = read_all(list, |one| one).await?;
        let mut all = Vec::new();
        for summary in summaries {
            let party = if summary.buyer == id {
                Party::Buyer
            } else {
                Party::Seller
            };
            let deal = deals.find(summary.id).await?;
            let receipt = deal.as_ref().map(|deal| self.receipt_for(deal, party));
            all.push(of_deal(&summary, deal.as_ref(), party, receipt));
        }
        Ok(all)
    }
}

fn moment(at: Timestamp) -> i64 {
    at.unix_ms()
}

fn of_account(user: &User) -> Value {
    let name = |name: &Option<PersonName>| name.as_ref().map(|name| name.as_str().to_owned());
    let addresses: Vec<Value> = user.addresses.iter().map(of_address).collect();
    json!({
        "id": user.id,
        "email": user.email.as_str(),
        "email_verified_at": user.email_verified_at.map(moment),
        "first_name": name(&user.first_name),
        "last_name": name(&user.last_name),
        "opened_at": moment(user.created_at),
        "changed_at": moment(user.updated_at),
        "last_sign_in_at": user.last_sign_in_at.map(moment),
        "roles": user.roles,
        "seller_status": user.seller_status,
        "status": user.status,
        "profile": user.profile,
        "preferences": user.preferences,
        "payout_addresses": addresses,
        "known_browsers": user.devices.len(),
        "blocked": user.blocked,
    })
}

/// Without the secret of the link that stops it.
fn of_address(address: &PayoutAddress) -> Value {
    json!({
        "network": address.network,
        "address": address.address,
        "label": address.label,
        "added_at": moment(address.added_at),
        "confirmed_at": address.confirmed_at.map(moment),
        "ended_at": address.ended.map(|ended| moment(ended.at)),
    })
}

/// What the person wrote; the offers of others are theirs.
fn of_request(request: &Request) -> Value {
    json!({
        "id": request.id,
        "status": request.status().code(),
        "begun_at": moment(request.created_at),
        "changed_at": moment(request.updated_at),
        "published_at": request.published_at.map(moment),
        "content": request.draft(),
        "note_of_staff": request.review_note,
        "offers": request.offers.len(),
    })
}

/// The deal, with the person's own payouts and evidence, the buyer's transfers for the buyer, and the
/// receipt, in which the person's own words and addresses stand open.
fn of_deal(
    summary: &DealSummary,
    deal: Option<&Deal>,
    party: Party,
    receipt: Option<Receipt>,
) -> Value {
    let payouts: Vec<Value> = summary
        .legs
        .iter()
        .filter(|leg| leg.payee == party)
        .map(|leg| {
            json!({
                "id": leg.id,
                "amount": leg.net,
                "to": leg.destination,
                "state": leg.state,
                "tx": leg.tx,
            })
        })
        .collect();
    let transfers = (party == Party::Buyer).then_some(&summary.deposits);
    let evidence = deal.map(|deal| {
        let own = deal.evidence.iter().filter(|one| one.by == party);
        own.cloned().collect::<Vec<_>>()
    });
    json!({
        "id": summary.id,
        "request": summary.request,
        "as": if party == Party::Buyer { "buyer" } else { "seller" },
        "title": summary.title,
        "asset": summary.asset,
        "price": summary.price,
        "state": summary.state,
        "opened_at": moment(summary.created_at),
        "changed_at": moment(summary.updated_at),
        "transfers": transfers,
        "payouts": payouts,
        "evidence": evidence,
        "receipt": receipt,
    })
}

fn of_file(file: &FileRecord) -> Value {
    json!({
        "id": file.id,
        "name": file.name,
        "type": file.mime,
        "size": file.size,
        "sha256": file.sha256,
        "brought_at": moment(file.created_at),
        "brought_for": file.brought_for,
    })
}
