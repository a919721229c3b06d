//! The last ten minutes of a deadline, second by second, beside the date that the server wrote.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;

/// Before that, a date is enough: ticking seconds only make people nervous.
const SHOWN_S: i64 = 600;
const SECOND: Duration = Duration::from_secs(1);

/// Counts from the server's time, so a wrong clock at home does not matter. `zero` is the digit 0
/// of the page's language; `says` are sentences for those who listen, each with the seconds left
/// at which it is said.
#[island]
pub fn Countdown(
    due_unix_ms: i64,
    now_unix_ms: i64,
    zero: char,
    says: Vec<(i64, String)>,
) -> impl IntoView {
    let left_s = RwSignal::new(None::<i64>);
    // Effects run in the browser only, so both first renders agree.
    Effect::new(move |_| {
        let tick = move || left_s.set(Some(seconds_left(due_unix_ms - now_unix_ms)));
        tick();
        if let Ok(timer) = set_interval_with_handle(tick, SECOND) {
            on_cleanup(move || timer.clear());
        }
    });
    let shown = move || left_s.get().filter(|left| *left <= SHOWN_S);
    let said = move || {
        let left = shown()?;
        let due = says.iter().filter(|(at, _)| left <= *at);
        due.min_by_key(|(at, _)| *at).map(|(_, text)| text.clone())
    };
    view! {
        <span class="countdown">
            <span role="timer" aria-live="off" dir="ltr">
                {move || shown().map(|left| clock_text(left, zero))}
            </span>
            <span class="visually-hidden" role="status">{said}</span>
        </span>
    }
}

/// What is left of `span_ms`, counted from when the page was asked for: never too much.
fn seconds_left(span_ms: i64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of a visit are far below 2^53"
    )]
    let elapsed_ms = browser::elapsed() as i64;
    (span_ms - elapsed_ms).max(0) / 1_000
}

/// `9:07`, in the digits that begin with `zero`.
fn clock_text(left_s: i64, zero: char) -> String {
    format!("{}:{:02}", left_s / 60, left_s % 60)
        .chars()
        .map(|char| match char.to_digit(10) {
            Some(digit) => char::from_u32(u32::from(zero) + digit).unwrap_or(char),
            None => char,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_seconds_are_written_in_the_digits_of_the_page() {
        assert_eq!(clock_text(547, '0'), "9:07");
        assert_eq!(clock_text(0, '0'), "0:00");
        assert_eq!(clock_text(600, '۰'), "۱۰:۰۰");
    }
}
