// Opens the box: on the search page by itself, elsewhere when it is asked to.
import { at } from "./needs.js";
import { lookUp } from "./early.js";
import { page } from "./page.js";
import { open } from "./dialog.js";

window.ceSearchBox = { open, page };
// On the search page this script comes early, and does not wait for the others.
if (at) {
  lookUp();
  const begin = () => {
    const root = document.querySelector(at);
    if (root) page(root);
    return root;
  };
  if (!begin()) new MutationObserver((_, seen) => { if (begin()) seen.disconnect(); }).observe(document, { childList: true, subtree: true });
}
