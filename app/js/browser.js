// What islands ask of the browser.

// Resolves to whether the text is on the clipboard; some browsers have none on plain http.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Milliseconds since this document was asked for. Sleep counts.
export function elapsed() {
  return Date.now() - performance.timeOrigin;
}

// Keeps the region fresh: asks for the very page again and takes the same region out of it.
export function keepFresh(region, everyMs) {
  const status = region.parentElement.querySelector("[role=status]");
  const offline = region.parentElement.querySelector(".offline");
  let busy = false;

  async function look() {
    if (busy || document.hidden || !region.isConnected || isInUse(region)) return;
    busy = true;
    try {
      const answer = await fetch(location.href, {
        headers: { "x-seen-version": region.dataset.version },
      });
      offline.hidden = true;
      if (answer.status !== 200) return;
      const fresh = new DOMParser()
        .parseFromString(await answer.text(), "text/html")
        .getElementById(region.id);
      if (!fresh || fresh.dataset.version === region.dataset.version || isInUse(region)) return;
      swap(region, fresh);
      status.textContent = fresh.dataset.says;
    } catch {
      offline.hidden = false;
    } finally {
      busy = false;
    }
  }

  setInterval(look, everyMs);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
}

// Somebody writes in it: what they typed is worth more than news.
function isInUse(region) {
  const fields = [...region.querySelectorAll("input, select, textarea")];
  return fields.some(
    (field) =>
      field === document.activeElement ||
      (field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue),
  );
}

function swap(region, fresh) {
  const focused = region.contains(document.activeElement) && document.activeElement.id;
  const open = [...region.querySelectorAll("details[open][id]")].map((details) => details.id);
  region.replaceChildren(...document.adoptNode(fresh).childNodes);
  region.dataset.version = fresh.dataset.version;
  region.dataset.says = fresh.dataset.says;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  region.dispatchEvent(new Event("amn:swapped", { bubbles: true }));
  // A finger on its way to a button must not press the one that took its place.
  const settleMs = 500;
  const refuse = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  region.addEventListener("click", refuse, true);
  setTimeout(() => region.removeEventListener("click", refuse, true), settleMs);
}
