//! What the gateway is reached with.

use core::time::Duration;

use reqwest::Url;
use secrecy::SecretString;

/// Settings of one SHKeeper.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where SHKeeper answers, without `/api/v1`: `SHKEEPER_URL`.
    pub url: Url,
    /// The wallet's key, for all but payouts: `SHKEEPER_API_KEY`.
    pub api_key: SecretString,
    /// Another key that callbacks may be signed with: `SHKEEPER_WEBHOOK_SECRET`. SHKeeper itself
    /// signs with the wallet's key, which is always tried as well.
    pub webhook_secret: Option<SecretString>,
    /// The admin login, for payouts: `SHKEEPER_PAYOUT_USER` and `SHKEEPER_PAYOUT_PASSWORD`.
    /// Without it every payout is refused, and nothing else is touched.
    pub payout_login: Option<PayoutLogin>,
    /// Where SHKeeper sends callbacks to. It is part of what an invoice is known by: another URL
    /// means another invoice with another address.
    pub callback_url: Url,
    /// Whether a callback without a signature passes when it carries the wallet's key, as gateways
    /// before signatures send it. Such a callback can be replayed for ever.
    pub unsigned_callbacks: bool,
    /// How long one answer is waited for. Payouts wait three times as long.
    pub timeout: Duration,
    /// The pause before a read is tried again, doubled each time, give or take a half.
    pub retry_pause: Duration,
}

/// The login that payouts need.
#[derive(Debug, Clone)]
pub struct PayoutLogin {
    /// Name.
    pub user: String,
    /// Password.
    pub password: SecretString,
}

impl Settings {
    /// A good waiting time for most networks.
    pub const TIMEOUT: Duration = Duration::from_secs(10);
    /// A good pause between two tries.
    pub const RETRY_PAUSE: Duration = Duration::from_millis(300);
}
