// What the address says of a search, as long as it stands or as “Back” comes back to it.
import { link } from "./elements.js";

export const AT_ONCE = 10; // results shown before a reader asks for more

// What the address of the search page says: the words, how many results are shown, and whether slips are left alone.
// It stands behind the #, which browsers keep to themselves.
export function written({ query, shown, asTyped }) {
  const told = [`q=${encodeURIComponent(query)}`];
  if (shown > AT_ONCE) told.push(`n=${shown}`);
  if (asTyped) told.push("as=typed");
  return query ? told.join("&") : "";
}

function read(text) {
  const told = new URLSearchParams(text);
  return { query: (told.get("q") || "").trim(), shown: Number(told.get("n")) || AT_ONCE, asTyped: told.get("as") === "typed" };
}

export function lasting(state) { return link(`search/#${written(state)}`); }

export function asked() { return read(location.hash.slice(1) || location.search); }

export function keep(value) { history.replaceState(value ? { ...history.state, ceSearch: value } : null, ""); }
export function before() { return (history.state && history.state.ceSearch) || null; }
export function samePage(followed) {
  const to = new URL(followed.href);
  return to.pathname === location.pathname && to.origin === location.origin && to.hash;
}
