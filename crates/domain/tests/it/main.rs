//! The deal, seen from outside: journeys, refusals, and exploration.

mod journey;
mod world;
