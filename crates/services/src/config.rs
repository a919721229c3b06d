//! What the use cases need to know of the configuration. The server reads it once, at start.

use domain::deal::Limits;
use domain::receipt::{PublicKey, SigningKey};
use domain::request::FeeSchedule;
use domain::{Asset, Bps, Span};
use storage::KeepBody;

use crate::secret::CodeKey;

/// Settings of the use cases; every area adds a part of its own.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where people reach the site, without a slash at the end: `https://amn.example`.
    pub site_url: String,
    /// Accounts, sessions and their limits.
    pub identity: IdentityConfig,
    /// Requests, offers and fees.
    pub marketplace: MarketplaceConfig,
    /// The operator's own phrases for what may not be traded.
    pub prohibited: ProhibitedWords,
    /// Limits and keys of money.
    pub money: MoneyConfig,
    /// The keys of receipts.
    pub receipts: ReceiptConfig,
    /// Whether letters stay readable once they were sent: in the demo, whose mailbox is a page.
    pub keep_mail: KeepBody,
}

impl Config {
    /// The defaults of production for a site at `site_url`, with codes keyed by `code_key`.
    pub fn new(site_url: impl Into<String>, code_key: CodeKey) -> Self {
        Self {
            site_url: site_url.into(),
            money: MoneyConfig::new(code_key.clone()),
            receipts: ReceiptConfig::new(&code_key),
            identity: IdentityConfig::new(code_key),
            marketplace: MarketplaceConfig::default(),
            prohibited: ProhibitedWords::default(),
            keep_mail: KeepBody::No,
        }
    }
}

/// The operator's own phrases beside the list of what may not be traded, folded as searches fold
/// words.
#[derive(Debug, Clone, Default)]
pub struct ProhibitedWords {
    /// What names something that may not be traded.
    pub refused: Vec<String>,
    /// What somebody looks at first.
    pub doubtful: Vec<String>,
}

impl ProhibitedWords {
    /// Phrases as an operator writes them: parted by commas.
    pub fn phrases(list: &str) -> Vec<String> {
        let folded = |phrase: &str| storage::search::words(phrase).collect::<Vec<_>>().join(" ");
        let phrases = list.split([',', '،']).map(folded);
        phrases.filter(|phrase| !phrase.is_empty()).collect()
    }
}

/// Settings of requests, offers and fees.
#[derive(Debug, Clone, Copy)]
pub struct MarketplaceConfig {
    /// The platform's fees for new deals.
    pub fees: FeeSchedule,
    /// Who lets requests be seen.
    pub request_review: RequestReview,
}

impl Default for MarketplaceConfig {
    fn default() -> Self {
        Self {
            fees: FeeSchedule {
                platform: Bps::new(100).expect("one per cent is a rate"),
            },
            request_review: RequestReview::Auto,
        }
    }
}

/// Limits and keys of money. Sums are hundredths of a dollar token.
#[derive(Debug, Clone)]
pub struct MoneyConfig {
    /// Payouts up to this are approved by the system.
    pub payout_auto_cents: u64,
    /// Payouts above this take two admins.
    pub payout_one_key_cents: u64,
    /// A resolver rules alone where no more than this is held.
    pub ruling_alone_cents: u64,
    /// When less than this is there beyond what is owed, in each asset, admins are told.
    pub wallet_reserve_cents: u64,
    /// The key of delivery codes.
    pub delivery_code_key: CodeKey,
}

impl MoneyConfig {
    /// The defaults of production.
    pub const fn new(delivery_code_key: CodeKey) -> Self {
        Self {
            payout_auto_cents: 50_000,
            payout_one_key_cents: 500_000,
            ruling_alone_cents: 50_000,
            wallet_reserve_cents: 10_000,
            delivery_code_key,
        }
    }

    /// The limits in base units of an asset.
    pub fn limits_of(&self, asset: Asset) -> Limits {
        Limits {
            payout_auto: asset.cents(self.payout_auto_cents),
            payout_one_key: asset.cents(self.payout_one_key_cents),
            ruling_alone: asset.cents(self.ruling_alone_cents),
        }
    }
}

/// The keys of receipts.
#[derive(Debug, Clone)]
pub struct ReceiptConfig {
    /// What they are signed with (`RECEIPT_KEY`).
    pub signing_key: SigningKey,
    /// What was signed with before, as far as its receipts are still to be known.
    pub former_keys: Vec<PublicKey>,
    /// What the salts of their fields follow from. It has no setting: with another one the same
    /// deal would be another chain.
    pub salt_key: CodeKey,
}

impl ReceiptConfig {
    /// Keys that follow from one.
    pub fn new(key: &CodeKey) -> Self {
        Self {
            signing_key: SigningKey::from_seed(key.key_for("receipts")),
            former_keys: Vec::new(),
            salt_key: CodeKey::new(key.key_for("salts of receipts")),
        }
    }

    /// Signs with a key of its own from now on; receipts by the one before stay known.
    pub fn sign_with(&mut self, key: &CodeKey) {
        self.former_keys.push(self.signing_key.public());
        self.signing_key = SigningKey::from_seed(key.key_for("receipts"));
    }

    /// All keys whose receipts are ours, the present one first.
    pub fn public_keys(&self) -> Vec<PublicKey> {
        let mut keys = vec![self.signing_key.public()];
        keys.extend(&self.former_keys);
        keys
    }
}

/// Who lets requests be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestReview {
    /// They are seen at once.
    Auto,
    /// An admin looks at each first.
    Manual,
}

/// Settings of accounts, sessions and their limits.
#[derive(Debug, Clone)]
pub struct IdentityConfig {
    /// The key of mailed codes.
    pub code_key: CodeKey,
    /// Who lets people sell.
    pub seller_approval: SellerApproval,
    /// What a password hash costs.
    pub password_cost: PasswordCost,
    /// How many passwords are hashed at the same time; the others wait.
    pub hashes_at_once: usize,
    /// Wrong passwords for one account from one network before it is locked there.
    pub failures_before_lock: u32,
    /// In how much time they have to fall.
    pub failure_window: Span,
    /// How long the first lock lasts.
    pub first_lock: Span,
    /// How long each further lock within a day lasts.
    pub further_lock: Span,
    /// Requests about identity from one network that may fail within [`Self::network_window`].
    pub network_tries: u32,
    /// See [`Self::network_tries`].
    pub network_window: Span,
    /// Codes that one address is sent within a day, for each purpose.
    pub codes_a_day: u32,
    /// How long a session lasts at the longest.
    pub session_life: Span,
    /// The same for people with a staff role.
    pub staff_session_life: Span,
    /// A session that was not used for so long is over.
    pub session_idle: Span,
    /// The tokens of programs.
    pub tokens: TokenConfig,
}

/// Settings of the tokens by which programs hold a session.
#[derive(Debug, Clone)]
pub struct TokenConfig {
    /// The key of access tokens (`JWT_SECRET`).
    pub access_key: CodeKey,
    /// The key before that one: its tokens are taken until they end, so that nobody is thrown out
    /// when keys are changed.
    pub former_access_key: Option<CodeKey>,
    /// The key of refresh tokens (`REFRESH_TOKEN_SECRET`).
    pub refresh_key: CodeKey,
    /// The key before that one.
    pub former_refresh_key: Option<CodeKey>,
    /// How long an access token lasts.
    pub access_life: Span,
    /// How long a refresh token is taken once more after it was used: its answer may be lost.
    pub refresh_grace: Span,
}

impl TokenConfig {
    /// The defaults of production, with keys that follow from one.
    pub fn new(key: &CodeKey) -> Self {
        Self {
            access_key: CodeKey::new(key.key_for("access tokens")),
            former_access_key: None,
            refresh_key: CodeKey::new(key.key_for("refresh tokens")),
            former_refresh_key: None,
            access_life: Span::minutes(15),
            refresh_grace: Span::seconds(10),
        }
    }
}

impl IdentityConfig {
    /// The defaults of production.
    pub fn new(code_key: CodeKey) -> Self {
        Self {
            tokens: TokenConfig::new(&code_key),
            code_key,
            seller_approval: SellerApproval::Manual,
            password_cost: PasswordCost::PRODUCTION,
            hashes_at_once: 2,
            failures_before_lock: 5,
            failure_window: Span::minutes(15),
            first_lock: Span::minutes(15),
            further_lock: Span::minutes(30),
            network_tries: 60,
            network_window: Span::minutes(15),
            codes_a_day: 5,
            session_life: Span::days(30),
            staff_session_life: Span::hours(12),
            session_idle: Span::days(7),
        }
    }
}

/// Who lets people sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SellerApproval {
    /// Whoever asks may, at once.
    Auto,
    /// An admin decides.
    Manual,
}

/// What argon2id spends on one password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl PasswordCost {
    /// The least that OWASP asks for: 19 MiB, two passes.
    pub const PRODUCTION: Self = Self {
        memory_kib: 19_456,
        passes: 2,
    };
}
