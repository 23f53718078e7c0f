// The fields of a profile, drawn from the templates of the page, with buttons that add and take out items.
import { element } from "./page.js";
import { itemName, itemNames, shown } from "./values.js";
import { drop, keep } from "./changes.js";

let made = 0;

/** Give the fields straight below `root` their values; `onChange` is told of each change of a control. */
export function fill(root, value, path, words, onChange = null) {
  for (const field of root.querySelectorAll(":scope > [data-field]")) {
    const { field: name, kind, label } = field.dataset;
    const here = [...path, name];
    const place = [...words, label];
    if (kind === "object" || kind === "items") {
      if (onChange) field.remove(); // a new item begins with what is its own
      else lazily(field, () => (kind === "object" ? drawObject : drawItems)(field, value?.[name], here, place));
      continue;
    }
    const control = field.querySelector("input, select, textarea");
    const before = shown(value?.[name], kind);
    const hint = field.querySelector("p.ce-field__hint");
    made += 1;
    control.id = `correct-${made}`;
    hint.id = `${control.id}-hint`;
    field.querySelector("label").htmlFor = control.id;
    control.setAttribute("aria-describedby", hint.id);
    control.value = before;
    if (kind === "text") control.rows = Math.min(14, Math.max(2, Math.ceil(before.length / 75)));
    if (Array.isArray(value?.[name])) control.rows = Math.max(1, value[name].length);
    control.addEventListener("input", () => {
      const now = control.value;
      field.classList.toggle("ce-correct__changed", now !== before);
      if (onChange) onChange(name, now);
      else if (now === before) drop(here);
      else keep("set", here, place, { value: now, was: value?.[name] ?? null }, before, now, () => {
        control.value = before;
        field.classList.remove("ce-correct__changed");
      });
    });
  }
}

function lazily(details, draw) {
  if (details.open) draw();
  else details.addEventListener("toggle", draw, { once: true });
}

export function fromTemplate(model) {
  return document.querySelector(`template[data-model="${model}"]`).content.cloneNode(true);
}

function drawObject(details, value, path, words) {
  const body = element("div", { className: "ce-correct__body" });
  body.append(fromTemplate(details.dataset.model));
  details.append(body);
  fill(body, value, path, words);
}

function drawItems(details, items, path, words) {
  const body = element("div", { className: "ce-correct__body" });
  const names = itemNames(items ?? []);
  details.append(body);
  for (const [number, item] of (items ?? []).entries()) {
    const one = element("details", { className: "ce-correct__item" }, element("summary", { textContent: names[number] }));
    const here = [...path, number];
    const place = [...words, names[number]];
    body.append(one);
    lazily(one, () => {
      const inner = element("div", { className: "ce-correct__body" });
      inner.append(fromTemplate(details.dataset.model));
      one.append(inner, element("p", {}, remover(one, item, here, place)));
      fill(inner, item, here, place);
    });
  }
  if (!names.length) body.append(element("p", { className: "ce-unknown", textContent: "Nothing is listed." }));
  const add = element("button", { type: "button", className: "ce-button ce-button--quiet", textContent: "Add one" });
  add.append(element("span", { className: "ce-hidden", textContent: ` to ${words.at(-1)}` }));
  body.append(element("p", {}, add));
  add.addEventListener("click", () => addItem(add.parentElement, details.dataset.model, path, words));
}

function remover(details, item, path, words) {
  const button = element("button", { type: "button", className: "ce-button ce-button--quiet" });
  const name = element("span", { className: "ce-hidden", textContent: `: ${words.at(-1)}` });
  const was = Object.fromEntries(Object.entries(item).filter(([, value]) => typeof value === "string"));
  const set = (out) => {
    button.replaceChildren(out ? "Leave this in" : "Take this out", name);
    button.setAttribute("aria-pressed", String(out));
    details.classList.toggle("ce-correct__out", out);
  };
  set(false);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") {
      drop(path);
      set(false);
      return;
    }
    keep("remove", path, words, { was }, words.at(-1), "taken out", () => set(false));
    set(true);
  });
  return button;
}

function addItem(before, model, path, words) {
  made += 1;
  const key = [...path, `new-${made}`];
  const value = {};
  const box = element("fieldset", { className: "ce-correct__new" }, element("legend", { textContent: `New: ${words.at(-1)}` }));
  const body = element("div", { className: "ce-correct__body" });
  const undo = () => { box.remove(); before.querySelector("button").focus(); };
  body.append(fromTemplate(model));
  box.append(body);
  before.before(box);
  fill(body, {}, path, words, (name, now) => {
    if (now === "") delete value[name];
    else value[name] = now;
    keep("add", key, words, { path, value }, "", itemName(value, 0), undo);
  });
  keep("add", key, words, { path, value }, "", "a new one", undo);
  box.querySelector("input, select, textarea").focus();
}
