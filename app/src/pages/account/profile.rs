//! `/account/profile`: name, and what others may read.

use axum::response::Response;
use domain::text::{Block, TextError};
use domain::user::{Phone, Website};
use leptos::prelude::*;
use serde::Deserialize;
use services::people::EditProfile;

use crate::components::{Button, Checkbox, Field, PostForm, Textarea};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::auth::refusals;

type Bio = Block<500>;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    first_name: String,
    last_name: String,
    phone: String,
    bio: String,
    website: String,
    public: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let user = page.user()?;
    let profile = &user.profile;
    let fields = Fields {
        first_name: text(user.first_name.as_ref()),
        last_name: text(user.last_name.as_ref()),
        phone: profile
            .phone
            .as_ref()
            .map(Phone::as_str)
            .unwrap_or_default()
            .to_owned(),
        bio: text(profile.bio.as_ref()),
        website: profile
            .website
            .as_ref()
            .map(Website::as_str)
            .unwrap_or_default()
            .to_owned(),
        public: if profile.is_public { "on" } else { "" }.to_owned(),
    };
    Ok(show(&page, &fields, &Errors::none()))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    match read(&page, &form.fields) {
        Ok(command) => {
            page.web
                .services
                .edit_profile(&page.actor(), command)
                .await?;
            Ok(page.see_other("/account/profile?done=saved"))
        }
        Err(errors) => Ok(show(&page, &form.fields, &errors)),
    }
}

fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn read(page: &Page, fields: &Fields) -> Result<EditProfile, Errors> {
    let t = page.t();
    let mut errors = Errors::none();
    let first_name = errors.take("first_name", refusals::read_name(t, &fields.first_name));
    let last_name = errors.take("last_name", refusals::read_name(t, &fields.last_name));
    let phone = given(&fields.phone).map(Phone::new).transpose();
    let phone = errors.take("phone", phone.map_err(|_| t.account_phone_wrong()));
    let website = given(&fields.website).map(Website::new).transpose();
    let website = errors.take("website", website.map_err(|_| t.account_website_wrong()));
    let bio = Bio::optional(&fields.bio).map_err(|error| match error {
        TextError::TooLong { .. } | TextError::Empty => {
            t.account_bio_long(refusals::counted(Bio::MAX))
        }
    });
    let bio = errors.take("bio", bio);
    match (first_name, last_name, phone, website, bio) {
        (Some(first_name), Some(last_name), Some(phone), Some(website), Some(bio)) => {
            Ok(EditProfile {
                first_name,
                last_name,
                phone,
                bio,
                website,
                is_public: fields.public == "on",
            })
        }
        _ => Err(errors),
    }
}

fn given(typed: &str) -> Option<&str> {
    Some(typed.trim()).filter(|typed| !typed.is_empty())
}

fn show(page: &Page, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let is_public = fields.public == "on";
    let fields = fields.clone();
    page.html(t.account_profile()).errors(errors).render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account">{t.account_title()}</a></p>
                <h1>{t.account_profile()}</h1>
                <PostForm class="stack">
                    <Field
                        name="first_name"
                        label=t.auth_first_name()
                        hint=t.auth_name_hint()
                        value=fields.first_name.clone()
                        autocomplete="given-name"
                        maxlength=60
                        optional=true
                    />
                    <Field
                        name="last_name"
                        label=t.auth_last_name()
                        value=fields.last_name.clone()
                        autocomplete="family-name"
                        maxlength=60
                        optional=true
                    />
                    <Field
                        name="phone"
                        label=t.account_phone()
                        hint=t.account_phone_hint()
                        value=fields.phone.clone()
                        kind="tel"
                        autocomplete="tel"
                        dir="ltr"
                        maxlength=40
                        optional=true
                    />
                    <Field
                        name="website"
                        label=t.account_website()
                        value=fields.website.clone()
                        kind="url"
                        autocomplete="url"
                        dir="ltr"
                        maxlength=200
                        optional=true
                    />
                    <Textarea
                        name="bio"
                        label=t.account_bio()
                        hint=t.account_bio_hint(refusals::counted(Bio::MAX))
                        value=fields.bio.clone()
                        rows=5
                        optional=true
                    />
                    <Checkbox
                        name="public"
                        label=t.account_public()
                        checked=is_public
                        comes_back=true
                    />
                    <p><Button>{t.account_save()}</Button></p>
                </PostForm>
            </div>
        }
    })
}
