//! People: their profile, preferences, roles and standing.

mod apply_to_sell;
mod block_person;
mod change_user;
mod close_account;
mod create_account;
mod decide_seller;
mod edit_preferences;
mod edit_profile;
mod export_data;
mod give_roles;
mod hold_deals;
mod leave_market;
mod list_sellers;
mod money_in_play;
mod open_email;
mod propose_suspension;
mod read_account;
mod search_users;
mod suspend_user;
mod view_profile;
mod view_user;

pub use storage::{UserFilter, UserSummary, seller_status_code, user_status_code};

pub use block_person::BlockedPerson;
pub use change_user::ChangeUserError;
pub use close_account::CloseAccountError;
pub use create_account::{CreateAccount, CreateAccountError};
pub use decide_seller::SellerApplication;
pub use edit_preferences::{EditPreferences, EditPreferencesError};
pub use edit_profile::EditProfile;
pub use export_data::ExportDataError;
pub use money_in_play::{ClosingStanding, Unclaimed};
pub use view_profile::{PublicProfile, ViewProfileError};
pub use view_user::{Dependencies, UserCard};
