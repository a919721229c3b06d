//! `/payouts/address/new`: adding an address.

use axum::http::StatusCode;
use axum::response::Response;
use domain::Network;
use domain::password::Password;
use domain::text::Line;
use domain::user::UserRejection;
use leptos::prelude::*;
use serde::Deserialize;
use services::payout_addresses::{AddAddress, AddAddressError, AddressError};

use super::rejected;
use crate::components::{
    Banner, Button, Checkbox, Choice, Field, Look, Password as PasswordField, PostForm, RadioCards,
};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    network: String,
    address: String,
    again: String,
    label: String,
    password: String,
    look_alike: String,
    /// Whether the warning about a look-alike was shown.
    warned: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    page.user()?;
    let network = page.query("network").and_then(Network::from_code);
    let fields = Fields {
        network: network.map(Network::code).unwrap_or_default().to_owned(),
        ..Fields::default()
    };
    Ok(show(&page, &fields, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    let mut fields = form.fields;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let command = match read(&page, &fields) {
        Ok(command) => command,
        Err(errors) => return Ok(show(&page, &fields, &errors, status)),
    };
    let actor = page.actor();
    let services = &page.web.services;
    let added = services.add_payout_address(&actor, &page.client, command);
    let mut errors = Errors::none();
    match added.await {
        Ok(address) => {
            return Ok(page.see_other(&format!("/payouts/address/{}/confirm", address.id)));
        }
        Err(AddAddressError::Address(error)) => {
            errors.add("address", malformed(&page, error));
        }
        Err(AddAddressError::Rejected(rejection)) => {
            if rejection == UserRejection::AddressLooksAlike {
                "yes".clone_into(&mut fields.warned);
            }
            errors.add("address", rejected(&page, rejection));
        }
        Err(AddAddressError::WrongPassword) => {
            errors.add("password", page.t().account_current_wrong());
        }
        Err(AddAddressError::Locked { until }) => {
            errors.add_whole(refusals::locked(&page, until));
            status = StatusCode::LOCKED;
        }
        Err(AddAddressError::Throttled(throttled)) => {
            errors.add_whole(refusals::throttled(&page, throttled.until));
            status = StatusCode::TOO_MANY_REQUESTS;
        }
        Err(AddAddressError::Failed(failure)) => return Err(Failure::from(failure)),
    }
    Ok(show(&page, &fields, &errors, status))
}

fn read(page: &Page, fields: &Fields) -> Result<AddAddress, Errors> {
    let t = page.t();
    let mut errors = Errors::none();
    let network = Network::from_code(&fields.network).ok_or(t.address_network_missing());
    let network = errors.take("network", network);
    if fields.address.trim() != fields.again.trim() {
        errors.add("again", t.address_differs());
    }
    let label = Line::<40>::optional(&fields.label);
    let label = errors.take("label", label.map_err(|_| t.address_label_long(40)));
    match (network, label) {
        (Some(network), Some(label)) if errors.is_empty() => Ok(AddAddress {
            network,
            address: fields.address.clone(),
            label,
            password: Password::typed(&fields.password),
            look_alike_accepted: fields.look_alike == "on",
        }),
        _ => Err(errors),
    }
}

fn malformed(page: &Page, error: AddressError) -> &'static str {
    let t = page.t();
    match error {
        AddressError::Shape => t.address_shape(),
        AddressError::Checksum => t.address_checksum(),
        AddressError::Nobody => t.address_nobody(),
    }
}

fn show(page: &Page, fields: &Fields, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let networks = Network::ALL
        .map(|network| Choice::new(network.code(), network.name()).detail(network.standard()))
        .to_vec();
    let warned = !fields.warned.is_empty();
    let meant = fields.look_alike == "on";
    let fields = fields.clone();
    let html = page.html(t.address_add()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/payouts/address">{t.address_title()}</a></p>
                <h1>{t.address_add()}</h1>
                <Banner>{t.address_how()}</Banner>
                <PostForm class="stack">
                    <RadioCards
                        name="network"
                        legend=t.address_network()
                        hint=t.address_network_hint()
                        choices=networks
                        chosen=fields.network.clone()
                    />
                    <Field
                        name="address"
                        label=t.address_address()
                        hint=t.address_address_hint()
                        value=fields.address.clone()
                        dir="ltr"
                        autocomplete="off"
                        maxlength=100
                    />
                    <Field
                        name="again"
                        label=t.address_again()
                        hint=t.address_again_hint()
                        value=fields.again.clone()
                        dir="ltr"
                        autocomplete="off"
                        maxlength=100
                    />
                    {warned.then(|| view! {
                        <input type="hidden" name="warned" value="yes"/>
                        <Checkbox
                            name="look_alike"
                            label=t.address_look_alike_meant()
                            checked=meant
                        />
                    })}
                    <Field
                        name="label"
                        label=t.address_label()
                        hint=t.address_label_hint()
                        value=fields.label.clone()
                        maxlength=40
                        optional=true
                    />
                    <PasswordField
                        name="password"
                        label=t.auth_password()
                        hint=t.address_password_hint()
                        autocomplete="current-password"
                    />
                    <p class="cluster">
                        <Button>{t.address_send_code()}</Button>
                        <Button look=Look::Quiet href="/payouts/address">{t.address_cancel()}</Button>
                    </p>
                </PostForm>
            </div>
        }
    })
}
