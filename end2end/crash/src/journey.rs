//! A trade from the request to the payout, by two people with browsers.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use domain::id::DealId;

use crate::browser::{Answer, Browser, Sent, find};
use crate::gateway::Gateway;
use crate::server::Server;

/// How often somebody looks again until the page says what they wait for.
const LOOKS_MAX: u32 = 1_200;
const PAUSE: Duration = Duration::from_millis(100);

/// What each trade costs.
const PRICE: &str = "40";

/// The people, and what they have in common.
#[derive(Debug)]
pub struct Trade {
    buyers: Vec<Browser>,
    sellers: Vec<Browser>,
    gateway: Gateway,
    begun: AtomicU32,
}

/// Who sends a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Buyer(usize),
    Seller(usize),
}

/// A trade that came to its end.
#[derive(Debug)]
pub struct Finished {
    pub deal: DealId,
    /// Every form that was acknowledged, in its order.
    pub acknowledged: Vec<(Who, Sent)>,
}

impl Trade {
    pub async fn open(server: &Server, gateway: Gateway) -> Result<Self> {
        let mut people: BTreeMap<String, Vec<Browser>> = BTreeMap::new();
        for account in server.accounts()? {
            let browser = Browser::new(&server.url())?;
            let typed = [
                ("email", account.email.as_str()),
                ("password", &account.password),
            ];
            match browser.fill("/auth/sign-in", &typed).await? {
                Answer::Done(..) => people.entry(account.role).or_default().push(browser),
                Answer::Refused(words) => bail!("{} cannot sign in: {words}", account.email),
            }
        }
        let mut of = |role: &str| people.remove(role).unwrap_or_default();
        Ok(Self {
            buyers: of("buyer"),
            sellers: of("seller"),
            gateway,
            begun: AtomicU32::new(0),
        })
    }

    pub fn browser(&self, who: Who) -> Result<&Browser> {
        let found = match who {
            Who::Buyer(number) => self.buyers.get(number),
            Who::Seller(number) => self.sellers.get(number),
        };
        found.context("the demo has two buyers and two sellers")
    }

    /// One trade of the pair with this number, to the buyer's acceptance.
    pub async fn run(self: &Arc<Self>, pair: u32) -> Result<Finished> {
        let number = self.begun.fetch_add(1, Ordering::SeqCst);
        let pair = usize::try_from(pair)?;
        let mut steps = Steps {
            trade: self,
            buyer: Who::Buyer(pair % 2),
            seller: Who::Seller((pair / 2) % 2),
            acknowledged: Vec::new(),
        };
        let told = format!("trade {number}");
        let deal = steps.agree(&told).await.context(told.clone())?;
        steps
            .deliver(&deal)
            .await
            .with_context(|| format!("{told}, deal {deal}"))?;
        Ok(Finished {
            deal: deal.parse()?,
            acknowledged: steps.acknowledged,
        })
    }
}

/// The steps of one trade.
struct Steps<'a> {
    trade: &'a Trade,
    buyer: Who,
    seller: Who,
    acknowledged: Vec<(Who, Sent)>,
}

impl Steps<'_> {
    /// From the wizard to the accepted offer; answers with the deal.
    async fn agree(&mut self, title: &str) -> Result<String> {
        let what = [
            ("title", title),
            ("description", "As agreed."),
            ("kind", "digital_product"),
        ];
        let next = self.done(self.buyer, "/requests/new/what", &what).await?;
        let next = self.done(self.buyer, &next, &[("notes", "")]).await?;
        let next = self.done(self.buyer, &next, &[("max", "60")]).await?;
        let request = self.done(self.buyer, &next, &[]).await?;
        let request = part_after(&request, "/requests/").context(request.clone())?;

        let offer = [
            ("title", title),
            ("description", "At once."),
            ("price", PRICE),
            ("networks", "polygon"),
            ("delivery", "5"),
        ];
        let make = format!("/requests/{request}/offer");
        self.done(self.seller, &make, &offer).await?;

        let offers = format!("/requests/{request}/offers");
        let page = self.trade.browser(self.buyer)?.read(&offers).await?;
        let accept = find(&page, "main a[href*='/accept']", Some("href"));
        let accept = accept.context("the offer is not there to be accepted")?;
        let deal = self.done(self.buyer, &accept, &[]).await?;
        Ok(part_after(&deal, "/deals/")
            .context(deal.clone())?
            .to_owned())
    }

    /// From the payment to the buyer's acceptance.
    async fn deliver(&mut self, deal: &str) -> Result<()> {
        let page = |step: &str| format!("/deals/{deal}/{step}");
        let pay = self.trade.browser(self.buyer)?.read(&page("pay")).await?;
        let address = find(&pay, "main bdi.address", Some("title"));
        let address = address.context("there is no address to pay to")?;
        self.trade.gateway.pay(&address, PRICE).await?;

        self.done(self.seller, &page("ship"), &[]).await?;
        self.done(self.buyer, &page("code"), &[]).await?;
        let shown = self.trade.browser(self.buyer)?.read(&page("code")).await?;
        let code = find(&shown, "main .code", None).context("there is no code")?;
        self.done(self.seller, &page("code"), &[("code", &code)])
            .await?;
        self.done(self.buyer, &page("accept"), &[("checked", "on")])
            .await?;
        Ok(())
    }

    /// Sends a form as soon as its page lets it be sent, and remembers that it was acknowledged.
    async fn done(&mut self, who: Who, path: &str, typed: &[(&str, &str)]) -> Result<String> {
        let browser = self.trade.browser(who)?;
        let mut said = String::new();
        for _ in 0..LOOKS_MAX {
            match browser.fill(path, typed).await? {
                Answer::Done(sent, next) => {
                    self.acknowledged.push((who, sent));
                    return Ok(next);
                }
                Answer::Refused(words) => said = words,
            }
            tokio::time::sleep(PAUSE).await;
        }
        bail!("{path} never went through; it says: {said}");
    }
}

/// What follows `before` in a path, up to the next slash or question mark.
fn part_after<'p>(path: &'p str, before: &str) -> Option<&'p str> {
    let (_, rest) = path.split_once(before)?;
    rest.split(['/', '?', '#']).next()
}
