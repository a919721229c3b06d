//! The drill, drilled.

#[cfg(test)]
mod storms;
