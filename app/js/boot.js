// Starts the islands of a page. Pages without an island do not load this.
import start, * as islands from "./app.js";

// Islands inside the children of an island wait for it: the innermost such island is on top.
const waiting = [];

async function wake(node) {
  const tag = node.localName;
  if (tag === "leptos-children") {
    waiting.push(node.$$on_hydrate);
    for (const child of node.children) await wake(child);
    waiting.pop();
    return;
  }
  if (tag === "leptos-island") {
    waiting.at(-1)?.();
    await islands[node.dataset.component]?.(node);
  }
  for (const child of node.children) await wake(child);
}

await start({ module_or_path: document.getElementById("wasm").href });
islands.hydrate();
// For markup that an island fetched later.
document.addEventListener("amn:swapped", (event) => wake(event.target));
await wake(document.body);
document.documentElement.dataset.live = "";
