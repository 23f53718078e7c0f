/* Made of the parts in macros/publish/scripts/search-rank: change those, as this file is written again. */
(function () {
"use strict";
const { words, stem, likeliest, spelled, numerals, postcode, NUMBER } = globalThis.ceWords;

const BEGINS = 0.375; // a word that begins with what is typed
const FAMILY = 0.6; // a word of the same stem
const OTHER = 0.55; // other words for the same thing
const LISTING = 0.4; // a page that only gathers what others say
const COVERS = 2; // how much it matters that a section holds all of the query
const NAMED = 1.6; // a query that is the name of a page or term
const PART = 0.8; // a query that holds such a name
const WITHIN = 0.9; // a section of the page so named
const HELD = 0.89; // share of an idea from which a page holds it
const BEST = 2; // results that stay first, whatever stands beside them
const SHOWN = 3; // sections of one page
const PASSAGE = 170; // letters
const PIECE = 60; // letters round a word that stands far from the others
const STEPS = 4; // of one point of a score, as the index has them

function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

function holder(begins, word) {
  let low = 0;
  let high = begins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins[middle] <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}

function openIndex(load, data) {
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

function meaningIn(load, data, { ignored, others, longest, part }) {
  function joined(tokens) {
    const made = [];
    for (const token of tokens) {
      const both = (made[made.length - 1] || "") + token;
      if (/^[a-z]{1,2}\d$/.test(both) && /^\d$/.test(token) && part(both).rows.has(both)) made[made.length - 1] = both;
      else made.push(token);
    }
    return made;
  }
  function joints(tokens) {
    return tokens.slice(1).map((token, at) => tokens[at] + token).filter((both) => /^[a-z]{1,2}\d$/.test(both));
  }

  function ideasOf(tokens, unfinished) {
    const said = (all) => all.filter((word) => !ignored.has(word));
    const ideas = [];
    for (let at = 0, size; at < tokens.length; at += size) {
      size = Math.min(longest, tokens.length - at);
      while (size > 1 && !others.has(tokens.slice(at, at + size).join(" "))) size--;
      const all = tokens.slice(at, at + size);
      const also = others.get(all.join(" ")) || [];
      const own = said(all).length ? said(all) : all;
      if (also.length || said(all).length) {
        ideas.push({ own, prefix: unfinished && at + size === tokens.length, also: also.map(said).filter((one) => one.length) });
      }
    }
    if (!ideas.length && tokens.length) ideas.push({ own: tokens, prefix: unfinished, also: [] });
    return ideas;
  }

  function isKnown(word, prefix) {
    if (ignored.has(word) || others.has(word)) return true;
    const held = part(word);
    if (held.rows.has(word) || held.families.has(stem(word))) return true;
    if (prefix && word.length > 2) for (const one of held.rows.keys()) if (one.startsWith(word)) return true;
    return false;
  }

  async function slips(tokens, unfinished) {
    const strange = tokens.filter((word, at) => !isKnown(word, unfinished && at === tokens.length - 1));
    const found = new Map();
    if (!strange.length) return found;
    const [lexicon, ...real] = await Promise.all([
      load("spelling"), ...strange.map((word) => load(`english/${holder(data.english, word.slice(0, 3))}`)),
    ]);
    const candidates = lexicon.split(" ").map((one) => one.split(":")).map(([word, count]) => [word, Number(count)]);
    strange.forEach((word, at) => {
      const isWord = (` ${real[at]} `).includes(` ${word} `);
      const meant = isWord ? null : likeliest(word, candidates);
      found.set(word, meant);
    });
    return found;
  }

  return { joined, joints, ideasOf, slips };
}

function scoresIn({ pageOf, part, keyOf, bearers }) {
  function withWord(word, prefix) {
    const found = new Map();
    const held = part(word);
    const add = (row, weight) => {
      let at = 0;
      for (let i = 0; i < row.length; i += 2) {
        at += row[i];
        found.set(at, (found.get(at) || 0) + weight * row[i + 1] / STEPS);
      }
    };
    if (held.rows.has(word)) add(held.rows.get(word), 1);
    if (prefix && word.length > 2) {
      for (const [one, row] of held.rows) {
        if (one !== word && one.startsWith(word)) add(row, BEGINS * one.length / (one.length + 0.3 * (one.length - word.length)));
      }
    }
    for (const one of held.families.get(stem(word)) || []) if (one !== word) add(held.rows.get(one), FAMILY);
    return found;
  }

  function withWords(all, prefix, weight) {
    const found = new Map();
    all.forEach((word, at) => withWord(word, prefix && at === all.length - 1).forEach((score, id) => {
      const [before, count] = found.get(id) || [0, 0];
      found.set(id, [before + score, count + 1]);
    }));
    for (const [id, [score, count]] of found) {
      const share = count / all.length;
      found.set(id, [score * share * weight / Math.sqrt(all.length), share]);
    }
    return found;
  }

  function withIdea(idea) {
    const best = withWords(idea.own, idea.prefix, 1);
    for (const found of best.values()) found.push(true);
    for (const way of idea.also) {
      for (const [id, [score, share]] of withWords(way, false, OTHER)) {
        const [most, whole, says] = best.get(id) || [0, 0, false];
        best.set(id, [Math.max(most, score), Math.max(whole, share * 0.9), says || share === 1]);
      }
    }
    return best;
  }

  function pointedTo(ideas, tokens, whole) {
    const found = new Map();
    const lean = (id, weight) => found.set(id, Math.max(found.get(id) || 0, weight));
    const name = (key, weight, within) => bearers(key).forEach((id) => {
      lean(id, weight);
      const page = pageOf[id];
      if (within && id === page.first) for (let at = id; at < id + page.count; at++) lean(at, weight * within);
    });
    name(tokens.join(" "), 1.2, 0);
    name(keyOf(tokens), 1, 0);
    for (const idea of ideas) name(keyOf(idea.own), PART * idea.rarity / whole, WITHIN);
    return found;
  }

  return { withIdea, pointedTo };
}

function beside(ranked) {
  const left = [...ranked];
  const made = left.splice(0, BEST);
  while (left.length) {
    const at = made.length % 2 ? left.findIndex((one) => one.page.record && one.full) : 0;
    made.push(...left.splice(Math.max(0, at), 1));
  }
  return made;
}

function open(load, data) {
  const index = openIndex(load, data);
  const { deeds, pageOf, total, blocks, fetched } = index;
  const { joined, joints, ideasOf, slips } = meaningIn(load, data, index);
  const { withIdea, pointedTo } = scoresIn(index);

  async function find(query, asTyped) {
    const code = postcode(query);
    const typedIn = code && code.whole ? `${code.rest} ${code.begins}` : query;
    const typed = words(spelled(typedIn));
    const unfinished = /[\p{L}\p{N}]$/u.test(query) && !(code && code.whole); // the last word may be
    const needed = (tokens) => {
      const all = ideasOf(tokens, unfinished);
      return Promise.all([...new Set([...tokens, ...joints(tokens), ...all.flatMap((idea) => idea.also.flat())])].map(fetched));
    };
    await needed(typed);
    let tokens = joined(typed);
    const strange = await slips(tokens, unfinished);
    const mended = [];
    if (!asTyped) {
      tokens = tokens.map((word) => {
        const meant = strange.get(word);
        if (meant) mended.push([word, meant]);
        return meant || word;
      });
      if (mended.length) await needed(tokens);
    }
    const ideas = ideasOf(tokens, unfinished);
    const scores = new Map(); // section → [score, share of the ideas]
    const holding = new Map(); // page → the ideas it holds
    const saying = new Set(); // pages that say one of the ideas at least
    let whole = 0;
    ideas.forEach((idea, number) => {
      const best = withIdea(idea);
      idea.rarity = best.size ? Math.log(1 + total / best.size) : 1;
      whole += idea.rarity;
      for (const [id, [score, share, says]] of best) {
        const [before, covered] = scores.get(id) || [0, 0];
        scores.set(id, [before + score, covered + share * idea.rarity]);
        if (says) saying.add(pageOf[id]);
        if (share >= HELD) {
          if (!holding.has(pageOf[id])) holding.set(pageOf[id], new Set());
          holding.get(pageOf[id]).add(number);
        }
      }
    });
    const hits = [];
    for (const [id, [score, covered]] of scores) {
      hits.push({ id, score: score * (covered / whole) ** COVERS * (pageOf[id].listing ? LISTING : 1) });
    }
    const top = hits.reduce((most, hit) => Math.max(most, hit.score), 0);
    const pointed = pointedTo(ideas, tokens, whole);
    for (const hit of hits) hit.score += top * NAMED * (pointed.get(hit.id) || 0);
    hits.sort((one, two) => two.score - one.score || one.id - two.id);
    const byPage = new Map();
    for (const hit of hits) if (saying.has(pageOf[hit.id])) push(byPage, pageOf[hit.id], hit);
    let results = [...byPage].map(([page, found]) => ({
      page, score: found[0].score, full: (holding.get(page) || new Set()).size === ideas.length,
      sections: found.slice(0, SHOWN).map((hit) => hit.id), named: pointed.get(found[0].id) || 0, ideas,
    }));
    const said = ` ${tokens.join(" ")} `;
    if (deeds.some((one) => said.includes(` ${one} `))) results = beside(results);
    return {
      results,
      whole: results.filter((one) => one.full).length,
      ideas,
      slips: [...strange].filter(([, meant]) => meant),
      mended,
      strange: [...strange.keys()].filter((word) => asTyped || !strange.get(word)),
      postcode: code && strange.has(code.begins.toLowerCase()) ? code.begins : null,
    };
  }

  async function shown(result) {
    const block = (id) => holder(blocks, id);
    const held = await Promise.all(result.sections.map((id) => load(`texts/${block(id)}`)));
    const [url, title, place] = held[0];
    return {
      url, title, place, named: result.named,
      sections: result.sections.map((id, at) => {
        const [anchor, heading, text, names, places, codes] = held[at][3][id - blocks[block(id)]];
        return { anchor, title: heading, text, names, places, codes };
      }),
    };
  }

  return { find, shown };
}

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

const PARTS = new RegExp(`${NUMBER.source}|[\\p{L}\\p{N}'’-]+|[^\\p{L}\\p{N}'’-]`, "giu");

function taken(text, ideas) {
  const parts = [...text.matchAll(PARTS)].map((found) => found[0]);
  const read = parts.map((part) => words(part).map((word) => [word, stem(word)]));
  const is = marker(ideas).map((idea) => (read.some(idea.own) ? idea.own : idea.other));
  return { parts, found: read.map((all) => (all.length ? is.findIndex((one) => one(all)) : -1)) };
}

function marked(text, ideas) {
  const { parts, found } = taken(text, ideas);
  return parts.map((part, at) => [part, found[at] >= 0]);
}

function held(text, ideas) {
  return new Set(taken(text, ideas).found.filter((idea) => idea >= 0));
}

function passage({ text }, ideas) {
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

globalThis.ceSearch = { open, passage, marked, held };
})();
