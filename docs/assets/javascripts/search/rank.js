// Which sections answer a query, best first. MiniSearch finds words; this adds what the guide knows about them.
// It needs no page, so that the tests and the benchmark can ask the very same code.
(function () {
  "use strict";

  // Settled on the tuning half of tests/search/queries.yml; `benchmarks/search.py` prints what they give.
  const FIELDS = { title: 4, names: 3, context: 3, text: 1 };
  const FAMILY = 0.6; // a word of the same stem
  const OTHER = 0.55; // other words for the same thing
  const LISTING = 0.5; // a page that only gathers what others say
  const COVERS = 2; // how much it matters that a section holds all of the query
  const NAMED = 1.6; // a query that is the name of a page or term
  const PART = 0.8; // a query that holds such a name
  const WITHIN = 0.9; // a section of the page so named

  const TAIL = 0.04; // what scores less than this share of the best is left out
  const STEP = 60; // sections taken into the index between two letters that are typed
  const SHOWN = 3; // sections of one page
  const PASSAGE = 170; // letters

  // ------------------------------------------------------------ Words

  const WORD = /[a-z0-9]+/g;
  const SUFFIX = /(?:ational|ations?|ingly|ment|ings?|ness|ance|ence|ers?|ors?|ed|ies|es|ions?|al|ive|ly|y|e)$/;

  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’‘]/g, "");
  }
  // One form for one and many: "charities" is "charity", "children's" is "children".
  function single(word) {
    if (word.length < 4 || /(?:ss|us)$|..(?:is|as)$/.test(word.slice(1))) return word;
    return word.replace(/ies$/, "y").replace(/(ss|sh|ch|x)es$/, "$1").replace(/s$/, "");
  }
  function stem(word) {
    const short = word.length > 4 ? word.replace(SUFFIX, "") : word;
    return short.length > 2 ? short : word;
  }
  // What is left of a word that is spelled by ear: "burocracy" and "bureaucracy" are both "brcrc".
  function bones(word) {
    return word[0] + word.slice(1).replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");
  }
  // "NA-1" is one word; everything else ends at a hyphen.
  function words(text) {
    return (plain(text).replace(/\b([a-z]{1,2})-(\d)\b/g, "$1$2").match(WORD) || []).map(single);
  }
  // Edits from one word to another, where two letters that change places are one edit.
  function distance(one, two) {
    let before = [];
    let last = Array.from({ length: two.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= two.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[two.length];
  }

  function push(map, key, value) {
    if (map.has(key)) map.get(key).push(value);
    else map.set(key, [value]);
  }

  // Lets the page do what waits, and no longer: timers wait another 4 ms each, which adds up.
  function breath() {
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { port1.close(); done(); };
      port2.postMessage(0);
    });
  }

  // ------------------------------------------------------------ The index

  const LITERAL = { tokenize: (text) => [text], processTerm: (word) => word, boost: FIELDS };

  // Takes what macros/search.py wrote; gives a promise of { find(query) }. Works in small steps: typing goes on meanwhile.
  async function open(MiniSearch, data) {
    const vocabulary = new Set();
    const engine = new MiniSearch({
      fields: Object.keys(FIELDS),
      tokenize: words,
      processTerm: (word) => { vocabulary.add(word); return word; },
    });
    const ignored = new Set(data.ignored.flatMap(words));

    function keyOf(tokens) {
      const said = tokens.filter((token) => !ignored.has(token));
      return (said.length ? said : tokens).join(" ");
    }

    const sections = [];
    const bearers = new Map(); // a whole name → the sections that bear it
    for (const [url, title, place, listing, entries] of data.pages) {
      const page = { url, title, place, listing, sections: [] };
      const names = entries[0][3].join(" ");
      for (const [anchor, heading, text, own] of entries) {
        const section = { id: sections.length, page, anchor, title: heading, text, names: own.join(" "),
          context: page.sections.length ? `${title} ${names}` : "" };
        const heads = page.sections.length ? [] : [title, ...title.split(": ")];
        const keys = [...heads, ...own].flatMap((name) => [words(name).join(" "), keyOf(words(name))]);
        new Set(keys).forEach((key) => push(bearers, key, section));
        page.sections.push(section);
        sections.push(section);
      }
    }

    const others = new Map(); // what is typed → other words for it
    let longest = 1;
    for (const [typed, means] of data.words) {
      for (const form of typed) {
        const from = words(form);
        for (const one of means.length ? means : typed) if (one !== form) push(others, from.join(" "), words(one));
        longest = Math.max(longest, from.length);
      }
    }

    for (let at = 0; at < sections.length; at += STEP) {
      engine.addAll(sections.slice(at, at + STEP));
      await breath();
    }
    const families = new Map(); // a stem → the words that have it
    const skeletons = new Map();
    for (const word of vocabulary) {
      push(families, stem(word), word);
      push(skeletons, bones(word), word);
    }

    // ---------------------------------------------------------- What a query means

    function corrected(word, unfinished) {
      if (vocabulary.has(word) || families.has(stem(word)) || ignored.has(word) || others.has(word)) return word;
      if (word.length < 4 || /\d/.test(word)) return word;
      if (unfinished && [...vocabulary].some((one) => one.startsWith(word))) return word;
      const near = engine.search(word, { ...LITERAL, fuzzy: word.length < 6 ? 1 : word.length < 9 ? 2 : 3 });
      const found = new Map((skeletons.get(bones(word)) || []).map((one) => [one, 1]));
      near.slice(0, 60).forEach((hit) => hit.terms.forEach((term) => found.set(term, (found.get(term) || 0) + 1)));
      let chosen = word;
      let least = Infinity;
      for (const [term, count] of found) {
        const edits = Math.min(distance(word, term), bones(term) === bones(word) ? 2 : Infinity);
        const cost = edits + (term[0] === word[0] ? 0 : 0.6) - Math.min(0.4, count / 100);
        if (cost < least) { least = cost; chosen = term; }
      }
      return chosen;
    }

    // "gr 1" is the standard GR-1, where there is one.
    function joined(tokens) {
      const made = [];
      for (const token of tokens) {
        const both = (made[made.length - 1] || "") + token;
        if (/^[a-z]{1,2}\d$/.test(both) && /^\d$/.test(token) && vocabulary.has(both)) made[made.length - 1] = both;
        else made.push(token);
      }
      return made;
    }

    // The query as a list of ideas, each with the ways to say it: its own words first.
    function understood(query) {
      const typed = joined(words(query));
      const unfinished = /[a-z0-9]$/i.test(query); // the last word may be
      const tokens = typed.map((word, at) => corrected(word, unfinished && at === typed.length - 1));
      const said = (all) => all.filter((word) => !ignored.has(word));
      const ideas = [];
      for (let at = 0, size; at < tokens.length; at += size) {
        size = Math.min(longest, tokens.length - at);
        while (size > 1 && !others.has(tokens.slice(at, at + size).join(" "))) size--;
        const all = tokens.slice(at, at + size);
        const also = others.get(all.join(" ")) || [];
        const own = said(all).length ? said(all) : all;
        if (also.length || said(all).length) {
          ideas.push({ own, prefix: unfinished && at + size === tokens.length, also: also.map(said) });
        }
      }
      if (!ideas.length && tokens.length) ideas.push({ own: tokens, prefix: unfinished, also: [] });
      const mended = typed.flatMap((word, at) => (word === tokens[at] ? [] : [[word, tokens[at]]]));
      return { ideas, tokens, mended };
    }

    // ---------------------------------------------------------- Scores

    // section id → score, for one word, its family and, while it is being typed, what begins with it
    function withWord(word, prefix) {
      const found = new Map();
      const add = (one, weight, more) => engine.search(one, { ...LITERAL, prefix: more }).forEach((hit) => {
        found.set(hit.id, (found.get(hit.id) || 0) + weight * hit.score);
      });
      add(word, 1, prefix && word.length > 2);
      for (const one of families.get(stem(word)) || []) if (one !== word) add(one, FAMILY, false);
      return found;
    }

    // section id → [score, share of the words it holds], for one way to say an idea
    function withWords(all, prefix, weight) {
      const found = new Map();
      all.forEach((word, at) => withWord(word, prefix && at === all.length - 1).forEach((score, id) => {
        const [sum, count] = found.get(id) || [0, 0];
        found.set(id, [sum + score, count + 1]);
      }));
      for (const [id, [sum, count]] of found) {
        const share = count / all.length;
        found.set(id, [sum * share * weight / Math.sqrt(all.length), share]);
      }
      return found;
    }

    // section id → [score, share], for the best way to say an idea
    function withIdea(idea) {
      const best = withWords(idea.own, idea.prefix, 1);
      for (const way of idea.also) {
        for (const [id, [score, share]] of withWords(way, false, OTHER)) {
          const [most, whole] = best.get(id) || [0, 0];
          best.set(id, [Math.max(most, score), Math.max(whole, share * 0.9)]);
        }
      }
      return best;
    }

    // section → how much a name in the query points to it
    function pointedTo(ideas, tokens, whole) {
      const found = new Map();
      const lean = (section, weight) => found.set(section, Math.max(found.get(section) || 0, weight));
      const name = (key, weight, within) => (bearers.get(key) || []).forEach((section) => {
        lean(section, weight);
        // "norfolk training": the sections of the page that is named, too
        if (within && section === section.page.sections[0]) section.page.sections.forEach((one) => lean(one, weight * within));
      });
      name(tokens.join(" "), 1.2, 0);
      name(keyOf(tokens), 1, 0);
      for (const idea of ideas) name(keyOf(idea.own), PART * idea.rarity / whole, WITHIN);
      return found;
    }

    // Gives { results, mended }: a result for each page, best first, with up to three of its sections.
    function find(query) {
      const { ideas, tokens, mended } = understood(query);
      const total = new Map();
      let whole = 0;
      for (const idea of ideas) {
        const best = withIdea(idea);
        idea.rarity = best.size ? Math.log(1 + sections.length / best.size) : 1;
        whole += idea.rarity;
        for (const [id, [score, share]] of best) {
          const [sum, covered] = total.get(id) || [0, 0];
          total.set(id, [sum + score, covered + share * idea.rarity]);
        }
      }
      const hits = [];
      for (const [id, [sum, covered]] of total) {
        const section = sections[id];
        hits.push({ section, score: sum * (covered / whole) ** COVERS * (section.page.listing ? LISTING : 1) });
      }
      const top = hits.reduce((most, hit) => Math.max(most, hit.score), 0);
      const pointed = pointedTo(ideas, tokens, whole);
      for (const hit of hits) hit.score += top * NAMED * (pointed.get(hit.section) || 0);
      hits.sort((one, two) => two.score - one.score || one.section.id - two.section.id);
      const pages = new Map();
      for (const hit of hits) {
        if (hit.score < hits[0].score * TAIL) break;
        push(pages, hit.section.page, hit.section);
      }
      const wanted = marker(ideas);
      const results = [...pages].map(([page, found]) => ({
        url: page.url, title: page.title, place: page.place,
        sections: found.slice(0, SHOWN).map(({ anchor, title, text }) => ({ anchor, title, text, wanted })),
      }));
      return { results, mended };
    }

    // For each idea, whether a word of a text is one of its own, and whether it is another word for it.
    function marker(ideas) {
      return ideas.map(({ own, also, prefix }) => {
        const [its, other] = [own, also.flat()].map((all) => new Set(all.map(stem)));
        const start = prefix && own[own.length - 1].length > 2 ? own[own.length - 1] : null;
        return {
          own: (word) => words(word).some((one) => its.has(stem(one)) || (start && one.startsWith(start))),
          other: (word) => words(word).some((one) => other.has(stem(one))),
        };
      });
    }

    return { find };
  }

  // ------------------------------------------------------------ What to show of a section

  // The part of a text that holds most of what was looked for, as [words, whether to mark them]… The top of a page
  // begins with its description, and that is what is shown.
  function passage({ text, anchor, wanted }) {
    const parts = text.match(/[\p{L}\p{N}'’-]+|[^\p{L}\p{N}'’-]+/gu) || [];
    const asked = wanted.map((idea) => (parts.some(idea.own) ? idea.own : idea.other));
    const ideas = parts.map((part) => asked.findIndex((is) => is(part)));
    const begins = (at) => at === 0 || /[.!?] $/.test(parts[at - 1]);
    let from = 0;
    let best = -1;
    for (let start = 0; start < (anchor ? parts.length : 1); start++) {
      if (!begins(start) && ideas[start] < 0) continue;
      const seen = new Set();
      for (let at = start, length = 0; at < parts.length && length < PASSAGE; length += parts[at].length, at++) {
        if (ideas[at] >= 0) seen.add(ideas[at]);
      }
      const worth = seen.size + (start === 0 ? 1.1 : begins(start) ? 0.5 : 0);
      if (worth > best) { best = worth; from = start; }
    }
    const shown = begins(from) ? [] : [["… ", false]];
    let at = from;
    for (let length = 0; at < parts.length && length < PASSAGE; length += parts[at].length, at++) {
      shown.push([parts[at], ideas[at] >= 0]);
    }
    return at < parts.length ? [...shown, [" …", false]] : shown;
  }

  globalThis.ceSearch = { open, passage };
})();
