//! Sessions.

use std::sync::Arc;

use super::{NOON, id, noon_plus};
use crate::{
    CommitError, InsertError, Revocation, RevocationReason, SecretHash, Session, SessionKind, Store,
};

pub(super) fn session(number: u32) -> Session {
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    Session {
        id: id!(SessionId, number),
        version: 1,
        user: id!(UserId, 1),
        kind: SessionKind::Browser,
        secret_hash: Some(SecretHash::new(hash)),
        generation: 0,
        rotated_at: NOON,
        created_at: noon_plus(number),
        last_seen_at: NOON,
        absolute_expiry: noon_plus(600),
        user_agent: "Firefox".into(),
        ip: "192.0.2.1".into(),
        revoked: None,
    }
}

fn revocation(minutes: u32) -> Revocation {
    Revocation {
        at: noon_plus(minutes),
        reason: RevocationReason::SignedOut,
    }
}

async fn by_secret(store: &dyn Store, number: u32, minutes: u32) -> Option<Session> {
    let hash = session(number).secret_hash.unwrap();
    let sessions = store.sessions();
    let found = sessions.find_live_by_secret(&hash, noon_plus(minutes));
    found.await.unwrap()
}

pub(crate) async fn a_live_session_is_found_by_its_secret(store: Arc<dyn Store>) {
    store.sessions().insert(&session(1)).await.unwrap();
    assert_eq!(by_secret(&*store, 1, 5).await, Some(session(1)));
    assert_eq!(by_secret(&*store, 2, 5).await, None);
}

pub(crate) async fn a_revoked_or_expired_session_opens_nothing(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    for number in [1, 2] {
        sessions.insert(&session(number)).await.unwrap();
    }
    let (first, user) = (session(1).id, session(1).user);
    assert!(sessions.revoke(first, revocation(5)).await.unwrap());
    assert_eq!(by_secret(&*store, 1, 6).await, None);
    assert!(by_secret(&*store, 2, 599).await.is_some());
    assert_eq!(by_secret(&*store, 2, 600).await, None);
    let live = sessions.list_live(user, noon_plus(6)).await.unwrap();
    assert_eq!(live, [session(2)]);
    let live = sessions.list_live(user, noon_plus(600)).await.unwrap();
    assert!(live.is_empty());
    let kept = sessions.find(first).await.unwrap();
    assert!(kept.is_some(), "reuse of its tokens has to be noticed");
}

pub(crate) async fn revoking_defeats_a_rotation_under_way(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    let read = session(1);
    sessions.insert(&read).await.unwrap();
    sessions.revoke(read.id, revocation(5)).await.unwrap();
    let mut rotated = read.clone();
    rotated.generation += 1;
    rotated.version += 1;
    let late = sessions.commit(&rotated, read.version).await;
    assert!(matches!(late, Err(CommitError::Stale)));
}

pub(crate) async fn the_first_revocation_stands(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    sessions.insert(&session(1)).await.unwrap();
    let id = session(1).id;
    assert!(sessions.revoke(id, revocation(5)).await.unwrap());
    assert!(!sessions.revoke(id, revocation(6)).await.unwrap());
    let stored = sessions.find(id).await.unwrap().unwrap();
    assert_eq!(stored.revoked, Some(revocation(5)));
    let unknown = sessions.revoke(session(2).id, revocation(6)).await;
    assert!(!unknown.unwrap());
}

pub(crate) async fn all_sessions_but_one_are_ended(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    for number in 1..=4 {
        sessions.insert(&session(number)).await.unwrap();
    }
    let mut stranger = session(5);
    stranger.user = id!(UserId, 2);
    sessions.insert(&stranger).await.unwrap();
    let here = session(2).id;
    let user = session(2).user;
    let ended = sessions.revoke_all(user, Some(here), revocation(5)).await;
    assert_eq!(ended.unwrap().len(), 3);
    let live = sessions.list_live(user, noon_plus(6)).await.unwrap();
    assert_eq!(live, [session(2)]);
    let others = sessions.list_live(stranger.user, noon_plus(6)).await;
    assert_eq!(others.unwrap(), [stranger]);
    let again = sessions.revoke_all(user, None, revocation(7)).await;
    assert_eq!(again.unwrap(), [here]);
}

pub(crate) async fn touching_moves_time_forward_only(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    let read = session(1);
    sessions.insert(&read).await.unwrap();
    for minutes in [5, 3] {
        sessions.touch(read.id, noon_plus(minutes)).await.unwrap();
    }
    let stored = sessions.find(read.id).await.unwrap().unwrap();
    assert_eq!(stored.last_seen_at, noon_plus(5));
    let mut rotated = stored.clone();
    rotated.version += 1;
    let rotated = sessions.commit(&rotated, read.version).await;
    assert!(rotated.is_ok(), "a touch is no change of version");
    let unknown = sessions.touch(session(2).id, NOON).await;
    assert!(unknown.is_ok(), "a session that is gone is no error");
}

pub(crate) async fn two_sessions_never_share_a_secret(store: Arc<dyn Store>) {
    let sessions = store.sessions();
    sessions.insert(&session(1)).await.unwrap();
    let mut twin = session(2);
    twin.secret_hash = session(1).secret_hash;
    let refused = sessions.insert(&twin).await;
    assert!(matches!(
        refused,
        Err(InsertError::Conflict {
            field: "secret_hash"
        })
    ));
    for number in [3, 4] {
        let mut api = session(number);
        api.secret_hash = None;
        sessions.insert(&api).await.unwrap();
    }
}
