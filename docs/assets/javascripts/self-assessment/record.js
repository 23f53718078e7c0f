// A set of answers as a file holds it: how it is written, and what may be wrong with one that is opened.
//
// { format, version, standards: [ids the guide had], size: "core"|"all", side, who,
//   answers: { id: { answer, note } } }

const FORMAT = "clear-expectations/self-assessment";
const VERSION = 1;
export const LARGEST = 1_000_000; // bytes; thirty long notes are a tenth of that

/** Says to the reader, in words, why a file cannot be used. */
export class Unusable extends Error {}

const DAMAGED = "This file is damaged: ";

/** Write answers as text. `ids` are the standards whose answers go in; `form` knows all that the guide has. */
export function write({ size, side, who, answers }, ids, form) {
  const given = ids.filter((id) => answers.has(id)).map((id) => [id, answers.get(id)]);
  const record = {
    format: FORMAT, version: VERSION, standards: form.ids, size, side, who, answers: Object.fromEntries(given),
  };
  return JSON.stringify(record, null, 1) + "\n";
}

/**
 * Read text back. Returns the answers, with lists of standards that only the file or only the guide has.
 * Throws Unusable. Nothing in the text is trusted: only known ids and answers come out, and notes are text.
 */
export function read(text, form) {
  const record = parse(text);
  const { side, size, who = "" } = record;
  if (!form.sides.includes(side)) throw new Unusable(`${DAMAGED}it does not say which side gave the answers.`);
  if (!form.sizes.includes(size)) throw new Unusable(`${DAMAGED}it does not say how many standards it is about.`);
  if (typeof who !== "string") throw new Unusable(`${DAMAGED}the name in it is not text.`);
  if (!isList(record.standards)) throw new Unusable(`${DAMAGED}it does not list the standards.`);
  if (!isObject(record.answers)) throw new Unusable(`${DAMAGED}it holds no list of answers.`);

  const answers = new Map();
  for (const id of form.ids) {
    if (Object.hasOwn(record.answers, id)) answers.set(id, answer(record.answers[id], id, form));
  }
  const inFile = [...record.standards, ...Object.keys(record.answers)];
  const unknown = [...new Set(inFile)].filter((id) => !form.ids.includes(id));
  const missing = form.ids.filter((id) => !record.standards.includes(id));
  return { size, side, who: who.slice(0, 200), answers, unknown, missing };
}

function parse(text) {
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    throw new Unusable("This file cannot be read. It is damaged, or it was not saved on this page. " +
      "Files of answers end in .json. A CSV cannot be opened again.");
  }
  if (!isObject(record) || record.format !== FORMAT) {
    throw new Unusable("This file does not hold answers that were saved on this page.");
  }
  if (!Number.isInteger(record.version) || record.version < 1) {
    throw new Unusable(`${DAMAGED}its version is not a number that this page knows.`);
  }
  if (record.version > VERSION) {
    throw new Unusable("This file was saved by a newer form of this page. Load this page again, then open the file.");
  }
  return record;
}

function answer(entry, id, form) {
  const fault = new Unusable(`${DAMAGED}its answer to ${id.toUpperCase()} is not one of those on this page.`);
  if (!isObject(entry)) throw fault;
  const { answer: chosen = "", note = "" } = entry;
  if (typeof note !== "string" || (chosen !== "" && !form.choices.has(chosen))) throw fault;
  return { answer: chosen, note };
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");

/** Say in a sentence or two how a file and the guide differ; nothing when they do not. */
export function differences({ unknown, missing }) {
  return [
    unknown.length ? `Not in this guide, so left out: ${named(unknown)}.` : "",
    missing.length ? `In this guide, but not yet when the file was saved: ${named(missing)}.` : "",
  ].filter(Boolean).join(" ");
}

// Names from a file may be anything: a few, cut short.
function named(ids) {
  const names = ids.slice(0, 10).map((id) => id.slice(0, 20).toUpperCase());
  return names.join(", ") + (ids.length > names.length ? ` and ${ids.length - names.length} more` : "");
}
