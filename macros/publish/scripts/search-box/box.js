// The box: the field, and below it what was found, examples, or what a word may be a slip of.
import { ready } from "./needs.js";
import { link, make, quoted } from "./elements.js";
import { AT_ONCE } from "./address.js";
import { answered } from "./early.js";
import { found, nothing, summary, ways } from "./results.js";

const FIRST = 3; // results that are fetched before the others
const STILL = 1000; // milliseconds without a letter before a screen reader is told

// Fills `root` with a search box. `name` sets its ids apart; `told` is called with its state when that changes.
export function fill(root, name, told, closer) {
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

  // A screen reader is told once, when nothing has been typed for a while, and only what is true then.
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

  // A word that is in no dictionary and stands nowhere: what it may be a slip of, which can be declined.
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
  // The arrows go from result to result, as Tab does; Enter opens the one they stand on.
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  });

  // What a reader comes back to: the words, how much was shown, where it was scrolled to, and the link that was followed.
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
