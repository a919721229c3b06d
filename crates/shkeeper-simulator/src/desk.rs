//! Where things are done to the state: one borrowed state with the settings and the time. What is
//! done stands in [`crate::books`] and [`crate::payer`].

use domain::Units;
use sha2::{Digest as _, Sha256};

use crate::chain::{self, Way};
use crate::coin::Coin;
use crate::config::Config;
use crate::state::State;

/// The state, the settings and the time.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) config: &'a Config,
    pub(crate) now_ms: i64,
}

impl Desk<'_> {
    /// A number that nothing else has.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.state.made = self.state.made.saturating_add(1);
        self.state.made
    }

    /// Makes up 32 bytes that nothing else has.
    fn next_bytes(&mut self, kind: &str) -> [u8; 32] {
        let number = self.next_number();
        made_up(self.config.seed, kind, &number.to_be_bytes())
    }

    /// Makes up an address of ours.
    pub(crate) fn next_address(&mut self, coin: Coin) -> String {
        let bytes = self.next_bytes("address");
        chain::address(coin.chain, account(bytes))
    }

    /// Makes up a transaction's name.
    pub(crate) fn next_txid(&mut self, coin: Coin) -> String {
        let hex = hex::encode(self.next_bytes("transaction"));
        if coin.chain.is_evm() {
            format!("0x{hex}")
        } else {
            hex
        }
    }

    /// Makes up a task's name, in the shape of a UUID.
    pub(crate) fn next_task(&mut self) -> String {
        let hex = hex::encode(self.next_bytes("task"));
        let part = |from, to| hex.get(from..to).unwrap_or_default();
        format!(
            "{}-{}-4{}-a{}-{}",
            part(0, 8),
            part(8, 12),
            part(12, 15),
            part(15, 18),
            part(18, 30)
        )
    }

    /// The address that the wallet pays from.
    pub(crate) fn wallet_address(&self, coin: Coin) -> String {
        wallet_address(self.config.seed, coin)
    }

    /// Makes the wallet hold that much, by what it is said to have begun with.
    pub(crate) fn fill_wallet(&mut self, coin: Coin, amount: Units) {
        let came = flow(self.state, coin, Way::In);
        let went = flow(self.state, coin, Way::Out);
        let opening = amount.checked_add(went).unwrap_or(amount).less(came);
        self.state.opening.insert(coin.name.to_owned(), opening);
    }

    /// What the wallet holds.
    pub(crate) fn balance(&self, coin: Coin) -> Units {
        balance(self.state, coin)
    }
}

/// The address that the wallet pays from, one for each chain.
pub(crate) fn wallet_address(seed: u64, coin: Coin) -> String {
    let bytes = made_up(seed, "wallet", coin.chain.name().as_bytes());
    chain::address(coin.chain, account(bytes))
}

/// What the wallet holds on the chain: the truth, not the books.
pub(crate) fn balance(state: &State, coin: Coin) -> Units {
    let opening = state.opening.get(coin.name).copied().unwrap_or_default();
    let all = opening.checked_add(flow(state, coin, Way::In));
    all.unwrap_or(opening).less(flow(state, coin, Way::Out))
}

/// All that came into, or went out of, the wallet and is in a block.
fn flow(state: &State, coin: Coin, way: Way) -> Units {
    let transfers = state.transfers.iter().filter(|transfer| {
        transfer.crypto == coin.name && transfer.way == way && transfer.is_mined()
    });
    Units::sum(transfers.map(|transfer| transfer.amount)).unwrap_or_default()
}

fn account(bytes: [u8; 32]) -> [u8; 20] {
    *bytes
        .first_chunk()
        .expect("invariant: 32 bytes begin with 20")
}

fn made_up(seed: u64, kind: &str, name: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(name);
    hash.finalize().into()
}
