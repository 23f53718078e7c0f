// Which sections answer a query, best first: MiniSearch finds words; this adds what the guide knows of them.
// Needs nothing of a browser, so that `benchmarks/search.py` and the tests ask the very same code.
(function () {
  "use strict";

  const FIELDS = { title: 4, names: 3, context: 3, text: 1 };
  const WEIGHT = { family: 0.6, other: 0.55, listing: 0.5, covers: 2, named: 1.6, part: 0.8, within: 0.9 };

  // ------------------------------------------------------------ Words
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
  // What is left when a word is spelled by ear: "beaurocracy" and "bureaucracy" are both "brcrc".
  function bones(word) {
    return word[0] + word.slice(1).replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");
  }
  // "NA-1" is one word; everything else ends at a hyphen.
  function words(text) {
    return (plain(text).replace(/\b([a-z]{1,2})-(\d)\b/g, "$1$2").match(/[a-z0-9]+/g) || []).map(single);
  }

  // ------------------------------------------------------------ The index
  const LITERAL = { tokenize: (text) => [text], processTerm: (word) => word, boost: FIELDS };
  function open(MiniSearch, data) {
    const vocabulary = new Set();
    const engine = new MiniSearch({
      fields: Object.keys(FIELDS),
      tokenize: words,
      processTerm: (word) => {
        vocabulary.add(word);
        return word;
      },
      autoVacuum: false,
    });
    const ignored = new Set(data.ignored.flatMap(words));
    const sections = [];
    const pages = data.pages.map(([url, title, place, listing, entries]) => ({ url, title, place, listing, entries }));
    for (const page of pages) {
      page.ids = [];
      const names = page.entries[0][3].join(" ");
      page.entries.forEach(([anchor, title, text, own], at) => {
        page.ids.push(sections.length);
        sections.push({ id: sections.length, page, at, anchor, title, text, names: own.join(" ; "),
          context: at ? `${page.title} ${names}` : "" });
      });
    }
    const keyed = new Map(); // a whole name → sections that bear it
    for (const section of sections) {
      const [, title, , own] = section.page.entries[section.at];
      const heads = section.at ? [] : [title, ...title.split(": ")];
      for (const name of [...heads, ...own]) {
        for (const key of new Set([words(name).join(" "), keyOf(words(name))])) {
          if (key) keyed.set(key, (keyed.get(key) || new Set()).add(section.id));
        }
      }
    }
    const others = new Map(); // what is typed → [other words for it]
    let longest = 1;
    for (const [typed, means] of data.words) {
      for (const form of typed) {
        const from = words(form);
        const to = (means.length ? means : typed.filter((one) => one !== form)).map(words);
        others.set(from.join(" "), (others.get(from.join(" ")) || []).concat(to));
        longest = Math.max(longest, from.length);
      }
    }

    function keyOf(tokens) {
      const said = tokens.filter((token) => !ignored.has(token));
      return (said.length ? said : tokens).join(" ");
    }

    // ---------------------------------------------------------- What a query means
    const families = new Map(); // a stem → the words that have it
    const skeletons = new Map();
    function index() {
      engine.addAll(sections);
      for (const word of vocabulary) {
        for (const [map, key] of [[families, stem(word)], [skeletons, bones(word)]]) {
          if (map.has(key)) map.get(key).push(word);
          else map.set(key, [word]);
        }
      }
    }
    function known(word) { return vocabulary.has(word) || families.has(stem(word)); }

    function corrected(word, last) {
      if (known(word) || ignored.has(word) || others.has(word) || word.length < 4 || /\d/.test(word)) return word;
      if (last && [...vocabulary].some((one) => one.startsWith(word))) return word;
      const near = engine.search(word, { ...LITERAL, fuzzy: word.length < 6 ? 1 : word.length < 9 ? 2 : 3 });
      const best = new Map((skeletons.get(bones(word)) || []).map((one) => [one, 1]));
      for (const hit of near.slice(0, 60)) {
        for (const term of hit.terms) best.set(term, (best.get(term) || 0) + 1);
      }
      let chosen = word, least = Infinity;
      for (const [term, count] of best) {
        const cost = Math.min(distance(word, term), bones(term) === bones(word) ? 2 : Infinity) + (term[0] === word[0] ? 0 : 0.6) - Math.min(0.4, count / 100);
        if (cost < least) { least = cost; chosen = term; }
      }
      return chosen;
    }

    // Edits from one word to another, where two letters that change places are one edit.
    function distance(one, two) {
      let before = [], last = Array.from({ length: two.length + 1 }, (_, at) => at);
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

    // The query as a list of ideas, each with the ways to say it.
    function ideasOf(query) {
      let typed = words(query);
      typed = typed.flatMap((word, at) => {
        const joined = word + (typed[at + 1] || "-");
        if (/^[a-z]{1,2}\d$/.test(joined) && vocabulary.has(joined)) return [joined];
        if (at && /^\d$/.test(word) && vocabulary.has(typed[at - 1] + word) && /^[a-z]{1,2}$/.test(typed[at - 1])) return [];
        return [word];
      });
      const open = /[a-z0-9]$/i.test(query);
      const tokens = typed.map((word, at) => corrected(word, open && at === typed.length - 1));
      const ideas = [];
      for (let at = 0; at < tokens.length;) {
        let size = Math.min(longest, tokens.length - at);
        while (size > 1 && !others.has(tokens.slice(at, at + size).join(" "))) size--;
        const own = tokens.slice(at, at + size);
        const also = others.get(own.join(" ")) || [];
        const said = own.filter((word) => !ignored.has(word));
        if (also.length || said.length) {
          const last = open && at + size === tokens.length;
          ideas.push({ own: said.length ? said : own, last,
            ways: [{ words: said.length ? said : own, weight: 1, last },
              ...also.map((one) => ({ words: one.filter((word) => !ignored.has(word)), weight: WEIGHT.other, last: false }))] });
        }
        at += size;
      }
      if (!ideas.length && tokens.length) ideas.push({ own: tokens, last: open, ways: [{ words: tokens, weight: 1, last: open }] });
      return { ideas, typed, tokens };
    }

    // ---------------------------------------------------------- Scores
    function scoresOf(word, last, kept) {
      const key = word + (last ? "*" : "");
      if (kept.has(key)) return kept.get(key);
      const found = new Map();
      const add = (one, weight, prefix) => engine.search(one, { ...LITERAL, prefix }).forEach((hit) => {
        found.set(hit.id, (found.get(hit.id) || 0) + weight * hit.score);
      });
      add(word, 1, last && word.length > 2);
      for (const one of families.get(stem(word)) || []) if (one !== word) add(one, WEIGHT.family, false);
      kept.set(key, found);
      return found;
    }

    function wayScores(way, kept) {
      const found = new Map();
      way.words.forEach((word, at) => {
        for (const [id, score] of scoresOf(word, way.last && at === way.words.length - 1, kept)) {
          const one = found.get(id) || { score: 0, count: 0 };
          one.score += score;
          one.count += 1;
          found.set(id, one);
        }
      });
      for (const one of found.values()) {
        one.share = one.count / way.words.length;
        one.score = one.score * one.share * way.weight / Math.sqrt(way.words.length);
      }
      return found;
    }

    function find(query) {
      const { ideas, typed, tokens } = ideasOf(query);
      const kept = new Map();
      const total = new Map();
      let whole = 0;
      for (const idea of ideas) {
        const best = new Map();
        for (const way of idea.ways) {
          for (const [id, one] of wayScores(way, kept)) {
            const share = one.share * (way.weight === 1 ? 1 : 0.9);
            const now = best.get(id) || { score: 0, share: 0 };
            best.set(id, { score: Math.max(now.score, one.score), share: Math.max(now.share, share) });
          }
        }
        const rarity = best.size ? Math.log(1 + sections.length / best.size) : 1;
        idea.rarity = rarity;
        whole += rarity;
        for (const [id, one] of best) {
          const now = total.get(id) || { score: 0, share: 0 };
          total.set(id, { score: now.score + one.score, share: now.share + one.share * rarity });
        }
      }
      // A query that is a name leads to what bears it. One that holds a name leans towards it and, if it names
      // a page ("norfolk training"), towards the sections of that page.
      const named = new Map();
      const lean = (id, weight) => named.set(id, Math.max(named.get(id) || 0, weight));
      const name = (key, weight, within) => (keyed.get(key) || []).forEach((id) => {
        lean(id, weight);
        if (within && sections[id].at === 0) sections[id].page.ids.forEach((one) => lean(one, weight * within));
      });
      name(tokens.join(" "), 1.2, 0);
      name(keyOf(tokens), 1, 0);
      for (const idea of ideas) name(keyOf(idea.own), WEIGHT.part * idea.rarity / whole, WEIGHT.within);
      const groups = new Map();
      let top = 0;
      const hits = [];
      for (const [id, one] of total) {
        const section = sections[id];
        let score = one.score * (one.share / whole) ** WEIGHT.covers;
        if (section.page.listing) score *= WEIGHT.listing;
        hits.push({ section, score });
        top = Math.max(top, score);
      }
      for (const hit of hits) hit.score += top * WEIGHT.named * (named.get(hit.section.id) || 0);
      hits.sort((one, two) => two.score - one.score);
      for (const hit of hits) {
        const group = groups.get(hit.section.page) || { page: hit.section.page, score: hit.score, sections: [] };
        groups.set(hit.section.page, group);
        group.sections.push(hit);
      }
      return { groups: [...groups.values()], typed, tokens, ideas };
    }

    return { engine, sections, find, addAll: index };
  }

  globalThis.ceSearch = { open, words, single, stem, WEIGHT, FIELDS };
})();
