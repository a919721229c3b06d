//! Requests: writing, publishing, finding, reading.

mod amend_request;
mod audit_review;
mod browse_requests;
mod cancel_request;
mod change_request;
mod claim_draft;
mod draft_request;
mod edit_request;
mod follow_deal;
mod invite_seller;
mod list_own_requests;
mod people_cards;
mod publish_request;
mod read_draft;
mod read_feed;
mod read_own_request;
mod relay_requests;
mod review_request;
mod tick_requests;
mod view_request;
mod write_draft;

pub use amend_request::AmendRequest;
pub use browse_requests::Card;
pub use change_request::{ChangeRequestError, Once};
pub use edit_request::EditRequest;
pub use people_cards::{BuyerCard, SellerCard};
pub use read_feed::{Feed, FeedEntry};
pub use storage::{Browse, BudgetRange, OwnGroup, RequestSummary};
pub use view_request::{DeliveryView, OwnOffer, RequestView, SeenAs, ViewRequestError};
pub(crate) use write_draft::draft_id;
pub use write_draft::{DraftPart, Guest, WriteDraft, WriteDraftError, Writer};
