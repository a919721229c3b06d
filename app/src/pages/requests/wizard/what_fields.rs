//! The fields of what is asked for: shared by the wizard and by changing a request.

use domain::category::Catalogue;
use domain::deal::ProductKind;
use domain::link::WebLink;
use domain::request::details::{SPECIFICATIONS_MAX, TAGS_MAX};
use domain::request::{Specification, What};
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{Choice, Disclosure, Field, RadioCards, Select, Textarea};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::requests::browse::categories;
use crate::pages::requests::fields::Reader;
use crate::pages::requests::{refusals, words};

/// As typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct WhatFields {
    pub(crate) title: String,
    description: String,
    category: String,
    kind: String,
    quantity: String,
    brand: String,
    size: String,
    color: String,
    link: String,
    specifications: String,
    tags: String,
    /// Which button was pressed.
    pub(crate) press: String,
}

impl WhatFields {
    /// As typed for a new request.
    pub(crate) fn empty() -> Self {
        Self {
            quantity: "1".to_owned(),
            ..Self::default()
        }
    }

    /// As it would be typed again.
    pub(crate) fn of(what: &What, catalogue: &Catalogue) -> Self {
        let category = catalogue.find(what.category);
        let text =
            |line: &Option<Line<60>>| line.as_ref().map(ToString::to_string).unwrap_or_default();
        let specifications: Vec<String> = what
            .specifications
            .iter()
            .map(|one| format!("{}: {}", one.key, one.value))
            .collect();
        let tags: Vec<&str> = what.tags.iter().map(Line::as_str).collect();
        Self {
            title: what.title.to_string(),
            description: what.description.to_string(),
            category: category
                .map(|shelf| shelf.category.slug.to_string())
                .unwrap_or_default(),
            kind: what.kind.code().to_owned(),
            quantity: what.quantity.to_string(),
            brand: text(&what.brand),
            size: text(&what.size),
            color: text(&what.color),
            link: what
                .link
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            specifications: specifications.join("\n"),
            tags: tags.join(", "),
            press: String::new(),
        }
    }

    pub(crate) fn kind(&self) -> Option<ProductKind> {
        ProductKind::from_code(&self.kind)
    }

    /// What was meant; what is wrong is noted beside each field. `before` keeps what the form does
    /// not show.
    pub(crate) fn read(
        &self,
        catalogue: &Catalogue,
        before: Option<&What>,
        t: Locale,
        errors: &mut Errors,
    ) -> Option<What> {
        let mut read = Reader { t, errors };
        let title = read.line("title", &self.title);
        let description = read.block("description", &self.description);
        let category = catalogue
            .find_slug(&self.category)
            .map(|shelf| shelf.category.id);
        let category = read.choice("category", category);
        let kind = read.choice("kind", self.kind());
        let quantity = read.number("quantity", &self.quantity, t.request_refusal_quantity());
        let brand = read.line_or_none("brand", &self.brand);
        let size = read.line_or_none("size", &self.size);
        let color = read.line_or_none("color", &self.color);
        let link = WebLink::optional(&self.link).map_err(|_| t.request_refusal_link());
        let link = read.errors.take("link", link);
        let specifications = read.errors.take("specifications", self.specifications(t));
        let tags = read.errors.take("tags", self.tags(t));
        Some(What {
            title: title?,
            description: description?,
            category: category?,
            kind: kind?,
            quantity: quantity?,
            link: link?,
            size,
            color,
            brand,
            specifications: specifications?,
            tags: tags?,
            attachments: before
                .map(|what| what.attachments.clone())
                .unwrap_or_default(),
        })
    }

    fn specifications(&self, t: Locale) -> Result<Vec<Specification>, String> {
        let mut specifications = Vec::new();
        let lines = (1_u64..).zip(self.specifications.lines());
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = || t.trouble_specification(t.number(number));
            // A colon of any script that people type.
            let (key, value) = line.split_once([':', '：']).ok_or_else(wrong)?;
            specifications.push(Specification {
                key: Line::new(key).map_err(|_| wrong())?,
                value: Line::new(value).map_err(|_| wrong())?,
                label: None,
            });
        }
        if specifications.len() > SPECIFICATIONS_MAX {
            return Err(t.request_refusal_too_many_specifications().to_owned());
        }
        Ok(specifications)
    }

    fn tags(&self, t: Locale) -> Result<Vec<Line<30>>, String> {
        let mut tags: Vec<Line<30>> = Vec::new();
        let typed = self.tags.split([',', '،', '\n']).map(str::trim);
        for tag in typed.filter(|tag| !tag.is_empty()) {
            let tag = Line::new(tag).map_err(|error| refusals::text(t, error))?;
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        if tags.len() > TAGS_MAX {
            return Err(t.request_refusal_too_many_tags().to_owned());
        }
        Ok(tags)
    }
}

/// The inputs.
#[component]
pub(crate) fn WhatInputs(fields: WhatFields, catalogue: Catalogue) -> impl IntoView {
    let t = Page::current().t();
    let mut shelves = vec![Choice::new("", t.wizard_category_choose())];
    shelves.extend(categories(&catalogue));
    let has_more = [
        &fields.brand,
        &fields.size,
        &fields.color,
        &fields.link,
        &fields.specifications,
        &fields.tags,
    ]
    .into_iter()
    .any(|field| !field.is_empty());
    view! {
        <Field name="title" label=t.wizard_title() hint=t.wizard_title_hint() value=fields.title maxlength=200/>
        <Textarea
            name="description"
            label=t.wizard_description()
            hint=t.wizard_description_hint()
            value=fields.description
            maxlength=2_000
        />
        <Select name="category" label=t.wizard_category() choices=shelves chosen=fields.category/>
        <RadioCards name="kind" legend=t.wizard_kind() choices=words::kinds(t) chosen=fields.kind/>
        <Field
            name="quantity"
            label=t.wizard_quantity()
            value=fields.quantity
            inputmode="numeric"
            maxlength=9
            dir="ltr"
        />
        <Disclosure id="more-fields" title=t.wizard_more() open=has_more>
            <Field name="brand" label=t.wizard_brand() value=fields.brand maxlength=60 optional=true/>
            <Field name="size" label=t.wizard_size() value=fields.size maxlength=60 optional=true/>
            <Field name="color" label=t.wizard_color() value=fields.color maxlength=60 optional=true/>
            <Field
                name="link"
                label=t.wizard_link()
                hint=t.wizard_link_hint()
                value=fields.link
                inputmode="url"
                maxlength=500
                dir="ltr"
                optional=true
            />
            <Textarea
                name="specifications"
                label=t.wizard_specifications()
                hint=t.wizard_specifications_hint()
                value=fields.specifications
                maxlength=4_000
                optional=true
            />
            <Field name="tags" label=t.wizard_tags() hint=t.wizard_tags_hint() value=fields.tags maxlength=400 optional=true/>
        </Disclosure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(specifications: &str, tags: &str) -> WhatFields {
        WhatFields {
            specifications: specifications.to_owned(),
            tags: tags.to_owned(),
            ..WhatFields::default()
        }
    }

    #[test]
    fn properties_are_lines_of_name_and_value() {
        let fields = typed("memory: 16 GB\n\n حافظه：۱۶ \nratio: 16:9", "");
        let read = fields.specifications(Locale::En).unwrap();
        let pairs: Vec<_> = read
            .iter()
            .map(|one| (one.key.as_str(), one.value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [("memory", "16 GB"), ("حافظه", "۱۶"), ("ratio", "16:9")]
        );
        let wrong = typed("memory: 16 GB\nno colon here", "").specifications(Locale::En);
        assert!(wrong.unwrap_err().contains("line 2"));
    }

    #[test]
    fn tags_are_parted_by_commas_of_either_script_and_kept_once() {
        let read = typed("", "film, دوربین، film ,").tags(Locale::En).unwrap();
        assert_eq!(
            read.iter().map(Line::as_str).collect::<Vec<_>>(),
            ["film", "دوربین"]
        );
        let many = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"].join(",");
        assert!(typed("", &many).tags(Locale::En).is_err());
    }
}
