// What was changed. The form is told of each change by the event `ce-changed`.
import { form } from "./page.js";

export const NOT_GIVEN = "not given";
export const changes = new Map(); // by place: what is sent, and how it reads

const keyOf = (path) => path.join("\u0000");

const tell = () => form.dispatchEvent(new Event("ce-changed"));

export function keep(op, path, words, more, was, now, undo) {
  changes.set(keyOf(path), { sent: { op, path, ...more }, words: words.join(" › "), was, now, undo });
  tell();
}

export function drop(path) {
  changes.delete(keyOf(path));
  tell();
}

export function forget() {
  changes.clear();
  tell();
}

/** The sentences of a text, each with what follows it. */
const sentences = (text) => text.match(/[^]*?[.!?]["”’)]*(?:\s+|$)|[^]+$/g) ?? [];

/** What differs between two texts, in whole sentences: before, and now. What is new has a sentence beside it. */
export function differing(was, now) {
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

export function said(one) {
  if (one.sent.op === "remove") return "take it out";
  const quoted = (text) => (text ? `“${text}”` : NOT_GIVEN);
  if (one.sent.op === "add") return `add ${quoted(one.now)}`;
  const [was, now] = differing(one.was, one.now);
  return `was ${quoted(was)}; now ${quoted(now)}`;
}
