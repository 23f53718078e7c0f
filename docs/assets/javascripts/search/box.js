/* Made of the parts in macros/publish/scripts/search-box: change those, as this file is written again. */
(function () {
"use strict";
const own = document.currentScript;
const at = own.dataset.ceSearchAt;
const base = new URL("../../../", own.src);

function fetched(tag, name, file) {
  return new Promise((done, failed) => {
    const part = document.createElement(tag);
    if (tag === "link") part.rel = "stylesheet";
    part.async = false;
    part.onload = done;
    part.onerror = failed;
    part[name] = new URL(file, base).href;
    document.head.append(part);
  });
}

const styles = fetched("link", "href", "assets/stylesheets/search.css").catch(() => {});
const script = (name) => fetched("script", "src", `assets/javascripts/search/${name}.js`);
const ready = Promise.all([
  (window.ceSearchLoad ? Promise.resolve() : script("load")).then(() => window.ceSearchLoad("index")),
  window.ceWords || script("words"),
  script("rank"),
]).then(([first]) => ({ examples: first.examples, ...window.ceSearch.open(window.ceSearchLoad, first) }));
ready.catch(() => {}); // told where it is waited for

function make(tag, marks, ...inner) {
  const part = document.createElement(tag);
  for (const [name, value] of Object.entries(marks || {})) part.setAttribute(name, value);
  part.append(...inner);
  return part;
}

function link(address) {
  const [path, anchor] = address.split("#");
  const file = location.protocol === "file:" && (path === "" || path.endsWith("/")) ? `${path}index.html` : path;
  return new URL(file + (anchor ? `#${anchor}` : ""), base).href;
}

function counted(number, one, more) { return `${number} ${number === 1 ? one : more}`; }
function quoted(list) { return list.map((one) => `“${one}”`).join(" and "); }

const AT_ONCE = 10; // results shown before a reader asks for more

function written({ query, shown, asTyped }) {
  const told = [`q=${encodeURIComponent(query)}`];
  if (shown > AT_ONCE) told.push(`n=${shown}`);
  if (asTyped) told.push("as=typed");
  return query ? told.join("&") : "";
}

function read(text) {
  const told = new URLSearchParams(text);
  return { query: (told.get("q") || "").trim(), shown: Number(told.get("n")) || AT_ONCE, asTyped: told.get("as") === "typed" };
}

function lasting(state) { return link(`search/#${written(state)}`); }

function asked() { return read(location.hash.slice(1) || location.search); }

function keep(value) { history.replaceState(value ? { ...history.state, ceSearch: value } : null, ""); }
function before() { return (history.state && history.state.ceSearch) || null; }
function samePage(followed) {
  const to = new URL(followed.href);
  return to.pathname === location.pathname && to.origin === location.origin && to.hash;
}

let early;

function lookUp() {
  const { query, asTyped } = asked();
  if (!query) return;
  early = { query, asTyped, answer: ready.then((index) => index.find(query, asTyped)) };
  Promise.all([ready, early.answer]).then(([index, { results }]) => results.slice(0, 1).forEach(index.shown)).catch(() => {});
}

function answered(index, query, asTyped) {
  return early && early.query === query && early.asTyped === asTyped ? early.answer : index.find(query, asTyped);
}

const NAMES = 4; // names of one result that are shown

function marked(words) { return words.map(([one, is]) => (is ? make("mark", {}, one) : one)); }

function found({ url, title: heading, place, named, sections }, ideas) {
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

function ways() {
  const way = (address, words, more) => make("li", {}, make("a", { href: link(address) }, words), more);
  return make("ul", {},
    way("glossary/", "look it up in the glossary", ", from A to Z"),
    way("trusts/", "find your Trust", " by town or district"),
    way("about/contact/", "tell us what you looked for", ", or what is wrong"));
}

function nothing() {
  return make("div", { class: "ce-search__nothing" },
    make("p", {}, "Check the spelling, or try fewer or other words. You can also:"), ways());
}

function summary(query, { results, whole, strange, postcode }) {
  const missing = strange.filter((word) => !postcode || word !== postcode.toLowerCase());
  const lacking = missing.length ? ` No page holds ${quoted(missing)}.` : "";
  const away = postcode ? ` No Trust in this guide covers postcodes that begin with ${postcode}.` : "";
  if (!results.length) return `Nothing found for “${query}”.${away}`;
  const rest = results.length - whole;
  if (!rest) return `${counted(results.length, "page found", "pages found")}.`;
  if (!whole) return `No page found with all of your words. ${counted(rest, "page holds", "pages hold")} some of them.${lacking}${away}`;
  return `${counted(whole, "page found", "pages found")} with all of your words, ${rest} more with some of them.`;
}

const FIRST = 3; // results that are fetched before the others
const STILL = 1000; // milliseconds without a letter before a screen reader is told

function fill(root, name, told, closer) {
  const state = { query: "", shown: AT_ONCE, asTyped: false };
  const input = make("input", { type: "search", id: `${name}-words`, class: "ce-search__input", autocomplete: "off",
    autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "search", name: "q" });
  const heading = make("h2", { class: "ce-search__status" });
  const live = make("p", { class: "ce-search__told", role: "status" });
  const meant = make("div", { class: "ce-search__meant" });
  const list = make("ol", { class: "ce-search__results" });
  const below = make("div", { class: "ce-search__below" });
  const form = make("form", { class: "ce-search__form", role: "search", "aria-label": "This guide", action: link("search/") },
    make("label", { class: "ce-search__label", for: `${name}-words` }, "Search this guide"),
    make("div", { class: "ce-search__row" }, input, ...(closer ? [closer] : [])));
  const output = make("div", { class: "ce-search__output" }, heading, meant, list, below);
  root.append(form, live, output);

  let saying = 0;
  function say(words) {
    clearTimeout(saying);
    heading.textContent = words;
    heading.hidden = !words;
    saying = setTimeout(() => { live.textContent = words; }, STILL);
  }

  function suggest(examples) {
    const choices = examples.map((example) => {
      const choice = make("button", { type: "button", class: "ce-search__example" }, example);
      choice.addEventListener("click", () => { input.value = example; input.focus(); typed(); });
      return make("li", {}, choice);
    });
    say("");
    list.replaceChildren();
    meant.replaceChildren();
    below.replaceChildren(
      make("p", { class: "ce-search__hint" }, "Type a place, a word or a question. For example:"),
      make("ul", { class: "ce-search__examples" }, ...choices),
      make("p", { class: "ce-search__hint" }, "What you type stays in your browser."));
  }

  function offer({ slips, mended }) {
    if (!slips.length) { meant.replaceChildren(); return; }
    const better = slips.reduce((text, [word, other]) =>
      text.replace(new RegExp(`[\\p{L}\\p{N}'’]+`, "gu"), (one) => (window.ceWords.words(one)[0] === word ? other : one)), state.query);
    const button = make("button", { type: "button", class: "ce-search__example" },
      mended.length ? `Search for “${state.query}” as typed` : better);
    button.addEventListener("click", () => {
      state.asTyped = mended.length > 0;
      state.shown = AT_ONCE;
      input.focus();
      told(state);
      search();
    });
    meant.replaceChildren(make("p", {}, mended.length
      ? `No page holds ${quoted(mended.map(([word]) => word))}. Did you mean ${quoted(mended.map(([, other]) => other))}? These pages hold that. `
      : "Did you mean: ", button));
  }

  let turn = 0;
  async function show(index, mine) {
    const query = state.query;
    const answer = await answered(index, query, state.asTyped);
    if (mine !== turn) return; // more was typed meanwhile
    const { results, ideas } = answer;
    const wanted = (from, to) => results.slice(from, to).map((result) => index.shown(result));
    const append = async (waiting) => {
      for (const one of waiting) {
        const item = found(await one, ideas);
        if (mine !== turn) return;
        list.append(item);
      }
    };
    const [first, ...next] = wanted(0, FIRST); // what is seen first is fetched first
    const item = first && found(await first, ideas);
    if (mine !== turn) return;
    const chosen = list.contains(document.activeElement); // before what was typed last was looked up
    list.replaceChildren(...(item ? [item] : []));
    if (chosen) (item ? item.querySelector("a") : input).focus();
    const summed = summary(query, answer);
    say(answer.mended.length ? `${summed} That is with ${quoted(answer.mended.map((one) => one[1]))} in place of ${quoted(answer.mended.map((one) => one[0]))}.` : summed);
    offer(answer);
    below.replaceChildren(...(results.length ? [] : [nothing()]));
    await append([...next, ...wanted(FIRST, state.shown)]);
    if (mine !== turn || results.length <= state.shown) return;
    const more = make("button", { type: "button", class: "ce-search__more" });
    const label = () => { more.textContent = `Show more pages (${results.length - list.children.length} left)`; };
    more.addEventListener("click", async () => {
      const at = list.children.length;
      state.shown = Math.min(results.length, at + AT_ONCE);
      told(state);
      await append(wanted(at, state.shown));
      list.children[at].querySelector("a").focus();
      if (list.children.length === results.length) more.remove();
      else label();
    });
    label();
    below.append(more);
  }

  async function search() {
    const mine = ++turn;
    output.setAttribute("aria-busy", "true");
    try {
      const index = await ready;
      if (mine !== turn) return;
      if (state.query) await show(index, mine);
      else suggest(index.examples);
    } catch (failed) {
      if (mine !== turn) return;
      say("Search could not be loaded. Please load the page again.");
      list.replaceChildren();
      meant.replaceChildren();
      below.replaceChildren(make("div", { class: "ce-search__nothing" }, make("p", {}, "Until then, you can:"), ways()));
    } finally {
      if (mine === turn) output.removeAttribute("aria-busy");
    }
  }

  function typed() {
    Object.assign(state, { query: input.value.trim(), shown: AT_ONCE, asTyped: false });
    told(state);
    output.scrollTop = 0;
    search();
  }
  input.addEventListener("input", typed);
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  });

  function kept(followed) {
    return { ...state, at: [...list.querySelectorAll("a")].indexOf(followed), top: output.scrollTop, page: scrollY };
  }
  async function restore(before) {
    const { query, shown, asTyped, at, top, page } = before;
    Object.assign(state, { query, shown, asTyped });
    input.value = query;
    await search();
    const followed = at >= 0 && list.querySelectorAll("a")[at];
    if (followed) followed.focus({ preventScroll: true });
    if (top) output.scrollTop = top;
    if (page) scrollTo(0, page);
  }
  return { state, form, input, list, search, kept, restore };
}

const title = document.title;
let onPage;

function page(root) {
  if (onPage) return;
  root.classList.add("ce-search-page");
  const entitle = ({ query }) => { document.title = query ? `${query} - ${title}` : title; };
  const address = (state) => {
    const to = new URL(location);
    to.search = "";
    to.hash = written(state);
    return to;
  };
  onPage = fill(root, "ce-search-page", (state) => {
    history.replaceState(null, "", address(state));
    entitle(state);
  });
  onPage.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = onPage.list.querySelector("a");
    if (first) first.focus();
  });
  onPage.list.addEventListener("click", (event) => {
    const followed = event.target.closest("a");
    if (followed) keep(onPage.kept(followed));
  });
  function readAddress() {
    const now = asked();
    if (location.search && now.query) history.replaceState(history.state, "", address(now)); // out of what is sent
    entitle(now);
    onPage.restore({ ...(before() || {}), ...now });
  }
  addEventListener("hashchange", () => { if (written(asked()) !== written(onPage.state)) readAddress(); });
  ready.then(() => document.documentElement.classList.add("ce-has-search"), () => {});
  readAddress();
}

let dialog;
let box;

function open() {
  if (onPage) { onPage.input.focus(); return; }
  if (!dialog) {
    const close = make("button", { type: "button", class: "ce-search__close" }, "Close");
    dialog = make("dialog", { class: "ce-search", "aria-label": "Search this guide" });
    close.addEventListener("click", () => dialog.close());
    box = fill(dialog, "ce-search", () => {}, close);
    box.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!box.state.query) return;
      keep(box.kept(null));
      location.href = lasting(box.state);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) { dialog.close(); return; }
      const followed = event.target.closest("a");
      if (!followed) return;
      if (samePage(followed)) dialog.close();
      else keep(box.kept(followed)); // “Back” comes back to this
    });
    dialog.addEventListener("close", () => { if (before()) keep(null); });
    document.body.append(dialog);
    if (!before()) box.search();
  }
  const then = before();
  styles.then(() => {
    if (!dialog.open) dialog.showModal();
    box.input.focus();
    if (then) box.restore(then);
    else box.input.select();
  });
}

window.ceSearchBox = { open, page };
if (at) {
  lookUp();
  const begin = () => {
    const root = document.querySelector(at);
    if (root) page(root);
    return root;
  };
  if (!begin()) new MutationObserver((_, seen) => { if (begin()) seen.disconnect(); }).observe(document, { childList: true, subtree: true });
}
})();
