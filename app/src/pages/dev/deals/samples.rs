//! One deal for each thing that the room can say.

use domain::Span;
use domain::deal::{
    Claim, Command, DisputeCategory, EvidenceItem, LegFault, LegResult, Offer, Party,
};

use super::story::{Story, usd};

/// A name for the address, and the story.
pub(super) type Sample = (&'static str, fn(&mut Story));

/// Every sample, in the order of a deal's life.
pub(super) const SAMPLES: [Sample; 34] = [
    ("awaiting", |story| {
        story.wait(Span::minutes(12));
    }),
    ("last-minutes", |story| {
        story.wait(Span::minutes(52));
    }),
    ("detected", |story| {
        story
            .wait(Span::minutes(8))
            .seen("one", usd(124_000))
            .wait(Span::minutes(1));
    }),
    ("underpaid", underpaid),
    ("topped-up", |story| {
        underpaid(story);
        story.seen("two", usd(150)).wait(Span::minutes(1));
    }),
    ("waiver", |story| {
        underpaid(story);
        let offer = Offer::Waiver {
            arrived: story.deal.held(),
        };
        story.buyer(Command::Propose { offer });
    }),
    ("funded", |story| {
        story.funded().wait(Span::hours(2));
    }),
    ("surplus", |story| {
        story
            .wait(Span::minutes(9))
            .paid("one", usd(124_500))
            .wait(Span::hours(2));
    }),
    ("in-delivery", |story| {
        story.funded().shipped().wait(Span::days(1));
    }),
    ("after-outage", |story| {
        story.funded().shipped().wait(Span::days(1));
        let from = story.now;
        story.wait(Span::minutes(42));
        let until = story.now;
        story.system(Command::Downtime { from, until });
    }),
    ("wrong-code", |story| {
        story
            .funded()
            .shipped()
            .wait(Span::days(1))
            .buyer(Command::MakeCode);
        let wrong = || domain::deal::DeliveryCode::parse("000000");
        for _ in 0..2 {
            let (Some(typed), expected) = (wrong(), story.code()) else {
                return;
            };
            story.seller(Command::EnterCode { typed, expected });
        }
    }),
    ("extension", |story| {
        story.funded().shipped().wait(Span::days(1));
        let offer = Offer::Extension { by: Span::days(2) };
        story.seller(Command::Propose { offer });
    }),
    ("inspection", |story| {
        story.funded().shipped().delivered().wait(Span::hours(5));
    }),
    ("without-code", without_code),
    ("split-proposed", |story| {
        story.funded().shipped().delivered().wait(Span::hours(5));
        story.proposes_half(Party::Seller);
    }),
    ("disputed", |story| {
        disputed(story);
        story.drawn().wait(Span::hours(3));
    }),
    ("answered", |story| {
        disputed(story);
        answered(story);
    }),
    ("by-clock", |story| {
        story.funded().shipped().wait(Span::days(14));
    }),
    ("ruled", |story| {
        disputed(story);
        answered(story);
        story.ruled(
            usd(86_800),
            "The photographs show the scratch before it was packed.",
        );
        story.wait(Span::hours(1));
    }),
    ("settling", |story| {
        story
            .funded()
            .shipped()
            .delivered()
            .buyer(Command::Accept)
            .sending();
    }),
    ("veto", |story| {
        story.funded().shipped().delivered().takes_two();
        story
            .buyer(Command::Accept)
            .approved_by_two()
            .wait(Span::hours(2));
    }),
    ("needs-address", |story| {
        story.funded().wait(Span::hours(1)).seller(Command::Decline);
        story.wait(Span::hours(1));
    }),
    ("unclaimed", |story| {
        story.funded().wait(Span::hours(1)).seller(Command::Decline);
        story.wait(Span::days(91));
    }),
    ("address-refused", |story| {
        story.refunds_to_own_address().funded().wait(Span::hours(1));
        story.seller(Command::Decline).sending();
        story
            .reported(&LegResult::Failed(LegFault::Address))
            .wait(Span::minutes(5));
    }),
    ("released", |story| {
        story.funded().shipped().delivered().wait(Span::hours(5));
        story.buyer(Command::Accept).paid_out().wait(Span::hours(1));
    }),
    ("refunded", |story| {
        story
            .refunds_to_own_address()
            .funded()
            .wait(Span::days(7))
            .paid_out();
    }),
    ("split", |story| {
        story
            .refunds_to_own_address()
            .funded()
            .shipped()
            .delivered()
            .proposes_half(Party::Seller);
        if let Some(id) = story.deal.proposals.first().map(|proposal| proposal.id) {
            story.buyer(Command::AcceptProposal { id });
        }
        story.paid_out();
    }),
    ("expired", |story| {
        story.wait(Span::hours(2));
    }),
    ("cancelled", |story| {
        story.wait(Span::minutes(5)).seller(Command::Cancel);
    }),
    ("late-alone", |story| {
        story
            .wait(Span::hours(2))
            .paid("one", usd(124_000))
            .wait(Span::minutes(3));
    }),
    ("late", |story| {
        story
            .wait(Span::hours(2))
            .paid("one", usd(124_000))
            .wait(Span::minutes(3));
        story.seller(Command::AgreeToReopen);
    }),
    ("suspended", |story| {
        story
            .funded()
            .shipped()
            .reversed("one")
            .wait(Span::hours(1));
    }),
    ("loss", |story| {
        story
            .funded()
            .shipped()
            .delivered()
            .buyer(Command::Accept)
            .paid_out()
            .reversed("one");
    }),
    ("hold", |story| {
        let reason = "The seller's account is being looked at.".to_owned();
        story
            .funded()
            .wait(Span::hours(1))
            .admin(Command::Hold { reason });
    }),
];

fn underpaid(story: &mut Story) {
    story
        .wait(Span::minutes(9))
        .paid("one", usd(123_850))
        .wait(Span::minutes(4));
}

fn without_code(story: &mut Story) {
    story.funded().shipped();
    story.shows(
        Party::Seller,
        EvidenceItem::PhotoOfParcel,
        "The parcel with its label",
    );
    story.shows(
        Party::Seller,
        EvidenceItem::CarrierReceipt,
        "Handed in at the counter",
    );
    story
        .wait(Span::days(3))
        .seller(Command::DeliverWithoutCode)
        .wait(Span::hours(2));
}

pub(super) fn disputed(story: &mut Story) {
    story.funded().shipped().delivered().wait(Span::hours(5));
    let claim = claim();
    story.buyer(Command::OpenDispute { claim });
}

pub(super) fn claim() -> Claim {
    Claim {
        category: DisputeCategory::ProductQuality,
        statement: "The front lens has a deep scratch.\nIt was not in the photographs.".to_owned(),
        wanted: Some(usd(90_000)),
    }
}

pub(super) fn answered(story: &mut Story) {
    let statement = "It left without a scratch; the photograph shows it.".to_owned();
    story
        .wait(Span::hours(6))
        .seller(Command::AnswerDispute { statement });
    story.shows(
        Party::Seller,
        EvidenceItem::PhotoOfParcel,
        "Before it was closed",
    );
    story.drawn().wait(Span::hours(1));
}
