// What to show of a section.
import { NUMBER, PASSAGE, PIECE, stem, words } from "./weights.js";

// For each idea, whether some words are among its own, and whether they are among the other words for it.
function marker(ideas) {
  return ideas.map(({ own, also, prefix }) => {
    const [its, other] = [own, also.flat()].map((all) => new Set(all.map(stem)));
    const start = prefix && own[own.length - 1].length > 2 ? own[own.length - 1] : null;
    return {
      own: (all) => all.some(([one, root]) => its.has(root) || (start && one.startsWith(start))),
      other: (all) => all.some(([, root]) => other.has(root)),
    };
  });
}

// Words as [words, whether to mark them]…; a number with its "million" is one of them.
const PARTS = new RegExp(`${NUMBER.source}|[\\p{L}\\p{N}'’-]+|[^\\p{L}\\p{N}'’-]`, "giu");

function taken(text, ideas) {
  const parts = [...text.matchAll(PARTS)].map((found) => found[0]);
  const read = parts.map((part) => words(part).map((word) => [word, stem(word)]));
  const is = marker(ideas).map((idea) => (read.some(idea.own) ? idea.own : idea.other));
  return { parts, found: read.map((all) => (all.length ? is.findIndex((one) => one(all)) : -1)) };
}

// A heading or a name with what was looked for marked in it.
export function marked(text, ideas) {
  const { parts, found } = taken(text, ideas);
  return parts.map((part, at) => [part, found[at] >= 0]);
}

// The numbers of the ideas that a text holds.
export function held(text, ideas) {
  return new Set(taken(text, ideas).found.filter((idea) => idea >= 0));
}

// The part of a text that holds most of what was looked for; and, where something is left that stands elsewhere in it,
// the words round that.
export function passage({ text }, ideas) {
  const { parts, found } = taken(text, ideas);
  const begins = (at) => at === 0 || /[.!?]/.test(parts[at - 2] || "") && parts[at - 1] === " ";
  const end = (from, most) => {
    let at = from;
    for (let length = 0; at < parts.length && length < most; at++) length += parts[at].length;
    return at;
  };
  const seen = (from, to) => new Set(found.slice(from, to).filter((idea) => idea >= 0));
  let from = 0;
  let best = -1;
  for (let start = 0; start < parts.length; start++) {
    if (!begins(start) && found[start] < 0) continue;
    const worth = seen(start, end(start, PASSAGE)).size + (start === 0 ? 0.6 : begins(start) ? 0.5 : 0);
    if (worth > best) { best = worth; from = start; }
  }
  const to = end(from, PASSAGE);
  const pieces = [[from, to]];
  const has = seen(from, to);
  found.forEach((idea, at) => {
    if (idea < 0 || has.has(idea)) return;
    let start = at;
    for (let length = 0; start > 0 && length < PIECE / 2 && !begins(start); start--) length += parts[start].length;
    if (parts[start] === " ") start++;
    pieces.push([start, end(start, PIECE * 1.5)]);
    has.add(idea);
  });
  pieces.sort((one, two) => one[0] - two[0]);
  const shown = [];
  let last = -1;
  for (const [start, stop] of pieces) {
    const first = Math.max(start, last);
    if (first >= stop) continue;
    if (first > Math.max(0, last)) shown.push([last < 0 ? (begins(first) ? "" : "… ") : " … ", false]);
    for (let at = first; at < stop; at++) shown.push([parts[at], found[at] >= 0]);
    last = stop;
  }
  return last < parts.length && last >= 0 ? [...shown, [" …", false]] : shown;
}
