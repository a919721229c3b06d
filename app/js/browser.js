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

// Distances in time ("in 48 minutes") are right for so long.
const TIMES_HOLD_MS = 60_000;

// Keeps the region fresh: asks for the very page again and takes the same region out of it. While
// nobody sees the page it is not asked for.
export function keepFresh(region, everyMs) {
  const [status, offline, changed] = ["[role=status]", ".offline", ".changed"].map((part) =>
    region.parentElement.querySelector(part),
  );
  let busy = false;
  let freshAt = Date.now();

  async function look() {
    if (busy || document.hidden || !region.isConnected) return;
    busy = true;
    try {
      await ask();
    } catch {
      offline.hidden = false;
    } finally {
      busy = false;
    }
  }

  async function ask() {
    const seen = Date.now() - freshAt < TIMES_HOLD_MS ? region.dataset.version : "";
    const answer = await fetch(location.href, { headers: { "x-seen-version": seen } });
    offline.hidden = answer.status < 500;
    if (!offline.hidden) return;
    const words = answer.headers.get("x-offline-words");
    if (words) offline.textContent = decodeURIComponent(words);
    if (answer.status === 204) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.getElementById(region.id);
    const isNews = !fresh || fresh.dataset.version !== region.dataset.version;
    freshAt = Date.now();
    if (isInUse(region)) {
      if (isNews && changed.hidden) status.textContent = changed.textContent;
      changed.hidden = !isNews;
      return;
    }
    // Signed out, or no longer theirs: the page itself says so.
    if (!fresh) return location.reload();
    changed.hidden = true;
    if (!isNews && wordsOf(fresh) === wordsOf(region)) return tellTimes(region, fresh);
    document.title = page.title;
    swap(region, fresh);
    if (isNews) status.textContent = region.dataset.says;
  }

  setInterval(look, everyMs);
  document.addEventListener("visibilitychange", look);
  // A page that comes back from where the browser kept it; one that has just come is fresh.
  addEventListener("pageshow", (event) => event.persisted && look());
  addEventListener("online", look);
}

// Somebody writes or selects in it: that is worth more than news.
function isInUse(region) {
  const selection = getSelection();
  if (!selection.isCollapsed && region.contains(selection.anchorNode)) return true;
  const fields = [...region.querySelectorAll("input, select, textarea")];
  return fields.some(
    (field) =>
      field === document.activeElement ||
      field.checked !== field.defaultChecked ||
      (field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue),
  );
}

// All that a region says, but for what goes on by itself.
function wordsOf(region) {
  const copy = region.cloneNode(true);
  for (const part of copy.querySelectorAll("time, leptos-island")) part.remove();
  return copy.textContent;
}

// The same page a minute later: nothing moves but the distances in time.
function tellTimes(region, fresh) {
  const times = [region, fresh].map((part) => [...part.querySelectorAll("time")]);
  times[0].forEach((time, index) => {
    time.textContent = times[1][index].textContent;
  });
}

function swap(region, fresh) {
  const focused = region.contains(document.activeElement) && nameOf(document.activeElement);
  const open = [...region.querySelectorAll("details[open][id]")].map((details) => details.id);
  region.replaceChildren(...document.adoptNode(fresh).childNodes);
  region.dataset.version = fresh.dataset.version;
  region.dataset.says = fresh.dataset.says;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) focusAgain(region, focused);
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

// Focus stays where it was; where that is gone, it stays in the region.
function focusAgain(region, name) {
  const focus = () => (region.querySelector(name) ?? region).focus({ preventScroll: true });
  region.tabIndex = -1;
  focus();
  // What an island shows is there only once it is awake.
  requestAnimationFrame(() => document.activeElement === document.body && focus());
}

// How to find an element again in the markup that takes its place.
function nameOf(element) {
  if (element.localName === "summary") return `${nameOf(element.parentElement)} > summary`;
  const known = ["id", "href", "name", "value"].filter((name) => element.hasAttribute(name));
  const own = known.map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`).join("");
  const action = element.form?.getAttribute("action");
  return own || (action ? `form[action="${CSS.escape(action)}"] button` : ":not(*)");
}

// Shows what is typed into a field for a secret, or hides it. The focus stays where it is.
export function reveal(id, shown) {
  document.getElementById(id).type = shown ? "text" : "password";
}

// Browsers remember what is sent in plain, so a secret that is shown is hidden first.
export function hideBeforeSending(button) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  input.form.addEventListener("submit", () => input.type === "text" && button.click());
}

// Sends the form around `part` in a way that tells how far it has come.
export function showUpload(part) {
  const form = part.closest("form");
  const bar = part.querySelector("progress");
  const [status, share] = part.querySelectorAll("span, bdi");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!part.hidden) return;
    part.hidden = false;
    status.textContent = bar.dataset.label;
    const sending = new XMLHttpRequest();
    sending.upload.onprogress = ({ loaded, total }) => {
      bar.value = loaded / total;
      share.textContent = `${Math.floor(bar.value * 100)}%`;
    };
    // Without an answer that has the form again the browser tries in its own way, and says what
    // is wrong: its way back keeps what was typed.
    sending.onload = () => show(sending) || form.submit();
    sending.onerror = () => form.submit();
    sending.responseType = "document";
    sending.open("POST", form.action);
    sending.send(new FormData(form, event.submitter));
  });
}

// The answer to a form: another page, or this one again with what was wrong. Says whether it was
// one of these.
function show(sent) {
  const here = location.pathname + location.search;
  if (sent.status === 200 && !sent.responseURL.endsWith(here)) {
    location.assign(sent.responseURL);
    return true;
  }
  const main = sent.response?.getElementById("main");
  if (!main?.querySelector("form[enctype]")) return false;
  document.getElementById("main").replaceWith(document.adoptNode(main));
  document.title = sent.response.title;
  scrollTo(0, 0);
  (main.querySelector("#errors") ?? main).focus();
  main.dispatchEvent(new Event("amn:swapped", { bubbles: true }));
  return true;
}
