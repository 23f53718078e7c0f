// The search box, in a dialog or on the search page. Fetched when a reader turns to search; what is typed stays here.
(function () {
  "use strict";
  const here = document.currentScript.src;
  const base = new URL("../../../", here);
  const AT_ONCE = 10;

  // ------------------------------------------------------------ What it needs

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
  let ready = Promise.all([
    fetched("script", "src", "assets/javascripts/vendor/minisearch-7.2.0/minisearch.js"),
    fetched("script", "src", "assets/javascripts/search/rank.js"),
    fetched("script", "src", "search/index.js"),
  ]).then(() => window.ceSearch.open(window.MiniSearch, window.ceSearchIndex));

  // Where profiles are many, what they say is fetched only for a reader who asks; then all is searched together.
  let profilesLeft = () => window.ceSearchIndex.profiles || 0;
  function withProfiles() {
    const before = ready;
    ready = fetched("script", "src", "search/profiles.js").then(() => {
      const index = window.ceSearchIndex;
      const whole = new Map(window.ceSearchProfiles.map((page) => [page[0], page]));
      index.pages = index.pages.map((page) => whole.get(page[0]) || page);
      return window.ceSearch.open(window.MiniSearch, index);
    });
    return ready.then(() => { profilesLeft = () => 0; }, (failed) => { ready = before; throw failed; });
  }

  // ------------------------------------------------------------ Small helpers

  function make(tag, marks, ...parts) {
    const part = document.createElement(tag);
    for (const [name, value] of Object.entries(marks || {})) part.setAttribute(name, value);
    part.append(...parts);
    return part;
  }
  // From a disk, an address that ends in a folder shows a list of files.
  function link(address) {
    const [path, anchor] = address.split("#");
    const file = location.protocol === "file:" && (path === "" || path.endsWith("/")) ? `${path}index.html` : path;
    return new URL(file + (anchor ? `#${anchor}` : ""), base).href;
  }
  // The words stand behind the #, which browsers keep to themselves.
  function lasting(query) { return link(`search/#q=${encodeURIComponent(query)}`); }
  function counted(number, one, more) { return `${number} ${number === 1 ? one : more}`; }

  // ------------------------------------------------------------ Results

  function passage(section) {
    return make("p", { class: "ce-found__text" },
      ...window.ceSearch.passage(section).map(([words, marked]) => (marked ? make("mark", {}, words) : words)));
  }
  function found(result) {
    const item = make("li", { class: "ce-found" },
      make("p", { class: "ce-found__place" }, result.place),
      make("p", { class: "ce-found__head" }, make("a", { class: "ce-found__title", href: link(result.url) }, result.title)));
    const [first] = result.sections;
    if (!first.anchor && first.text) item.append(passage(first));
    const sections = result.sections.filter((section) => section.anchor);
    if (sections.length) {
      item.append(make("ul", { class: "ce-found__sections" }, ...sections.map((section) => {
        const line = make("li", {}, make("a", { href: link(`${result.url}#${section.anchor}`) }, section.title));
        if (section === first && section.text) line.append(passage(section));
        return line;
      })));
    }
    return item;
  }
  function nothing() {
    const way = (address, words, more) => make("li", {}, make("a", { href: link(address) }, words), more);
    return make("div", { class: "ce-search__nothing" },
      make("p", {}, "Check the spelling, or try fewer or other words. You can also:"),
      make("ul", {},
        way("glossary/", "look it up in the glossary", ", from A to Z"),
        way("trusts/", "find your Trust", " by town or district"),
        way("about/contact/", "tell us what you looked for", ", or what is wrong")));
  }

  // ------------------------------------------------------------ The box

  // Fills `root` with a search box. `name` sets its ids apart; `told` is called with what is typed.
  function fill(root, name, told, closer) {
    const input = make("input", { type: "search", id: `${name}-words`, class: "ce-search__input", autocomplete: "off",
      autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "search" });
    const status = make("p", { class: "ce-search__status", role: "status" });
    const list = make("ol", { class: "ce-search__results" });
    const below = make("div", { class: "ce-search__below" });
    const form = make("form", { class: "ce-search__form", role: "search", "aria-label": "This guide" },
      make("label", { class: "ce-search__label", for: `${name}-words` }, "Search this guide"),
      make("div", { class: "ce-search__row" }, input, ...(closer ? [closer] : [])));
    root.append(form, make("div", { class: "ce-search__output" }, status, list, below));

    function say(words) { if (status.textContent !== words) status.textContent = words; }

    function suggest() {
      const choices = window.ceSearchIndex.examples.map((example) => {
        const choice = make("button", { type: "button", class: "ce-search__example" }, example);
        choice.addEventListener("click", () => { input.value = example; input.focus(); typed(); });
        return make("li", {}, choice);
      });
      say("");
      list.replaceChildren();
      below.replaceChildren(
        make("p", { class: "ce-search__hint" }, "Type a place, a word or a question. For example:"),
        make("ul", { class: "ce-search__examples" }, ...choices),
        make("p", { class: "ce-search__hint" }, "What you type stays in your browser."));
    }

    function show(query, { results, mended }) {
      const instead = mended.map(([word, other]) => `“${other}” in place of “${word}”`).join(", ");
      const number = results.length ? counted(results.length, "page found", "pages found") : `Nothing found for “${query}”`;
      say(instead ? `${number}, with ${instead}.` : `${number}.`);
      list.replaceChildren(...results.slice(0, AT_ONCE).map(found));
      below.replaceChildren(...(results.length ? [] : [nothing()]));
      if (results.length > AT_ONCE) {
        const more = make("button", { type: "button", class: "ce-search__more" });
        const label = () => { more.textContent = `Show more pages (${results.length - list.children.length} left)`; };
        more.addEventListener("click", () => {
          const next = results.slice(list.children.length, list.children.length + AT_ONCE).map(found);
          list.append(...next);
          next[0].querySelector("a").focus();
          if (list.children.length === results.length) more.remove();
          else label();
        });
        label();
        below.append(more);
      }
    }

    // A button that looks in the text of profiles too, where that is not in the index that every search begins with.
    function offerProfiles() {
      if (!profilesLeft()) return;
      const button = make("button", { type: "button", class: "ce-search__more" },
        `Look in the text of all ${profilesLeft()} profiles too`);
      button.addEventListener("click", () => {
        input.focus();
        say("Loading what the profiles say…");
        withProfiles().then(search, () => say("The profiles could not be loaded. They can be found by their names."));
      });
      below.append(button);
    }

    async function search() {
      const query = input.value.trim();
      try {
        const index = await ready;
        if (query !== input.value.trim()) return; // more was typed meanwhile
        if (query) {
          show(query, index.find(query));
          offerProfiles();
        } else suggest();
      } catch (failed) {
        say("Search could not be loaded. Please load the page again.");
      }
      root.querySelector(".ce-search__output").scrollTop = 0;
    }

    function typed() { told(input.value.trim()); search(); }
    input.addEventListener("input", typed);
    // The arrows go from result to result, as Tab does.
    root.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [input, ...list.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      if (!step || at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    });
    say("Loading…");
    search();
    return { form, input, list, search };
  }

  // ------------------------------------------------------------ As a dialog

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
        if (box.input.value.trim()) location.href = lasting(box.input.value.trim());
      });
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog || event.target.closest("a")) dialog.close();
      });
      document.body.append(dialog);
    }
    styles.then(() => {
      if (!dialog.open) dialog.showModal();
      box.input.focus();
      box.input.select();
    });
  }

  // ------------------------------------------------------------ On the search page

  let onPage;
  function asked() {
    const from = (text) => new URLSearchParams(text).get("q") || "";
    return from(location.hash.slice(1)) || from(location.search);
  }
  function page(root) {
    root.classList.add("ce-search-page");
    document.documentElement.classList.add("ce-has-search");
    onPage = fill(root, "ce-search-page", (query) => {
      const address = new URL(location);
      address.search = "";
      address.hash = query ? `q=${encodeURIComponent(query)}` : "";
      history.replaceState(null, "", address);
    });
    onPage.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = onPage.list.querySelector("a");
      if (first) first.focus();
    });
    function read() {
      if (asked() === onPage.input.value.trim()) return;
      onPage.input.value = asked();
      onPage.search();
    }
    addEventListener("hashchange", read);
    read();
  }

  window.ceSearchBox = { open, page };
})();
