//! A gateway that answers what a test says about each address, and addresses to ask about.

use std::fmt::{self, Debug};
use std::sync::Arc;

use domain::Span;
use domain::id::{DealId, IntentId};
use domain::intent::{Intent, Rail};
use services::ports::gateway::{GatewayError, ObservedTransfer, Watched};
use services::testing::{ManualClock, Script};

use crate::dealt::asset;
use crate::world::World;

type Answer = dyn Fn(&Watched, &ManualClock) -> Result<(), GatewayError> + Send + Sync;

/// Nothing ever arrives; the rest is a gateway that is away.
pub(super) struct Scripted {
    clock: Arc<ManualClock>,
    answer: Box<Answer>,
}

impl Scripted {
    /// A world whose gateway answers like this when it is asked about an address.
    pub(super) fn world(
        answer: impl Fn(&Watched, &ManualClock) -> Result<(), GatewayError> + Send + Sync + 'static,
    ) -> World {
        let clock = Arc::new(ManualClock::default());
        let gateway = Self {
            clock: Arc::clone(&clock),
            answer: Box::new(answer),
        };
        World::at(|_| {}, |store| store, clock, Arc::new(gateway))
    }
}

impl Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

impl Script for Scripted {
    fn observed_transfers(&self, watched: &Watched) -> Result<Vec<ObservedTransfer>, GatewayError> {
        (self.answer)(watched, &self.clock).map(|()| Vec::new())
    }
}

/// Gives a deal an address that ends in `number`, and says under which name it is watched.
pub(super) async fn watch(world: &World, deal: DealId, number: u32) -> IntentId {
    let now = world.now();
    let until = now.plus(Span::hours(1));
    let due = asset().cents(100);
    let mut intent = Intent::request(deal, Rail::Shkeeper, asset(), due, until, now);
    intent
        .give_address(&format!("0x{number:040x}"), now)
        .unwrap();
    world.store().intents().insert(&intent).await.unwrap();
    intent.id
}
