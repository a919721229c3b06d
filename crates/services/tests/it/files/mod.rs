//! Evidence and what is shown with requests, pictures of people: what is taken, who may open it, what is swept.

mod attaching;
mod opening;
mod pictures;
mod sweeping;
mod taking;

use domain::deal::EvidenceItem;
use domain::id::{CommandKey, DealId};
use services::files::{AddEvidence, EvidenceFile, Upload};

use crate::dealt::{Dealt, People, usd};
use crate::world::World;

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF and what a camera adds";
const PDF: &[u8] = b"%PDF-1.7\nreceipt";

/// A world with one shipped deal.
struct Desk {
    world: World,
    people: People,
    deal: DealId,
}

impl Desk {
    async fn new() -> Self {
        let world = World::new();
        let people = People::meet(&world).await;
        let deal = Dealt::funded(&world, &people, 1, usd(100))
            .ship()
            .keep(&world)
            .await;
        Self {
            world,
            people,
            deal,
        }
    }
}

fn upload(name: &str, bytes: &[u8]) -> Upload {
    Upload {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn brought(deal: DealId, name: &str, bytes: &[u8]) -> AddEvidence {
    AddEvidence {
        deal,
        file: EvidenceFile::Brought(upload(name, bytes)),
        item: Some(EvidenceItem::PhotoOfParcel),
        note: None,
        key: None,
    }
}

fn key(text: &str) -> CommandKey {
    CommandKey::new(text).unwrap()
}
