//! What a success looks like.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// `{"success":true,"data":…}`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Data<T> {
    /// Always true; problems say false.
    #[schema(example = true)]
    success: bool,
    /// What was asked for.
    data: T,
}

impl<T> Data<T> {
    /// A success with this to tell.
    pub const fn new(data: T) -> Self {
        Self {
            success: true,
            data,
        }
    }
}

impl<T: Serialize> IntoResponse for Data<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

/// What there is to tell when something was simply done.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Done {}

impl Data<Done> {
    /// A success with nothing to tell.
    pub const DONE: Self = Self::new(Done {});
}
