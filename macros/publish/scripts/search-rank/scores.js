// How well sections answer.
import { BEGINS, BEST, FAMILY, OTHER, PART, STEPS, WITHIN, stem } from "./weights.js";

export function scoresIn({ pageOf, part, keyOf, bearers }) {
  // section → score, for one word, its family and, while it is being typed, what begins with it
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

  // section → [score, share of the words it holds], for one way to say an idea
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

  // section → [score, share, whether it says it], for the best way to say an idea. Half of another way is no way to say
  // it; it only helps what says the rest.
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

  // section → how much a name in the query points to it
  function pointedTo(ideas, tokens, whole) {
    const found = new Map();
    const lean = (id, weight) => found.set(id, Math.max(found.get(id) || 0, weight));
    const name = (key, weight, within) => bearers(key).forEach((id) => {
      lean(id, weight);
      // "norfolk training": the sections of the page that is named, too
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

// Where a reader asks what Trusts did, profiles stand beside overviews: below the best, every other one at least.
export function beside(ranked) {
  const left = [...ranked];
  const made = left.splice(0, BEST);
  while (left.length) {
    const at = made.length % 2 ? left.findIndex((one) => one.page.record && one.full) : 0;
    made.push(...left.splice(Math.max(0, at), 1));
  }
  return made;
}
