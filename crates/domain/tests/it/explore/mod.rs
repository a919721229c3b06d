//! Exploration: every move that people, gateways, chains and clocks can make, from every start.
//!
//! [`moves`] lists what can be tried, [`oracle`] judges each step, [`rest`] asks each deal whether
//! timers and the operator alone bring it to rest. [`walk`] goes at random and shrinks what fails;
//! [`breadth`] goes everywhere, a few moves deep.

pub(crate) mod breadth;
pub(crate) mod likeness;
pub(crate) mod moves;
pub(crate) mod oracle;
pub(crate) mod random;
pub(crate) mod rest;
pub(crate) mod signature;
pub(crate) mod walk;
