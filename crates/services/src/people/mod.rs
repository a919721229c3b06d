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
mod find_sellers;
mod hold_deals;
mod leave_market;
mod money_in_play;
mod read_account;
mod suspend_user;

pub use storage::seller_status_code;

pub use block_person::BlockedPerson;
pub use change_user::ChangeUserError;
pub use close_account::CloseAccountError;
pub use create_account::{CreateAccount, CreateAccountError};
pub use decide_seller::SellerApplication;
pub use edit_preferences::{EditPreferences, EditPreferencesError};
pub use edit_profile::EditProfile;
pub use export_data::ExportDataError;
pub use money_in_play::{ClosingStanding, Unclaimed};
