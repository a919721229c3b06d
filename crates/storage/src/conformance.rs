//! The specification of a store, as tests.
