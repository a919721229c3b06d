//! What the fields of a page are called, for the summary that stands above them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::use_context;

/// Noted by the fields that something is wrong with, while the page is rendered.
#[derive(Debug, Clone, Default)]
pub struct FieldLabels(Arc<Mutex<BTreeMap<&'static str, String>>>);

impl FieldLabels {
    /// Those of the page that is being rendered.
    ///
    /// # Panics
    /// Outside of the closure that `Html::render` takes.
    pub fn current() -> Self {
        use_context().expect("fields are made inside the closure that Html::render takes")
    }

    /// The field `name` is called so.
    pub fn note(&self, name: &'static str, label: &str) {
        let mut labels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        labels.insert(name, label.to_owned());
    }

    /// What a field is called; none for one that says so in its message.
    pub fn of(&self, name: &str) -> Option<String> {
        let labels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        labels.get(name).cloned()
    }
}
