//! Repository traits of Amn, and the conformance suite every store passes.
