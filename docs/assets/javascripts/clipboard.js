// Copying words, with something to fall back on where a page may not copy.
const WHAT_TO_PRESS = /mac|iphone|ipad/i.test(navigator.platform) ? "⌘ and C" : "Ctrl and C";

/** Copy `words`; where that is refused, select the element that shows them. Return what to tell the reader. */
export async function copy(words, shown) {
  try {
    await navigator.clipboard.writeText(words);
    return "Copied";
  } catch { // not allowed, or not a secure address
    shown.hidden = false;
    getSelection().selectAllChildren(shown);
    return `Selected: press ${WHAT_TO_PRESS} to copy`;
  }
}

/** Put `words` into a live region, so that they are read out even when they stood there before. */
export function tell(status, words) {
  status.textContent = "";
  setTimeout(() => { status.textContent = words; }, 50);
}
