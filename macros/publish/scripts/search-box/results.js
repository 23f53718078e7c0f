// Results, each with what fits in it, and in words how many there are.
import { counted, link, make, quoted } from "./elements.js";

const NAMES = 4; // names of one result that are shown

function marked(words) { return words.map(([one, is]) => (is ? make("mark", {}, one) : one)); }

// A page, or the entry that the query names, with the sections that fit; and every word of the query that it holds.
export function found({ url, title: heading, place, named, sections }, ideas) {
  const { held, passage, marked: marks } = window.ceSearch;
  const [first, ...others] = sections;
  const isEntry = first.anchor && named >= 1;
  const name = isEntry ? first.title : heading;
  const seen = held(name, ideas);
  const told = (text) => held(text, ideas).forEach((idea) => seen.add(idea));
  const isNew = (text) => [...held(text, ideas)].some((idea) => !seen.has(idea));
  const item = make("li", { class: "ce-found" },
    make("p", { class: "ce-found__place" }, isEntry ? `${place} › ${heading}` : place),
    make("h3", { class: "ce-found__head" },
      make("a", { class: "ce-found__title", href: link(isEntry ? `${url}#${first.anchor}` : url) }, ...marked(marks(name, ideas)))));
  const said = (section, within) => {
    if (!section.text) return;
    told(section.text);
    within.append(make("p", { class: "ce-found__text" }, ...marked(passage(section, ideas))));
  };
  if (!first.anchor || isEntry) said(first, item);
  const listed = (isEntry ? others : sections).filter((section) => section.anchor);
  if (listed.length) {
    item.append(make("ul", { class: "ce-found__sections" }, ...listed.map((section) => {
      const line = make("li", {}, make("a", { href: link(`${url}#${section.anchor}`) }, ...marked(marks(section.title, ideas))));
      told(section.title);
      if (section === first || isNew(section.text)) said(section, line);
      return line;
    })));
  }
  // Names by which it was found stand nowhere in what it says: places, councils, postcodes.
  for (const [label, key] of [["Covers", "places"], ["Postcodes that begin with", "codes"], ["Also found under", "names"]]) {
    const fitting = sections.flatMap((section) => section[key] || []);
    const whole = fitting.filter((one) => held(one, ideas).size === ideas.length);
    const names = (whole.length ? whole : fitting.filter(isNew)).filter((one) => key === "codes" || isNew(one)).slice(0, NAMES);
    if (!names.length) continue;
    item.append(make("p", { class: "ce-found__named" }, `${label}: `,
      ...names.flatMap((one, at) => [at ? ", " : "", ...marked(marks(one, ideas))])));
    names.forEach(told);
  }
  return item;
}

export function ways() {
  const way = (address, words, more) => make("li", {}, make("a", { href: link(address) }, words), more);
  return make("ul", {},
    way("glossary/", "look it up in the glossary", ", from A to Z"),
    way("trusts/", "find your Trust", " by town or district"),
    way("about/contact/", "tell us what you looked for", ", or what is wrong"));
}

export function nothing() {
  return make("div", { class: "ce-search__nothing" },
    make("p", {}, "Check the spelling, or try fewer or other words. You can also:"), ways());
}

// What was found, in a sentence or two that are true of it.
export function summary(query, { results, whole, strange, postcode }) {
  const missing = strange.filter((word) => !postcode || word !== postcode.toLowerCase());
  const lacking = missing.length ? ` No page holds ${quoted(missing)}.` : "";
  const away = postcode ? ` No Trust in this guide covers postcodes that begin with ${postcode}.` : "";
  if (!results.length) return `Nothing found for “${query}”.${away}`;
  const rest = results.length - whole;
  if (!rest) return `${counted(results.length, "page found", "pages found")}.`;
  if (!whole) return `No page found with all of your words. ${counted(rest, "page holds", "pages hold")} some of them.${lacking}${away}`;
  return `${counted(whole, "page found", "pages found")} with all of your words, ${rest} more with some of them.`;
}
