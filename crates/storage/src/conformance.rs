//! The specification of a store, as tests that each store runs in its own test binary:
//!
//! ```ignore
//! async fn open() -> (Arc<dyn storage::Store>, TempDir) { … }
//! storage::conformance_tests!(open);
//! ```
//!
//! Each rule gets a fresh store. A store that passes them all fits; one could be written from them
//! alone.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a rule that is broken fails by a panic, as every test does"
)]
#![expect(missing_docs, reason = "the name of a rule is what it says")]

use std::future::Future;
use std::sync::Arc;

use domain::{Span, Timestamp};

use crate::{Cursor, Limit, Page, PageRequest, Store, StoreError};

mod audit;
mod categories;
mod dead_letters;
mod deals;
mod deposit_claims;
mod files;
mod heartbeats;
mod inbox;
mod intents;
mod joint_payouts;
mod leases;
mod ledger_entries;
mod mails;
mod notifications;
mod one_time_codes;
mod payout_switch;
mod payout_txs;
mod reconciliations;
mod reports;
mod requests;
mod retries;
mod sessions;
mod sign_ups;
mod users;
mod versions;
mod whole;
mod windows;

/// Hands all rules, by area, to `$callback!`, after whatever else it needs.
#[macro_export]
#[doc(hidden)]
macro_rules! for_each_conformance_rule {
    ($callback:path $(, $argument:tt)*) => {
        $callback! { $($argument)*
            audit {
                entries_form_a_chain_without_gap,
                appending_an_entry_again_adds_nothing,
                concurrent_entries_form_one_chain,
                entries_are_found_by_actor_and_by_subject,
                the_log_is_read_from_either_end,
            }
            categories {
                all_categories_are_found,
                a_slug_stands_for_one_category,
            }
            dead_letters {
                a_letter_that_fails_again_is_counted_up_and_open_again,
                open_and_settled_letters_are_listed_apart,
                a_letter_is_settled_once,
            }
            deals {
                a_deal_comes_back_whole,
                a_deal_is_found_by_whatever_is_known_of_it,
                command_keys_survive_with_the_write,
                the_relay_position_lies_outside_the_version,
                events_wait_until_they_are_relayed_longest_first,
                what_is_not_relayed_holds_nobody_up,
                deadlines_are_due_in_their_order,
                running_deals_are_visited_once_each,
                deals_are_listed_by_person_side_and_phase,
                deals_are_listed_by_whose_money_moved,
                deals_are_listed_for_whom_they_wait_for,
                disputes_are_listed_for_parties_and_resolvers,
                what_is_to_be_ruled_on_is_counted_until_it_is,
                a_list_shows_the_deal_as_it_is_now,
                finished_deals_are_counted_for_each_person,
                settled_deals_tell_of_each_seller,
                a_deal_is_listed_by_what_it_owes_for_as_long_as_it_owes,
                a_loss_is_owed_only_as_far_as_the_operator_covers_it,
                of_200_acceptances_one_opens_the_deal,
                what_breaks_an_invariant_is_never_written,
            }
            deposit_claims {
                of_32_threads_one_claims_a_deposit,
                a_claim_moves_only_along_its_way,
                claims_that_nobody_credited_are_driven_again,
                claims_of_an_intent_are_paged_oldest_first,
            }
            files {
                a_file_is_attached_once_and_by_its_owner,
                a_file_that_nothing_refers_to_any_more_is_unattached,
                unattached_files_go_with_their_preview,
                an_attached_file_stays,
                files_are_found_together,
                what_a_person_brought_is_listed,
                bytes_are_counted_for_quotas,
                inserting_again_tells_same_from_different,
            }
            heartbeats {
                the_latest_sign_of_life_never_moves_back,
                a_gap_is_recorded_once_and_applied_once,
                only_gaps_that_end_later_are_still_owed,
                gaps_are_paged_newest_first,
            }
            inbox {
                an_event_is_applied_once_by_each_consumer,
                of_many_threads_one_marks_an_event,
            }
            intents {
                an_address_belongs_to_one_intent,
                an_address_is_found_in_any_spelling,
                intents_of_a_deal_are_found,
                addresses_are_read_again_when_it_is_time,
            }
            joint_payouts {
                a_joint_payout_comes_back_whole,
                a_payee_has_one_open_joint_payout_in_an_asset,
                joint_payouts_are_listed_by_payee_and_by_state,
                news_of_joint_payouts_wait_for_the_relay,
            }
            leases {
                a_lease_has_one_holder_until_it_expires,
                of_many_nodes_one_acquires,
                a_late_holder_is_fenced_off,
                a_renewed_lease_lasts_longer,
                a_released_lease_is_free_at_once,
                tokens_grow_for_ever,
            }
            ledger_entries {
                an_entry_is_added_once,
                entries_are_found_by_deal_and_by_account,
                the_ledger_is_read_from_either_end,
                a_deals_own_ledger_gives_its_entries,
            }
            mails {
                a_message_is_queued_once,
                messages_are_due_in_the_order_of_their_turn,
                an_expired_message_is_not_sent,
                a_sent_message_forgets_its_text_unless_told_otherwise,
                a_failed_message_comes_again_or_not_at_all,
                messages_are_listed_by_mailbox,
            }
            notifications {
                an_event_is_told_once_even_after_removal,
                nobody_reaches_anothers_notification,
                the_first_reading_counts,
                reading_all_spares_what_came_later,
                pages_hold_each_item_once_while_others_are_added,
                what_expired_is_neither_listed_nor_counted,
            }
            one_time_codes {
                a_new_code_takes_the_place_of_the_old,
                wrong_tries_are_counted_without_a_lost_one,
                a_code_is_used_up_once,
                an_expired_code_is_not_found,
                codes_of_other_purposes_stay,
            }
            payout_switch {
                the_first_stop_stands,
                only_the_stop_that_was_seen_is_lifted,
                of_many_threads_one_stops,
            }
            payout_txs {
                a_claim_stands_and_its_owner_finds_it_again,
                of_32_sendings_one_claims_a_transaction,
            }
            reconciliations {
                comparisons_are_paged_newest_first,
                old_comparisons_are_forgotten,
            }
            reports {
                a_report_waits_until_it_is_decided,
                a_person_reports_a_subject_once_and_finds_their_reports,
            }
            requests {
                a_request_comes_back_whole,
                a_buyer_finds_their_own_by_status,
                a_buyer_finds_their_own_by_group,
                everybody_browses_what_takes_offers,
                invited_sellers_alone_see_their_invitation,
                filters_narrow_together,
                words_are_found_in_any_spelling,
                a_changed_title_is_found_by_its_new_words_only,
                a_seller_finds_their_own_offers_and_no_rivals,
                offers_are_over_when_it_is_time,
                news_of_requests_wait_for_the_relay,
                drafts_of_guests_are_forgotten,
            }
            retries {
                the_last_failure_stands_for_all_before_it,
                failures_of_a_job_are_listed_in_parts,
                a_failure_is_forgotten_once,
            }
            sessions {
                a_live_session_is_found_by_its_secret,
                a_revoked_or_expired_session_opens_nothing,
                revoking_defeats_a_rotation_under_way,
                the_first_revocation_stands,
                all_sessions_but_one_are_ended,
                touching_moves_time_forward_only,
                two_sessions_never_share_a_secret,
            }
            sign_ups {
                an_expired_attempt_is_not_found,
                attempts_for_one_address_live_side_by_side,
            }
            users {
                a_mailbox_belongs_to_one_account,
                an_account_is_found_by_its_mailbox,
                several_accounts_are_found_at_once,
                accounts_are_listed_by_role_and_by_seller_status,
                a_role_taken_away_is_no_longer_found,
                accounts_are_found_by_name_and_standing,
                sellers_on_show_are_found_by_name,
                what_was_proposed_on_people_is_found,
                accounts_are_counted_by_the_day_they_were_opened,
            }
            versions {
                inserting_again_tells_same_from_different,
                a_stale_commit_changes_nothing,
                a_commit_to_what_is_not_there_is_stale,
                of_8_writers_with_50_commits_each_none_is_lost,
                a_conflicting_insert_writes_nothing,
                a_conflicting_commit_writes_nothing,
            }
            whole {
                a_fresh_store_is_alive,
                a_closed_store_says_so,
                a_data_version_is_another_one_after_every_write,
                sweeping_removes_what_expired_and_nothing_else,
            }
            windows {
                hits_are_counted_until_the_window_closes,
                later_hits_do_not_prolong_a_window,
                concurrent_hits_are_all_counted,
                a_cleared_window_starts_anew,
                a_count_is_taken_back_from_an_open_window_only,
            }
        }
    };
}

/// A test for each rule. Takes the path of a function that opens a fresh store, with whatever has
/// to live as long: `async fn() -> (Arc<dyn Store>, T)`.
#[macro_export]
macro_rules! conformance_tests {
    ($open:path) => {
        $crate::for_each_conformance_rule!($crate::conformance_tests, (@each $open));
    };
    ((@each $open:path) $($area:ident { $($rule:ident,)+ })+) => {$(
        mod $area {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $rule() {
                    let (store, _guard) = $open().await;
                    $crate::conformance::rules::$area::$rule(store).await;
                }
            )+
        }
    )+};
}

macro_rules! public_rules {
    ($($area:ident { $($rule:ident,)+ })+) => {
        /// The rules, one by one.
        pub mod rules {
            $(pub mod $area {
                $(pub async fn $rule(store: std::sync::Arc<dyn $crate::Store>) {
                    $crate::conformance::$area::$rule(store).await;
                })+
            })+
        }

        /// All rules, each on a fresh store.
        pub async fn run_all<F, T>(open: impl Fn() -> F)
        where
            F: Future<Output = (Arc<dyn Store>, T)>,
        {
            $($({
                let (store, guard) = open().await;
                rules::$area::$rule(store).await;
                drop(guard);
            })+)+
        }
    };
}
for_each_conformance_rule!(public_rules);

/// Noon of 1 November 2026, UTC: when most rules happen.
const NOON: Timestamp = Timestamp::from_unix_ms(1_793_534_400_000);

/// Some minutes after noon.
fn noon_plus(minutes: u32) -> Timestamp {
    NOON.plus(Span::minutes(minutes))
}

/// The same bytes for the same number, to derive ids from.
fn nth(number: u32) -> [u8; 4] {
    number.to_be_bytes()
}

/// An id that is always the same for the same number.
macro_rules! id {
    ($kind:ident, $number:expr) => {
        domain::id::$kind::derived(&[&$crate::conformance::nth($number)])
    };
}
use id;

/// Reads a whole list, `size` items at a time, and checks that each page keeps its limit.
async fn read_all<T, F>(size: u32, list: impl Fn(PageRequest) -> F) -> Vec<T>
where
    F: Future<Output = Result<Page<T>, StoreError>>,
{
    const PAGES_MAX: usize = 1_000;
    let limit = Limit::new(size);
    let mut all = Vec::new();
    let mut after: Option<Cursor> = None;
    for _ in 0..PAGES_MAX {
        let page = list(PageRequest {
            after,
            ..PageRequest::first(limit)
        })
        .await
        .unwrap();
        assert!(page.items.len() <= limit.get(), "a page keeps its limit");
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
    unreachable!("a list ends")
}

/// Runs `tries` at the same time and gathers what each of them gave.
async fn together<F>(tries: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = tries.into_iter().map(tokio::spawn).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}
