//! The storm in one house: rounds in which everybody takes a step, in any order, while things go
//! wrong.

use domain::Span;

use crate::cut::cut_after;
use crate::dice::{Dice, mixed};
use crate::house::{House, MOVING, WATCHING};
use crate::journey::Journey;
use crate::report::Findings;
use crate::{Between, Fault, forgery, oracle, rest};

/// More rounds than any plan has moves, pauses and tries.
const ROUNDS_MAX: u32 = 120;

/// Plays journeys in a house of their own, lets everything come to rest, and says what is found.
pub(crate) async fn hold(seed: u64, journeys: u32, between: Between) -> Result<Findings, Fault> {
    let mut house = House::open(seed, between).await?;
    let mut under_way: Vec<Journey> = (0..journeys)
        .map(|number| Journey::new(number, Dice::new(mixed(seed, u64::from(number) + 100))))
        .collect();
    for _ in 0..ROUNDS_MAX {
        if under_way.iter().all(Journey::is_over) {
            break;
        }
        house.dice.shuffle(&mut under_way);
        for journey in &mut under_way {
            take_step(&mut house, journey).await?;
        }
        house.bank.tick().await;
        house.run_jobs(&MOVING, true).await?;
        if house.dice.percent(12) {
            house.run_jobs(&WATCHING, true).await?;
        }
        let minutes = 1 + house.dice.below(8);
        house.pass(Span::minutes(minutes)).await?;
    }
    for journey in &under_way {
        house.tally.add(&journey.tally);
    }
    house.tally.journeys += u64::from(journeys);
    house.tally.unfinished += count(under_way.iter().filter(|journey| !journey.is_over()));
    rest::come_to_rest(&mut house).await?;
    let findings = oracle::look(&house).await?;
    house.close().await;
    Ok(findings)
}

async fn take_step(house: &mut House, journey: &mut Journey) -> Result<(), Fault> {
    if journey.is_over() {
        return Ok(());
    }
    let cut = house.draw_cut();
    match cut {
        None => journey.step(house).await?,
        Some(waits) => match cut_after(waits, journey.step(house)).await {
            Some(stepped) => stepped?,
            None => house.crash(),
        },
    }
    if let Some((external_id, address)) = journey.address()
        && house.dice.percent(25)
    {
        let (services, now) = (house.services(), house.services().now());
        house.tally.forged += 1;
        let taken = forgery::is_taken(&services, &mut house.dice, &external_id, address, now).await;
        house.tally.forged_taken += u64::from(taken);
    }
    Ok(())
}

fn count<T>(items: impl Iterator<Item = T>) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}
