//! Every input once, in a form that refuses and keeps what was typed.

use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{
    Button, Checkbox, Checkboxes, Choice, CodeField, Field, FileField, Look, MoneyInput, Password,
    PostForm, RadioCards, Select, Textarea,
};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::Page;

/// The longest name that the example takes.
const NAME_CHARS_MAX: usize = 40;

/// What the example form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    name: String,
    note: String,
    price: String,
    network: String,
    evidence: Vec<String>,
    country: String,
    code: String,
    agree: Option<String>,
}

impl Fields {
    /// Echoes the name, so that hostile ones can be tried there too.
    pub(super) fn title(&self, t: Locale) -> String {
        if self.name.is_empty() {
            t.dev_components().to_owned()
        } else {
            self.name.clone()
        }
    }

    /// What is wrong with it, in the language of the reader.
    pub(super) fn errors(&self, t: Locale) -> Errors {
        let mut errors = Errors::none();
        if self.name.is_empty() || self.name.chars().count() > NAME_CHARS_MAX {
            errors.add("name", t.dev_name_wrong());
        }
        if self.note.is_empty() {
            errors.add("note", t.dev_note_wrong());
        }
        if self.network.is_empty() {
            errors.add("network", t.dev_network_wrong());
        }
        if self.agree.is_none() {
            errors.add("agree", t.dev_agree_wrong());
        }
        errors
    }
}

#[component]
pub(super) fn ExampleForm(fields: Fields) -> impl IntoView {
    let t = Page::current().t();
    let networks = vec![
        Choice::new("bsc", "BNB Smart Chain").detail("BEP-20"),
        Choice::new("polygon", "Polygon").detail("Polygon PoS"),
    ];
    let evidence = vec![
        Choice::new("photo", t.dev_photo()),
        Choice::new("tracking", t.dev_tracking()),
    ];
    let countries = vec![
        Choice::new("", "—"),
        Choice::new("de", "Deutschland"),
        Choice::new("ir", "ایران"),
    ];
    view! {
        <PostForm class="stack">
            <Field name="name" label=t.dev_name() value=fields.name hint=t.dev_name_hint()/>
            <Textarea name="note" label=t.dev_note() value=fields.note/>
            <MoneyInput name="price" label=t.dev_price() value=fields.price unit="USDT" optional=true/>
            <RadioCards name="network" legend=t.dev_network() choices=networks chosen=fields.network/>
            <Checkboxes name="evidence" legend=t.dev_evidence() choices=evidence chosen=fields.evidence/>
            <Select name="country" label=t.dev_country() choices=countries chosen=fields.country optional=true/>
            <CodeField name="code" label=t.dev_code() value=fields.code/>
            <Password name="password" label=t.dev_password() autocomplete="new-password"/>
            <FileField name="file" label=t.dev_file() accept="image/*" optional=true/>
            <Checkbox name="agree" label=t.dev_agree() checked=fields.agree.is_some()/>
            <p class="cluster">
                <Button>{t.dev_send()}</Button>
                <Button look=Look::Quiet href="/dev/components">{t.dev_clear()}</Button>
            </p>
        </PostForm>
    }
}
