//! How something went, day by day, in the height of a line of text.

use leptos::prelude::*;

/// One bar is so wide, with the gap beside it.
const STEP: usize = 10;
const BAR: usize = 7;
const HEIGHT: u64 = 32;
/// A day without any still shows that there was a day.
const LEAST: u64 = 2;

/// A bar for each count, the latest at the end. `label` says the same in words.
#[component]
pub fn Sparkline(counts: Vec<u64>, #[prop(into)] label: String) -> impl IntoView {
    let width = counts.len() * STEP;
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let last = counts.len().saturating_sub(1);
    let bars: Vec<_> = counts
        .into_iter()
        .enumerate()
        .map(|(place, count)| {
            let height = height(count, most);
            let class = if place == last { "bar last" } else { "bar" };
            view! {
                <rect
                    class=class
                    x=place * STEP
                    y=HEIGHT - height
                    width=BAR
                    height=height
                    rx="1"
                ></rect>
            }
        })
        .collect();
    view! {
        <svg
            class="sparkline"
            viewBox=format!("0 0 {width} {HEIGHT}")
            preserveAspectRatio="xMinYMid meet"
            role="img"
            aria-label=label
            focusable="false"
        >
            {bars}
        </svg>
    }
}

/// The height of a bar among those of which the highest stands for `most`.
fn height(count: u64, most: u64) -> u64 {
    let room = HEIGHT - LEAST;
    LEAST + count.saturating_mul(room) / most.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_fills_the_height_and_none_is_invisible() {
        assert_eq!(height(0, 7), LEAST);
        assert_eq!(height(7, 7), HEIGHT);
        assert!(height(1, 1_000_000) >= LEAST);
        assert!(height(u64::MAX, u64::MAX) <= HEIGHT);
    }
}
