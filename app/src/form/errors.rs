//! What was wrong with a form: shown in a summary on top and beside each field, in the same words.

use leptos::prelude::use_context;

/// Messages in the language of the page, each for a field or for the whole form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<FormError>);

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// The field's name; `None` for the whole form.
    pub field: Option<&'static str>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Errors {
    /// What was wrong with the form of the page that is being rendered, for components.
    ///
    /// # Panics
    /// Outside of the closure that `Html::render` takes: there a field could not know its message,
    /// and would lose it in silence.
    pub fn current() -> Self {
        use_context().expect("fields are made inside the closure that Html::render takes")
    }

    /// Nothing wrong.
    pub fn none() -> Self {
        Self::default()
    }

    /// One message for the whole form.
    pub fn whole(message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add_whole(message);
        errors
    }

    /// Adds a message for a field.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FormError {
            field: Some(field),
            message: message.into(),
        });
    }

    /// Adds a message for the whole form.
    pub fn add_whole(&mut self, message: impl Into<String>) {
        self.0.push(FormError {
            field: None,
            message: message.into(),
        });
    }

    /// Takes the value, or notes the message for a field and gives nothing.
    pub fn take<T>(
        &mut self,
        field: &'static str,
        read: Result<T, impl Into<String>>,
    ) -> Option<T> {
        read.map_err(|message| self.add(field, message)).ok()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The messages, in the order they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &FormError> {
        self.0.iter()
    }

    /// The first message for a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == Some(field))
            .map(|error| error.message.as_str())
    }
}
