//! What the use cases promise, tried against the embedded store.

#[cfg(test)]
mod bank;
#[cfg(test)]
mod books;
#[cfg(test)]
mod deals;
#[cfg(test)]
mod dealt;
#[cfg(test)]
mod desks;
#[cfg(test)]
mod disputes;
#[cfg(test)]
mod failing_store;
#[cfg(test)]
mod files;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod market;
#[cfg(test)]
mod moderation;
#[cfg(test)]
mod money;
#[cfg(test)]
mod notifications;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod parsers;
#[cfg(test)]
mod payout_addresses;
#[cfg(test)]
mod payouts;
#[cfg(test)]
mod people;
#[cfg(test)]
mod records;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod world;
