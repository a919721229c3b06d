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
