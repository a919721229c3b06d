//! A SHKeeper that anyone can run: demo, tests, fire drills.
