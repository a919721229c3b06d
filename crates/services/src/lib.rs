//! Use cases of Amn and the policy of who may do what.
