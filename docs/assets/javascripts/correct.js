/* Made of the parts in macros/publish/scripts/correct: change those, as this file is written again. */
const form = document.querySelector("[data-ce-correct]");
const byId = (id) => document.getElementById(`correct-${id}`);

function element(name, properties = {}, ...children) {
  const one = Object.assign(document.createElement(name), properties);
  one.append(...children);
  return one;
}

const empty = (value) => value === null || value === undefined || value === "" || value?.length === 0;

function shown(value, kind) {
  if (empty(value)) return "";
  if (value === true || value === false) return value ? "Yes" : "No";
  if (kind === "sources") return value.map(sectionTitle).join("\n");
  if (Array.isArray(value)) return value.join("\n");
  return kind === "text" ? String(value).replace(/\n+/g, "\n\n") : String(value);
}

const sections = new Map([...byId("sections").options].map((option) => [option.dataset.reference, option.textContent]));

function sectionTitle(reference) {
  const [, section, point] = reference.match(/^(.*?)(?:\((\d+)\))?$/);
  const title = sections.get(section);
  return title ? title + (point ? `, point ${point}` : "") : reference;
}

function itemName(item, number) {
  for (const name of ["name", "title", "standard", "topic", "funder"]) {
    if (typeof item?.[name] === "string") return item[name];
  }
  for (const name of ["what", "scope", "found"]) {
    if (typeof item?.[name] === "string") {
      const words = item[name].split(/\s+/).filter(Boolean);
      return words.slice(0, 6).join(" ").replace(/[.,;:]+$/, "") + (words.length > 6 ? "…" : "");
    }
  }
  return `number ${number + 1}`;
}

function itemNames(items) {
  const names = items.map(itemName);
  return names.map((name, number) => {
    const again = names.slice(0, number).filter((one) => one === name).length;
    return again ? `${name} (${again + 1})` : name;
  });
}

const NOT_GIVEN = "not given";
const changes = new Map(); // by place: what is sent, and how it reads

const keyOf = (path) => path.join("\u0000");

const tell = () => form.dispatchEvent(new Event("ce-changed"));

function keep(op, path, words, more, was, now, undo) {
  changes.set(keyOf(path), { sent: { op, path, ...more }, words: words.join(" › "), was, now, undo });
  tell();
}

function drop(path) {
  changes.delete(keyOf(path));
  tell();
}

function forget() {
  changes.clear();
  tell();
}

const sentences = (text) => text.match(/[^]*?[.!?]["”’)]*(?:\s+|$)|[^]+$/g) ?? [];

function differing(was, now) {
  const [before, after] = [sentences(was), sentences(now)];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  let end = 0;
  while (start < shorter && before[start].trim() === after[start].trim()) start += 1;
  while (end < shorter - start && before.at(-1 - end).trim() === after.at(-1 - end).trim()) end += 1;
  const cut = (parts) => parts.slice(start, parts.length - end).join("").trim();
  const unclear = () => !cut(before) || !cut(after) || was.split(cut(before)).length > 2;
  while (unclear() && (start || end)) {
    if (start) start -= 1;
    else end -= 1;
  }
  return [cut(before), cut(after)];
}

function said(one) {
  if (one.sent.op === "remove") return "take it out";
  const quoted = (text) => (text ? `“${text}”` : NOT_GIVEN);
  if (one.sent.op === "add") return `add ${quoted(one.now)}`;
  const [was, now] = differing(one.was, one.now);
  return `was ${quoted(was)}; now ${quoted(now)}`;
}

let made = 0;

function fill(root, value, path, words, onChange = null) {
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

function fromTemplate(model) {
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

const SINCE = { says: "says", title: "document", publisher: "publisher", published: "published", address: "link" };
const hasChanged = () => form.querySelector("[name=correct-kind]:checked").value === "since";

function evidence() {
  const given = Object.entries(SINCE).map(([name, id]) => [name, byId(id).value.trim()]);
  return Object.fromEntries(given.filter(([, value]) => value));
}

function askWhatIsNeeded() {
  const since = hasChanged();
  byId("since").hidden = !since;
  byId("section").hidden = since;
  byId("what").textContent = since ? "What is different now?" : "What is wrong?";
  byId("kind-hint").textContent = since
    ? "What was said before stays as it is. What you change here is shown beside it, with its own date and source."
    : "";
  for (const name of ["says", "document", "publisher", "published"]) byId(name).required = since;
  byId("source").required = !since;
}

let slug = "";
let title = "";

const place = () => `${form.dataset.downloads}${slug}${hasChanged() ? "" : `/${form.dataset.first}`}.json`;

async function load() {
  forget();
  for (const name of ["source", ...Object.values(SINCE)]) byId(name).value = "";
  byId("fields").replaceChildren();
  let record;
  try {
    const response = await fetch(place(), { cache: "no-cache" });
    record = await response.json();
  } catch {
    byId("loaded").textContent = "The profile could not be loaded. Please write to us instead.";
    byId("parts").hidden = byId("send").hidden = true;
    return;
  }
  title = record.name;
  byId("loaded").textContent = `The profile of ${title} is loaded.`;
  byId("parts").hidden = byId("send").hidden = false;
  byId("fields").append(fromTemplate("Trust"));
  fill(byId("fields").querySelector("[data-kind=basics]"), record, [], [title]);
  fill(byId("fields"), record, [], [title]);
}

async function choose() {
  const select = byId("trust");
  if (changes.size && !confirm("Your changes are not sent yet. Leave them?")) {
    select.value = slug;
    return;
  }
  slug = select.value;
  byId("parts").hidden = byId("send").hidden = !slug;
  byId("loaded").textContent = "";
  changes.clear();
  if (slug) await load();
}

async function chooseTime() {
  if (!form.dataset.later.split(" ").includes(slug)) return true;
  if (changes.size && !confirm("Your changes are not sent yet. Leave them?")) return false;
  await load();
  return true;
}

async function openAsked() {
  const asked = new URLSearchParams(location.search);
  if ([...byId("trust").options].some((option) => option.value && option.value === asked.get("trust"))) {
    byId("trust").value = asked.get("trust");
    await choose();
    const part = [...byId("fields").querySelectorAll(":scope > details")].find((one) => one.dataset.field === asked.get("part"));
    if (part) {
      part.open = true;
      part.querySelector("summary").focus();
      part.scrollIntoView();
    }
  }
}

const MAIL_LIMIT = 1800; // longer addresses are cut off by some mail programs

function payload() {
  const sent = [...changes.values()].map((one) => one.sent);
  const last = (one) => one.path.at(-1);
  const gone = sent.filter((one) => one.op === "remove").sort((one, other) => last(other) - last(one));
  const record = { record: `trusts/${slug}`, changes: [...sent.filter((one) => one.op !== "remove"), ...gone] };
  if (hasChanged()) return { ...record, source: byId("document").value.trim(), since: evidence() };
  return { ...record, source: byId("source").value.trim() };
}

function inWords() {
  const lines = [...changes.values()].map((one, number) => `${number + 1}. ${one.words}\n${said(one)}`);
  const { says, title, publisher, published, address: link } = evidence();
  const since = ["Things have changed since.", says, `Document: ${[title, publisher, published, link].filter(Boolean).join(", ")}`];
  const source = hasChanged() ? since.filter(Boolean).join("\n") : `Source: ${byId("source").value.trim() || "?"}`;
  const whole = (told) => {
    const rest = lines.length - told.length;
    const more = rest ? [`${told.length ? "More changes" : "The changes"} are in the attached file: ${rest}.`] : [];
    return [...told, ...more, source].join("\n\n");
  };
  const fits = (count) => encodeURIComponent(whole(lines.slice(0, count))).length <= MAIL_LIMIT;
  let count = lines.length;
  while (count && !fits(count)) count -= 1;
  return { body: whole(lines.slice(0, count)), left: lines.length - count };
}

function address() {
  const subject = encodeURIComponent(`${hasChanged() ? "New evidence" : "Correction"}: ${title}`);
  const { body, left } = inWords();
  form.querySelector("[data-ce-do=mail]").href = `mailto:${form.dataset.contact}?subject=${subject}&body=${encodeURIComponent(body)}`;
  const [only] = changes.values();
  const github = form.querySelector("[data-ce-do=github]");
  const one = changes.size === 1 && only.sent.op === "set" && !hasChanged();
  github.hidden = !(one && form.dataset.repository);
  if (!github.hidden) {
    const [was, now] = differing(only.was, only.now);
    const answers = { template: "correct-a-fact.yml", place: only.words, now: was || NOT_GIVEN, new: now, source: byId("source").value };
    github.href = `${form.dataset.repository}/issues/new?${new URLSearchParams(answers)}`;
  }
  const advice = [];
  if (left) advice.push(`An email has no room for ${left === changes.size ? "the changes" : "all of them"}: keep them as a file, and attach it.`);
  if (form.dataset.repository && hasChanged()) advice.push("GitHub’s form is for corrections: send new evidence by email or as a file.");
  else if (form.dataset.repository && !one) advice.push("GitHub’s form takes one changed field at a time.");
  byId("advice").textContent = advice.join(" ");
}

function list() {
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

function key() {
  const given = location.hash.match(/^#key=([\w-]+)$/);
  if (given) {
    sessionStorage.setItem("guide-key", given[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem("guide-key") ?? "";
}

function ready() {
  if (hasChanged()) {
    const missing = ["says", "document", "publisher", "published"].map(byId).find((one) => !one.value.trim());
    if (!missing) return true;
    answer(`First fill in: ${missing.labels[0].textContent}`);
    missing.focus();
    return false;
  }
  const source = byId("source");
  if (source.value.trim()) return true;
  answer("First say where the source says so.");
  source.focus();
  return false;
}

function answer(first, rest = [], link = null) {
  const lines = rest.map((line) => element("li", { textContent: line }));
  byId("answer").replaceChildren(element("p", { className: "ce-said", textContent: first }));
  if (lines.length) byId("answer").append(element("ul", {}, ...lines));
  if (link) byId("answer").append(element("p", {}, link));
}

async function save() {
  if (!ready()) return;
  answer("Checking…");
  let told;
  try {
    const response = await fetch("save", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Guide-Key": key() },
      body: JSON.stringify(payload()),
    });
    told = await response.json();
  } catch {
    answer("The program “guide edit” does not answer. Start it again, and save again: your changes are still here.");
    return;
  }
  if (told.reasons) {
    answer("Nothing was changed.", told.reasons);
    return;
  }
  const link = element("a", { href: `${form.dataset.profiles}${slug}/`, textContent: `See the profile of ${title}` });
  if (hasChanged()) form.dataset.later += ` ${slug}`;
  await load();
  answer("Saved. The checks pass. The page is being built again.", told.done, link);
  byId("answer").focus();
}

function keepAsFile() {
  if (!ready()) return;
  const link = element("a", {
    href: URL.createObjectURL(new Blob([JSON.stringify(payload(), null, 2)], { type: "application/json" })),
    download: `${slug}-${hasChanged() ? "new-evidence" : "correction"}.json`,
  });
  link.click();
  URL.revokeObjectURL(link.href);
  answer("Kept as a file. Attach it to an email, or run “guide apply” with it.");
}

form.addEventListener("ce-changed", list);
byId("trust").addEventListener("change", choose);
for (const name of ["source", ...Object.values(SINCE)]) byId(name).addEventListener("input", address);
byId("kind").addEventListener("change", async ({ target }) => {
  if (!(await chooseTime())) form.querySelector(`[name=correct-kind]:not([value=${target.value}])`).checked = true;
  askWhatIsNeeded();
  address();
});
form.querySelector("[data-ce-do=save]").addEventListener("click", save);
form.querySelector("[data-ce-do=file]").addEventListener("click", keepAsFile);
for (const way of ["mail", "github"]) {
  form.querySelector(`[data-ce-do=${way}]`).addEventListener("click", (event) => { if (!ready()) event.preventDefault(); });
}
addEventListener("beforeunload", (event) => { if (changes.size) event.preventDefault(); });
form.addEventListener("submit", (event) => event.preventDefault());
byId("changes").tabIndex = -1;
if (form.dataset.ceSave !== "") { // served by `guide edit`
  key();
  addEventListener("hashchange", key);
  form.querySelector("[data-ce-do=save]").hidden = false;
  form.querySelector("[data-ce-do=mail]").classList.add("ce-button--quiet");
}
document.querySelector("[data-ce-unready]").hidden = true;
form.hidden = false;

openAsked();
