//! `/auth`: accounts, tokens, passwords, sessions.

mod account;
mod change_password;
mod forgot_password;
mod login;
mod logout;
mod logout_all;
mod refresh_token;
mod register;
mod resend_verification;
mod reset_password;
mod sessions;
mod shape;
#[cfg(test)]
mod tests;
mod verify_email_code;

pub use shape::Account;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(register::post))
        .routes(routes!(verify_email_code::post))
        .routes(routes!(resend_verification::post))
        .routes(routes!(login::post))
        .routes(routes!(refresh_token::post))
        .routes(routes!(logout::post))
        .routes(routes!(logout_all::post))
        .routes(routes!(forgot_password::post))
        .routes(routes!(reset_password::post))
        .routes(routes!(change_password::post))
        .routes(routes!(account::delete))
        .routes(routes!(sessions::get))
        .routes(routes!(sessions::delete))
}
