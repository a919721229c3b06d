//! The binary: composition root, routes, jobs, command line.

fn main() {}
