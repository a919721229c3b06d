//! Accounts and sessions: signing up, in and out, passwords.

mod authenticate;
mod change_password;
mod end_session;
mod hasher;
mod limits;
mod list_sessions;
mod open_session;
mod refresh_tokens;
mod reset_password;
mod sign_in;
mod sign_out;
mod start_reset;
mod start_sign_up;
mod ticket;
mod tokens;
mod verify_sign_up;

pub use authenticate::Authenticated;
pub(crate) use change_password::ConfirmError;
pub use change_password::{ChangePassword, ChangePasswordError};
pub use end_session::EndSessionError;
pub(crate) use hasher::Hasher;
pub(crate) use limits::LimitError;
pub use limits::Throttled;
pub use list_sessions::SessionView;
pub use open_session::SignedIn;
pub use refresh_tokens::RefreshTokensError;
pub use reset_password::{ResetPassword, ResetPasswordError};
pub use sign_in::{SignIn, SignInError};
pub use start_reset::{StartReset, StartResetError};
pub use start_sign_up::{ResendError, StartSignUp, StartSignUpError};
pub use storage::SessionKind;
pub use ticket::{InvalidTicket, SignUpTicket};
pub use tokens::{InvalidToken, RefreshToken, Tokens};
pub use verify_sign_up::{VerifySignUp, VerifySignUpError};
