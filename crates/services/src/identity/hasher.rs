//! Password hashing: slow on purpose, off the async threads, and so many at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::{Output, SaltString};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash as Phc, PasswordHasher, PasswordVerifier, Version,
};
use domain::password::{ChosenPassword, Password};
use domain::user::PasswordHash;
use tokio::sync::Semaphore;

use crate::config::PasswordCost;
use crate::ports::Random;

/// Hashes and verifies passwords with argon2id.
#[derive(Debug, Clone)]
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    /// Stands in for the hash of an account that is not there, so that looking for one costs what
    /// finding one costs. No password verifies against it: its output was drawn, not computed.
    nobody: PasswordHash,
    turns: Arc<Semaphore>,
    computed: Arc<AtomicU64>,
}

impl Hasher {
    pub(crate) fn new(cost: PasswordCost, at_once: usize, random: &dyn Random) -> Self {
        let params = Params::new(
            cost.memory_kib,
            cost.passes,
            1,
            Some(Params::DEFAULT_OUTPUT_LEN),
        )
        .expect("the configured cost is one that argon2 takes");
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        let salt = draw_salt(random);
        let output = Output::new(&random.bytes::<{ Params::DEFAULT_OUTPUT_LEN }>())
            .expect("32 bytes are an output");
        let nobody = Phc {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: (&params)
                .try_into()
                .expect("valid parameters can be written"),
            salt: Some(salt.as_salt()),
            hash: Some(output),
        };
        Self {
            argon2,
            nobody: PasswordHash::new(nobody.to_string()),
            turns: Arc::new(Semaphore::new(at_once.max(1))),
            computed: Arc::default(),
        }
    }

    /// How often argon2 has run.
    pub(crate) fn computed(&self) -> u64 {
        self.computed.load(Ordering::SeqCst)
    }

    /// Hashes a new password.
    pub(crate) async fn hash(&self, password: ChosenPassword, random: &dyn Random) -> PasswordHash {
        let salt = draw_salt(random);
        self.run(move |argon2| {
            let phc = argon2
                .hash_password(password.as_bytes(), &salt)
                .expect("a bounded password and a drawn salt can be hashed");
            PasswordHash::new(phc.to_string())
        })
        .await
    }

    /// Whether `password` is the one behind `hash`; `None` is nobody's and costs the same.
    pub(crate) async fn verify(&self, password: Password, hash: Option<PasswordHash>) -> bool {
        let is_somebody = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let is_right = self
            .run(move |argon2| {
                // A stored hash that cannot be read opens nothing.
                Phc::new(hash.as_str())
                    .is_ok_and(|phc| argon2.verify_password(password.as_bytes(), &phc).is_ok())
            })
            .await;
        is_right && is_somebody
    }

    /// Whether `hash` was made with another cost than today's.
    pub(crate) fn is_outdated(&self, hash: &PasswordHash) -> bool {
        let params = Phc::new(hash.as_str())
            .ok()
            .and_then(|phc| Params::try_from(&phc).ok());
        params.as_ref() != Some(self.argon2.params())
    }

    /// Runs on a thread that may block, when its turn has come.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> T + Send + 'static,
    ) -> T {
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        let argon2 = self.argon2.clone();
        let computed = Arc::clone(&self.computed);
        tokio::task::spawn_blocking(move || {
            let result = work(&argon2);
            computed.fetch_add(1, Ordering::SeqCst);
            drop(turn);
            result
        })
        .await
        .expect("hashing does not panic")
    }
}

fn draw_salt(random: &dyn Random) -> SaltString {
    SaltString::encode_b64(&random.bytes::<16>()).expect("16 bytes are a salt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    const CHEAP: PasswordCost = PasswordCost {
        memory_kib: 8,
        passes: 1,
    };

    fn typed(text: &str) -> Password {
        Password::typed(text)
    }

    fn chosen(text: &str) -> ChosenPassword {
        typed(text).choose(&[]).unwrap()
    }

    #[tokio::test]
    async fn only_the_right_password_verifies() {
        let random = SeededRandom::new(1);
        let hasher = Hasher::new(CHEAP, 1, &random);
        let hash = hasher.hash(chosen("correct horse"), &random).await;
        assert!(
            hasher
                .verify(typed("correct horse"), Some(hash.clone()))
                .await
        );
        assert!(!hasher.verify(typed("correct house"), Some(hash)).await);
    }

    #[tokio::test]
    async fn nobodys_password_costs_one_computation_and_is_never_right() {
        let hasher = Hasher::new(CHEAP, 1, &SeededRandom::new(1));
        assert!(!hasher.verify(typed("anything"), None).await);
        assert_eq!(hasher.computed(), 1);
        assert!(
            !hasher.is_outdated(&hasher.nobody),
            "the same cost as everybody's"
        );
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_outdated_and_still_verifies() {
        let random = SeededRandom::new(1);
        let old = Hasher::new(CHEAP, 1, &random);
        let hash = old.hash(chosen("correct horse"), &random).await;
        let dear = PasswordCost {
            memory_kib: 16,
            ..CHEAP
        };
        let new = Hasher::new(dear, 1, &random);
        assert!(new.is_outdated(&hash));
        assert!(!old.is_outdated(&hash));
        assert!(new.verify(typed("correct horse"), Some(hash)).await);
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() {
        let random = SeededRandom::new(1);
        let hasher = Hasher::new(CHEAP, 1, &random);
        let one = hasher.hash(chosen("correct horse"), &random).await;
        assert_ne!(one, hasher.hash(chosen("correct horse"), &random).await);
    }
}
