//! What the answers about notifications are made of.

use domain::notification::NotificationKind;
use serde::Serialize;
use services::notifications::NotificationView;
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// Something that the caller was told.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d65")]
    id: String,
    /// One line, in the language of `Accept-Language`.
    #[schema(example = "A new offer")]
    title: String,
    /// A sentence or two.
    #[schema(example = "Reza offers 110.50 USDT for “A used camera”.")]
    message: String,
    /// `info`, `success`, `warning` or `error`.
    #[schema(example = "info")]
    kind: &'static str,
    /// `purchase_request`, `offer`, `payment`, `delivery`, `dispute`, `chat` or `system`.
    #[schema(example = "offer")]
    category: &'static str,
    /// The request, deal or dispute that it is about.
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    related_id: Option<String>,
    /// The page to open, as a path of this site.
    #[schema(example = "/requests/0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e/offers")]
    action_url: Option<String>,
    #[schema(example = false)]
    is_read: bool,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
}

impl From<&NotificationView> for Notification {
    fn from(view: &NotificationView) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.title.clone(),
            message: view.message.clone(),
            kind: match view.kind {
                NotificationKind::Info => "info",
                NotificationKind::Success => "success",
                NotificationKind::Warning => "warning",
                NotificationKind::Error => "error",
            },
            category: view.topic.code(),
            related_id: view.related.map(|related| related.to_string()),
            action_url: view.action_path.clone(),
            is_read: view.is_read,
            created_at: rfc3339(view.created_at),
        }
    }
}
