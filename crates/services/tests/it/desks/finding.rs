//! Deals by whatever is known of them; the house at a glance; jobs.

use domain::Role;
use domain::deal::{Command, LegId};
use services::jobs::Job;
use services::ports::gateway::ExternalId;
use storage::{Limit, PageRequest};

use crate::bank::Bank;
use crate::dealt::{Dealt, People, usd};
use crate::world::World;

fn page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

#[tokio::test]
async fn a_deal_is_found_by_whatever_somebody_knows_of_it() {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.name_refund_address().await;
    bank.seller_does(Command::Decline).await;
    bank.settle().await;
    let deal = bank.now().await;
    let admin = bank.person("ada", &[Role::Admin]).await.actor();
    let intents = bank.store().intents().list_of_deal(deal.id).await.unwrap();
    let intent = intents.first().unwrap();
    let leg = deal.leg(&LegId::Buyer).unwrap();
    let sent = ExternalId::of_leg(deal.id, &LegId::Buyer, 1).unwrap();
    let clues = [
        deal.id.to_string(),
        deal.id.short().to_ascii_lowercase(),
        deal.terms.goods.title.clone(),
        bank.buyer.user.email.as_str().to_owned(),
        bank.seller.user.id.to_string(),
        intent.address.clone().unwrap(),
        ExternalId::of_intent(intent.id).as_str().to_owned(),
        sent.as_str().to_owned(),
        deal.deposits[0].key.tx().to_owned(),
        leg.destination.as_ref().unwrap().as_str().to_owned(),
        leg.tx.clone().unwrap(),
    ];
    for clue in clues {
        let found = bank.find_deals(&admin, &format!(" {clue} "), page()).await;
        let found: Vec<_> = found.unwrap().items.iter().map(|deal| deal.id).collect();
        assert_eq!(found, [deal.id], "{clue}");
    }
    for nothing in [
        "",
        "?",
        "0x55d398326f99059fF775485246999027B3197999",
        "ZZZZ",
    ] {
        let found = bank.find_deals(&admin, nothing, page()).await.unwrap();
        assert!(found.items.is_empty(), "{nothing}");
    }
}

#[tokio::test]
async fn the_overview_counts_what_came_in_and_what_waits() {
    let world = World::new();
    let people = People::meet(&world).await;
    Dealt::open(&world, &people, 1, usd(100)).keep(&world).await;
    let mut disputed = Dealt::funded(&world, &people, 2, usd(100));
    disputed.dispute();
    disputed.keep(&world).await;
    let admin = world.person("ada", &[Role::Admin]).await.actor();
    let seen = world.view_overview(&admin).await.unwrap();
    assert_eq!(seen.deals.this_week(), 2);
    assert_eq!(seen.deals.week_before(), 0);
    assert_eq!(seen.queues.disputes, 1);
    assert_eq!(seen.accounts.days().len(), services::overview::DAYS);
    world.advance(domain::Span::days(8));
    let seen = world.view_overview(&admin).await.unwrap();
    assert_eq!((seen.deals.this_week(), seen.deals.week_before()), (0, 2));
}

#[tokio::test]
async fn jobs_show_when_the_clocks_ran_and_what_was_given_back() {
    let world = World::new();
    let admin = world.person("ada", &[Role::Admin]).await.actor();
    world.run_job(Job::Heartbeat, "one").await.unwrap();
    world.advance(domain::Span::hours(3));
    world.run_job(Job::Heartbeat, "one").await.unwrap();
    let seen = world.view_jobs(&admin, page()).await.unwrap();
    assert_eq!(seen.last_beat, Some(seen.now));
    let gap = seen.gaps.items[0];
    assert_eq!(gap.span(), domain::Span::hours(3));
    assert!(gap.applied_at.is_some());
    let beat = seen.counts.iter().find(|count| count.job == Job::Heartbeat);
    assert_eq!(beat.unwrap().runs, 2);
}
