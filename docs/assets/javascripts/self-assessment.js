// The self-assessment: keeps the answers in this browser, saves and opens files, and compares two sides.
// Nothing is sent anywhere. Without this script the page is a form for paper.
import { actionsCsv, actionsTable, open as openStandards } from "./self-assessment/actions.js";
import { csv } from "./self-assessment/csv.js";
import { Form } from "./self-assessment/form.js";
import { compare, sentence, table } from "./self-assessment/joint.js";
import { Keep } from "./self-assessment/keep.js";
import { LARGEST, Unusable, differences, read, write } from "./self-assessment/record.js";

const $ = (id) => document.getElementById(id);
const all = (mark) => document.querySelectorAll(mark);

const form = new Form(document.querySelector("[data-ce-assess]"));
// Several guides may share one host name: the answers belong to the page's own folder.
const keep = new Keep(`${new URL(".", location.href).pathname}.self-assessment`);
const SIDES = { commissioner: "commissioner", vcs: "voluntary or community organisation" };
let other = null; // the other side's answers, while their file is open
let unsaved = false;

// ------------------------------------------------------------ Keeping

function store() {
  const answers = form.get();
  unsaved = !keep.write(write(answers, form.ids, form)) && answers.answers.size > 0;
  sayWhereKept();
}

function sayWhereKept() {
  for (const part of all("[data-ce-kept]")) part.hidden = !keep.works;
  for (const part of all("[data-ce-lost]")) part.hidden = keep.works;
}

/** Show what was kept. Returns what has to be said about it. */
function restore() {
  const text = keep.read();
  if (text === null) {
    form.show(); // with what may have been typed before this script ran
    return "";
  }
  try {
    const kept = read(text, form);
    form.set(kept);
    return differences(kept);
  } catch (reason) {
    if (!(reason instanceof Unusable)) throw reason;
    form.clear();
    return "The answers kept in this browser could not be read.";
  }
}

form.element.addEventListener("input", () => {
  form.show();
  store();
  if (other) drawJoint();
});
form.element.addEventListener("submit", (event) => event.preventDefault());
keep.onOtherTab(() => {
  if (keep.read() === null) form.clear();
  else restore();
  if (other) drawJoint();
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault(); // the browser asks
});

// ------------------------------------------------------------ Files

const shownIds = () => form.shown.map((one) => one.id);

/** A name for a file: what it is, who answered, and for which side. */
function fileName(ending, what) {
  const who = form.who.normalize("NFKD").replace(/[^A-Za-z0-9 -]/g, "").trim().replace(/[ -]+/g, "-").slice(0, 40);
  return [what, form.side, who.toLowerCase()].filter(Boolean).join("-") + ending;
}

function download(text, type, ending, what = "self-assessment") {
  const link = document.createElement("a");
  const name = fileName(ending, what);
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return name;
}

/** Open the file that was chosen in `field`, hand it to `use`, and say what came of it. */
async function open(field, status, use) {
  const [file] = field.files;
  if (!file) return;
  let told;
  try {
    if (file.size > LARGEST) throw new Unusable("This file is too large to be a file of answers.");
    told = use(read(await file.text(), form), file.name);
    field.removeAttribute("aria-invalid");
  } catch (reason) {
    if (!(reason instanceof Unusable || reason instanceof DOMException)) throw reason;
    const why = reason instanceof Unusable ? reason.message : "The file could not be read from your device.";
    told = `${file.name} was not opened. ${why}`;
    field.setAttribute("aria-invalid", "true");
  }
  field.value = ""; // so that the same file can be chosen again
  say(status, ...[told].flat());
}

/** Say `words` beside a control; `heard` is for screen readers only, because the page shows it elsewhere. */
function say(status, words, heard = "") {
  const hidden = document.createElement("span");
  hidden.className = "ce-hidden";
  hidden.append(` ${heard}`);
  status.replaceChildren();
  // A moment later, so that the same words are read out a second time too.
  setTimeout(() => status.replaceChildren(words, ...(heard ? [hidden] : [])), 50);
}

$("assess-open").addEventListener("change", (event) => open(event.target, $("assess-open-status"), (answers, name) => {
  const ask = "Replace every answer and note on this page, hidden ones too, by those in the file?";
  if (form.get().answers.size && !confirm(ask)) return "Nothing was changed.";
  form.set(answers);
  store();
  if (other) drawJoint();
  return `${name} is open: ${counted(answers.answers)} in it. ${differences(answers)}`;
}));

function counted(answers) {
  const count = [...answers.values()].filter((one) => one.answer).length;
  return count === 1 ? "1 answer" : `${count} answers`;
}

// ------------------------------------------------------------ Joint view

$("joint-open").addEventListener("change", (event) => open(event.target, $("joint-status"), (answers, name) => {
  other = answers;
  const counts = drawJoint();
  const same = answers.side === form.side ? `Both sets of answers are from a ${SIDES[form.side]}. ` : "";
  return [`${name} is open. ${same}${differences(answers)}`.trim(), counts];
}));

function drawJoint() {
  const groups = compare(form.shown, form.get().answers, other.answers);
  const counts = sentence(groups);
  const lines = [paragraph("ce-joint__counts", counts)];
  if (groups.differ.length + groups.agree.length + groups.open.length) {
    lines.push(table(groups, { ours: named(form), theirs: named(other) }, form.choices));
  }
  if (groups.blank.length) lines.push(paragraph("ce-note", `Not listed, with nothing from either side: ${groups.blank.length}.`));
  $("joint-result").replaceChildren(...lines);
  showJoint(true);
  return counts;
}

function paragraph(kind, words) {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = words;
  return line;
}

const named = ({ who, side }) => (who.trim() ? `${who.trim()}, ${SIDES[side]}` : SIDES[side]);

function showJoint(on) {
  $("assess-joint").toggleAttribute("data-ce-has-result", on);
  for (const part of all("[data-ce-compared]")) part.hidden = !on;
}

function closeJoint() {
  other = null;
  $("joint-result").replaceChildren();
  showJoint(false);
}

// ------------------------------------------------------------ List of actions

const toDo = () => openStandards(form.shown, form.get().answers);

form.element.addEventListener("ce-shown", () => {
  const found = toDo();
  $("actions-list").replaceChildren(...(found.length ? [actionsTable(found)] : []));
  for (const part of all("[data-ce-do=actions]")) part.disabled = !found.length;
});

// ------------------------------------------------------------ Buttons

/** Print one part of the page: the style sheet leaves the other out. */
function print(part) {
  document.documentElement.dataset.cePrinting = part;
  addEventListener("afterprint", () => delete document.documentElement.dataset.cePrinting, { once: true });
  window.print();
}

const DO = {
  save() {
    const name = download(write(form.get(), shownIds(), form), "application/json", ".json");
    unsaved = false;
    return `Saved as ${name}, with your downloads.`;
  },
  csv() {
    const name = download(csv(form.shown, form.get().answers, form.choices), "text/csv;charset=utf-8", ".csv");
    return `Saved as ${name}, with your downloads.`;
  },
  actions() {
    const name = download(actionsCsv(toDo()), "text/csv;charset=utf-8", ".csv", "actions");
    say($("actions-status"), `Saved as ${name}, with your downloads.`);
  },
  print() {
    print("form");
    return "";
  },
  clear() {
    if (!confirm("Clear every answer and note, hidden ones too? They cannot be brought back.")) return "Nothing was cleared.";
    keep.clear();
    form.clear();
    closeJoint();
    unsaved = false;
    say($("joint-status"), "");
    return "Everything is cleared. Nothing is kept in this browser.";
  },
  "print-joint"() {
    print("joint");
  },
  "close-joint"() {
    closeJoint();
    say($("joint-status"), "Their answers are off this page.");
    $("joint-open").focus(); // the button is gone
  },
};
for (const button of all("[data-ce-do]")) {
  button.addEventListener("click", () => {
    const told = DO[button.dataset.ceDo]();
    if (told !== undefined) say($("assess-status"), told);
  });
}

/** A link that says “quick” leads here with #quick: the core standards are chosen. Answers to the others are kept. */
function quick() {
  if (location.hash !== "#quick") return;
  form.fields.size.value = "core";
  form.show();
  $("quick").scrollIntoView();
}

// ------------------------------------------------------------ Begin: now everything works, show it

const early = form.get().answers; // given while this script was on its way
const told = restore();
if (early.size) {
  const now = form.get();
  form.set({ ...now, answers: new Map([...now.answers, ...early]) });
  store();
}
sayWhereKept();
for (const part of all("[data-ce-unready]")) part.hidden = true;
for (const part of all("[data-ce-ready]")) part.hidden = false;
quick();
addEventListener("hashchange", quick);
if (told) say($("assess-open-status"), told);
