// The index: which sections hold a word or bear a name. Its parts are fetched when they are asked for.
import { numerals, stem, words } from "./weights.js";

export function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

// The last of some sorted beginnings that is not behind a word.
export function holder(begins, word) {
  let low = 0;
  let high = begins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins[middle] <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}

// `load(name)` gives a promise of a part of the index; `data` is the part that all begins with.
export function openIndex(load, data) {
  const ignored = new Set(data.ignored.flatMap(words));
  const deeds = data.deeds.map((one) => words(one).join(" "));
  const others = new Map(); // what is typed → other words for it
  let longest = 1;
  for (const [typed, means] of data.typed) {
    for (const form of typed) {
      const from = words(form);
      for (const one of means.length ? means : typed) if (one !== form) push(others, from.join(" "), words(one));
      longest = Math.max(longest, from.length);
    }
  }
  numerals.forEach((word, number) => { if (number > 1) push(others, word, [String(number)]); });

  const pages = [];
  const pageOf = []; // section → page
  for (const [count, marks] of data.pages) {
    const page = { number: pages.length, first: pageOf.length, count, listing: marks & 1, record: marks & 2 };
    for (let left = count; left > 0; left--) pageOf.push(page);
    pages.push(page);
  }
  const total = pageOf.length;
  let sum = 0;
  const blocks = data.texts.map((gap) => (sum += gap));

  const parts = new Map(); // number → a part of the words, once it is there
  const waiting = new Map();
  function part(word) {
    return parts.get(holder(data.words, word.slice(0, 3)));
  }
  function fetched(word) {
    const number = holder(data.words, word.slice(0, 3));
    if (!waiting.has(number)) {
      const loading = load(`words/${number}`).then(([rows, names]) => {
        const families = new Map();
        for (const one of Object.keys(rows)) push(families, stem(one), one);
        parts.set(number, { rows: new Map(Object.entries(rows)), names: new Map(Object.entries(names)), families });
      });
      loading.catch(() => waiting.delete(number));
      waiting.set(number, loading);
    }
    return waiting.get(number);
  }

  function keyOf(tokens) {
    const said = tokens.filter((token) => !ignored.has(token));
    return (said.length ? said : tokens).join(" ");
  }
  function bearers(key) {
    let last = 0;
    const held = key && part(key.split(" ")[0]);
    return ((held && held.names.get(key)) || []).map((gap) => (last += gap));
  }

  return { ignored, deeds, others, longest, pageOf, total, blocks, part, fetched, keyOf, bearers };
}
