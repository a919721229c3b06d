//! Numbered steps that bring a database to the schema of this binary.

use domain::User;
use domain::deal::Deal;
use domain::request::Request;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, TransactionBehavior};
use serde::de::DeserializeOwned;
use storage::Listed;

use crate::open::OpenError;

/// The steps, in order; the schema's number is how many were taken. A step that was released is
/// never changed, since databases out there have taken it.
const STEPS: &[(u32, &str)] = &[
    (1, include_str!("../migrations/0001_records.sql")),
    (2, include_str!("../migrations/0002_users.sql")),
    (3, include_str!("../migrations/0003_deals.sql")),
    (4, include_str!("../migrations/0004_ledger_entries.sql")),
    (5, include_str!("../migrations/0005_intents.sql")),
    (6, include_str!("../migrations/0006_requests.sql")),
    (7, include_str!("../migrations/0007_solvency.sql")),
    (8, include_str!("../migrations/0008_payout_txs.sql")),
    (9, include_str!("../migrations/0009_joint_payouts.sql")),
    (10, include_str!("../migrations/0010_owing_in_one_list.sql")),
    (
        11,
        include_str!("../migrations/0011_records_of_sellers.sql"),
    ),
    (12, include_str!("../migrations/0012_desks.sql")),
    (13, include_str!("../migrations/0013_disputes.sql")),
    (14, include_str!("../migrations/0014_offers_by_id.sql")),
    (15, include_str!("../migrations/0015_reports.sql")),
    (16, include_str!("../migrations/0016_files_of_a_person.sql")),
];

/// The number of the schema that this binary reads and writes.
pub const SCHEMA: u32 = match STEPS {
    [.., (last, _)] => *last,
    [] => 0,
};

/// Marks a file as ours: "AMN1".
const APPLICATION_ID: i32 = 0x414d_4e31;

/// Takes the steps that are missing, each in a transaction of its own, so that a crash between two
/// of them leaves a whole schema.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    migrate_to(connection, SCHEMA)
}

pub(crate) fn migrate_to(connection: &mut Connection, target: u32) -> Result<(), OpenError> {
    let found = number(connection)?;
    if found > SCHEMA {
        return Err(OpenError::NewerSchema {
            found,
            known: SCHEMA,
        });
    }
    check_owner(connection, found)?;
    if found < target {
        offer_functions(connection)?;
    }
    let missing = found..target;
    for (schema, step) in STEPS
        .iter()
        .filter(|(schema, _)| missing.contains(&(schema - 1)))
    {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have taken the step while we waited for the lock.
        if number(&transaction)? >= *schema {
            continue;
        }
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", schema)?;
        transaction.commit()?;
        tracing::info!(schema, "the store took a step of its schema");
    }
    Ok(())
}

/// What steps may ask of the code: the lists that a stored document is in now, and what they show
/// of it. So a step that adds a list says the same as every later write.
fn offer_functions(connection: &Connection) -> Result<(), rusqlite::Error> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("tags_of", 2, flags, |context| {
        let kind: String = context.get(0)?;
        match kind.as_str() {
            "user" => Ok(json(&read::<User>(context)?.tags())),
            "request" => Ok(json(&read::<Request>(context)?.tags())),
            _ => Ok(json(&read::<Deal>(context)?.tags())),
        }
    })?;
    connection.create_scalar_function("summary_of", 2, flags, |context| {
        let kind: String = context.get(0)?;
        match kind.as_str() {
            "user" => Ok(json(&read::<User>(context)?.summary())),
            _ => Ok(json(&read::<Deal>(context)?.summary())),
        }
    })
}

fn read<T: DeserializeOwned>(context: &Context<'_>) -> Result<T, rusqlite::Error> {
    let doc: String = context.get(1)?;
    serde_json::from_str(&doc).map_err(|error| {
        let cause = crate::document::unreadable(&error);
        rusqlite::Error::UserFunctionError(cause.into())
    })
}

fn json(part: &impl serde::Serialize) -> String {
    serde_json::to_string(part).expect("parts have text keys and no failing fields")
}

/// How many steps a database has taken.
pub(crate) fn number(connection: &Connection) -> Result<u32, OpenError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// A database that somebody else made is left alone.
pub(crate) fn check_owner(connection: &Connection, found: u32) -> Result<(), OpenError> {
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_ours = owner == APPLICATION_ID;
    let is_empty = found == 0 && owner == 0 && tables == 0;
    if is_ours || is_empty {
        Ok(())
    } else {
        Err(OpenError::NotOurs)
    }
}
