// What the address asks is looked up while the browser still reads the page.
import { ready } from "./needs.js";
import { asked } from "./address.js";

let early;

export function lookUp() {
  const { query, asTyped } = asked();
  if (!query) return;
  early = { query, asTyped, answer: ready.then((index) => index.find(query, asTyped)) };
  Promise.all([ready, early.answer]).then(([index, { results }]) => results.slice(0, 1).forEach(index.shown)).catch(() => {});
}

export function answered(index, query, asTyped) {
  return early && early.query === query && early.asTyped === asTyped ? early.answer : index.find(query, asTyped);
}
