// Answers queries.
import { COVERS, HELD, LISTING, NAMED, SHOWN, postcode, spelled, words } from "./weights.js";
import { holder, openIndex, push } from "./index.js";
import { meaningIn } from "./meaning.js";
import { beside, scoresIn } from "./scores.js";

// `load(name)` gives a promise of a part of the index; `data` is the part that all begins with.
export function open(load, data) {
  const index = openIndex(load, data);
  const { deeds, pageOf, total, blocks, fetched } = index;
  const { joined, joints, ideasOf, slips } = meaningIn(load, data, index);
  const { withIdea, pointedTo } = scoresIn(index);

  // Gives { results, whole, ideas, slips, mended, strange, postcode }. A result for each page with a word of the query,
  // best first; how many of them hold all of it; words that are none, each with what it may be a slip of; those in whose
  // place that was put; words that stand nowhere and have nothing in their place; how a postcode begins that the guide
  // does not know. With `asTyped`, nothing is put in the place of anything.
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

  // What to show of a result: { url, title, place, sections }, each section
  // { anchor, title, text, names, places, codes }.
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
