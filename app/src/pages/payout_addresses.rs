//! `/payouts/address…`: where one is paid.

pub(crate) mod confirm;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod remove;
pub(crate) mod stop;

use domain::user::UserRejection;

use crate::page::Page;

/// Why the rules about people refuse something with an address.
fn rejected(page: &Page, rejection: UserRejection) -> String {
    let t = page.t();
    match rejection {
        UserRejection::NotAnAddress => t.address_shape().to_owned(),
        UserRejection::AddressKnown => t.address_known().to_owned(),
        UserRejection::AddressLooksAlike => t.address_looks_alike().to_owned(),
        UserRejection::ChangeWaiting { until: Some(until) } => {
            t.address_change_waits(page.when.moment(until))
        }
        UserRejection::ChangeWaiting { until: None } => t.address_code_waits().to_owned(),
        UserRejection::AlreadyConfirmed => t.address_confirmed_before().to_owned(),
        UserRejection::AlreadyActive => t.address_too_late_to_stop().to_owned(),
        UserRejection::TooManyAddresses => t.address_too_many().to_owned(),
        UserRejection::Suspended => t.account_suspended().to_owned(),
        UserRejection::NoSuchAddress
        | UserRejection::Deleted
        | UserRejection::NotSuspended
        | UserRejection::MoneyInPlay
        | UserRejection::AlreadyApplied
        | UserRejection::NoApplication
        | UserRejection::OwnAccount
        | UserRejection::TooManyBlocked
        | UserRejection::OtherKey
        | UserRejection::SameRoles
        | UserRejection::NothingProposed => t.address_gone().to_owned(),
    }
}
