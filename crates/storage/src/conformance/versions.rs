//! Compare-and-swap: the one pattern of everything that people and timers change. The rules are
//! written for any aggregate and hold for each kind.

use std::sync::Arc;

use domain::deal::Deal;
use domain::joint::JointPayout;
use domain::request::Request;
use domain::{Span, User};

use super::deals::deal;
use super::joint_payouts::joint;
use super::requests::request;
use super::sessions::session;
use super::users::user;
use super::{NOON, together};
use crate::{Aggregate, Aggregates, CommitError, InsertError, Session, Store};

/// How the rules get hold of one kind of aggregate.
struct Kind<A: Aggregate> {
    repository: fn(&dyn Store) -> &dyn Aggregates<A>,
    /// The nth, like no other.
    make: fn(u32) -> A,
    /// Raises a number that lies in the document and can be read back.
    count_up: fn(&mut A),
    /// That number.
    counted: fn(&A) -> u32,
}

const SESSIONS: Kind<Session> = Kind {
    repository: |store| store.sessions(),
    make: session,
    count_up: |session| {
        session.generation += 1;
        session.version += 1;
    },
    counted: |session| session.generation,
};

const USERS: Kind<User> = Kind {
    repository: |store| store.users(),
    make: user,
    count_up: |user| {
        user.updated_at = user.updated_at.plus(Span::minutes(1));
        user.version += 1;
    },
    counted: |user| u32::try_from(user.updated_at.since(NOON).ms() / 60_000).unwrap(),
};

const DEALS: Kind<Deal> = Kind {
    repository: |store| store.deals(),
    make: deal,
    count_up: |deal| {
        deal.updated_at = deal.updated_at.plus(Span::minutes(1));
        deal.version += 1;
    },
    counted: |deal| u32::try_from(deal.updated_at.since(NOON).ms() / 60_000).unwrap(),
};

const REQUESTS: Kind<Request> = Kind {
    repository: |store| store.requests(),
    make: request,
    count_up: |request| {
        request.edition += 1;
        request.version += 1;
    },
    counted: |request| request.edition,
};

const JOINT_PAYOUTS: Kind<JointPayout> = Kind {
    repository: |store| store.joint_payouts(),
    make: joint,
    count_up: |joint| {
        joint.sends += 1;
        joint.version += 1;
    },
    counted: |joint| joint.sends,
};

pub(crate) async fn inserting_again_tells_same_from_different(store: Arc<dyn Store>) {
    insert_twice(&store, SESSIONS).await;
    insert_twice(&store, USERS).await;
    insert_twice(&store, DEALS).await;
    insert_twice(&store, REQUESTS).await;
    insert_twice(&store, JOINT_PAYOUTS).await;
}

pub(crate) async fn a_stale_commit_changes_nothing(store: Arc<dyn Store>) {
    commit_stale(&store, SESSIONS).await;
    commit_stale(&store, USERS).await;
    commit_stale(&store, DEALS).await;
    commit_stale(&store, REQUESTS).await;
    commit_stale(&store, JOINT_PAYOUTS).await;
}

pub(crate) async fn a_commit_to_what_is_not_there_is_stale(store: Arc<dyn Store>) {
    commit_to_nothing(&store, SESSIONS).await;
    commit_to_nothing(&store, USERS).await;
    commit_to_nothing(&store, DEALS).await;
    commit_to_nothing(&store, REQUESTS).await;
    commit_to_nothing(&store, JOINT_PAYOUTS).await;
}

pub(crate) async fn of_8_writers_with_50_commits_each_none_is_lost(store: Arc<dyn Store>) {
    count_together(&store, SESSIONS).await;
    count_together(&store, USERS).await;
    count_together(&store, DEALS).await;
    count_together(&store, REQUESTS).await;
    count_together(&store, JOINT_PAYOUTS).await;
}

pub(crate) async fn a_conflicting_insert_writes_nothing(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    sessions.insert(&session(1)).await.unwrap();
    let mut twin = session(2);
    twin.secret_hash = session(1).secret_hash;
    let refused = sessions.insert(&twin).await;
    assert!(matches!(refused, Err(InsertError::Conflict { .. })));
    assert_eq!(sessions.find(twin.id).await.unwrap(), None);
}

pub(crate) async fn a_conflicting_commit_writes_nothing(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    sessions.insert(&session(1)).await.unwrap();
    sessions.insert(&session(2)).await.unwrap();
    let mut twin = session(2);
    twin.secret_hash = session(1).secret_hash;
    twin.version += 1;
    let refused = sessions.commit(&twin, 1).await;
    assert!(matches!(refused, Err(CommitError::Conflict { .. })));
    let stored = sessions.find(twin.id).await.unwrap();
    assert_eq!(stored, Some(session(2)));
}

async fn insert_twice<A: Aggregate>(store: &Arc<dyn Store>, kind: Kind<A>) {
    let repository = (kind.repository)(&**store);
    let new = (kind.make)(1);
    assert_eq!(repository.find(new.id()).await.unwrap(), None);
    repository.insert(&new).await.unwrap();
    let again = repository.insert(&new).await;
    assert!(matches!(again, Err(InsertError::Exists { same: true })));

    let mut other = new.clone();
    (kind.count_up)(&mut other);
    let other = repository.insert(&other).await;
    assert!(matches!(other, Err(InsertError::Exists { same: false })));
    assert_eq!(repository.find(new.id()).await.unwrap(), Some(new));
}

async fn commit_stale<A: Aggregate>(store: &Arc<dyn Store>, kind: Kind<A>) {
    let repository = (kind.repository)(&**store);
    let read = (kind.make)(1);
    repository.insert(&read).await.unwrap();
    let mut first = read.clone();
    (kind.count_up)(&mut first);
    let mut second = first.clone();
    (kind.count_up)(&mut second);

    repository.commit(&first, read.version()).await.unwrap();
    let late = repository.commit(&second, read.version()).await;
    assert!(matches!(late, Err(CommitError::Stale)));
    let stored = repository.find(read.id()).await.unwrap();
    assert_eq!(stored, Some(first));
}

async fn commit_to_nothing<A: Aggregate>(store: &Arc<dyn Store>, kind: Kind<A>) {
    let repository = (kind.repository)(&**store);
    let read = (kind.make)(1);
    let mut changed = read.clone();
    (kind.count_up)(&mut changed);
    let refused = repository.commit(&changed, read.version()).await;
    assert!(matches!(refused, Err(CommitError::Stale)));
    assert_eq!(repository.find(read.id()).await.unwrap(), None);
}

async fn count_together<A: Aggregate>(store: &Arc<dyn Store>, kind: Kind<A>) {
    const WRITERS: u32 = 8;
    const COMMITS: u32 = 50;
    let (repository, count_up, counted) = (kind.repository, kind.count_up, kind.counted);
    let first = (kind.make)(1);
    let id = first.id();
    repository(&**store).insert(&first).await.unwrap();
    together((0..WRITERS).map(|_| {
        let store = Arc::clone(store);
        async move {
            let repository = repository(&*store);
            let mut done = 0;
            while done < COMMITS {
                let read = repository.find(id).await.unwrap().unwrap();
                let mut changed = read.clone();
                count_up(&mut changed);
                match repository.commit(&changed, read.version()).await {
                    Ok(()) => done += 1,
                    Err(CommitError::Stale) => {}
                    Err(error) => unreachable!("{error}"),
                }
            }
        }
    }))
    .await;
    let last = repository(&**store).find(id).await.unwrap().unwrap();
    assert_eq!(counted(&last), counted(&first) + WRITERS * COMMITS);
}
