// What a query means.
import { likeliest, stem } from "./weights.js";
import { holder, push } from "./index.js";

export function meaningIn(load, data, { ignored, others, longest, part }) {
  // "gr 1" is the standard GR-1, where there is one.
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

  // The tokens as a list of ideas, each with the ways to say it: its own words first.
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

  // For each word that stands nowhere in the guide: whether it is a word at all, and if not, what it may be a slip of.
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
