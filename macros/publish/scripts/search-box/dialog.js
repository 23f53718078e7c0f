// The box in a dialog, on every other page.
import { styles } from "./needs.js";
import { make } from "./elements.js";
import { before, keep, lasting, samePage } from "./address.js";
import { fill } from "./box.js";
import { onPage } from "./page.js";

let dialog;
let box;

export function open() {
  if (onPage) { onPage.input.focus(); return; }
  if (!dialog) {
    const close = make("button", { type: "button", class: "ce-search__close" }, "Close");
    dialog = make("dialog", { class: "ce-search", "aria-label": "Search this guide" });
    close.addEventListener("click", () => dialog.close());
    box = fill(dialog, "ce-search", () => {}, close);
    box.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!box.state.query) return;
      keep(box.kept(null));
      location.href = lasting(box.state);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) { dialog.close(); return; }
      const followed = event.target.closest("a");
      if (!followed) return;
      if (samePage(followed)) dialog.close();
      else keep(box.kept(followed)); // “Back” comes back to this
    });
    dialog.addEventListener("close", () => { if (before()) keep(null); });
    document.body.append(dialog);
    if (!before()) box.search();
  }
  const then = before();
  styles.then(() => {
    if (!dialog.open) dialog.showModal();
    box.input.focus();
    if (then) box.restore(then);
    else box.input.select();
  });
}
