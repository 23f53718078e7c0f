// The list of changes, each of which can be undone.
import { byId, element } from "./page.js";
import { changes, drop, said } from "./changes.js";
import { address } from "./message.js";

export function list() {
  const items = [...changes.values()].map((one) => {
    const undo = element("button", { type: "button", className: "ce-button ce-button--quiet", textContent: "Undo" });
    undo.append(element("span", { className: "ce-hidden", textContent: `: ${one.words}` }));
    undo.addEventListener("click", () => {
      drop(one.sent.op === "add" ? [...one.sent.path, "new"] : one.sent.path);
      for (const [key, other] of changes) if (other === one) changes.delete(key);
      one.undo();
      list();
      byId("changes").focus();
    });
    const place = element("strong", { textContent: one.words });
    return element("li", {}, element("p", {}, place, element("br"), said(one)), element("p", {}, undo));
  });
  byId("list").replaceChildren(...items);
  byId("none").hidden = items.length > 0;
  byId("ways").hidden = items.length === 0;
  byId("answer").replaceChildren();
  address();
}
