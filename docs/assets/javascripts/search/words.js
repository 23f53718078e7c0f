// Takes what is typed apart into words, as macros/publish/search_words.py does with the pages. Search and “Find your Trust” share it.
(function () {
  "use strict";

  const WORD = /\d+\.\d+|[a-z0-9]+/g;
  const ID = /\b([a-z]{1,2})-(\d)\b/g; // "NA-1" is one word; everything else ends at a hyphen
  const NUMBER = /\b(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?: ?(million|thousand|billion|mn|bn|m|k))?(?![a-z0-9])/g;
  const SCALES = { k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, million: 1e6, bn: 1e9, billion: 1e9 };
  const MOST_DIGITS = 12;
  const SUFFIX = /(?:ational|ations?|ingly|ment|ings?|ness|ance|ence|ers?|ors?|ed|ies|es|ions?|al|ive|ly|y|e)$/;
  const SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
  const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’‘]/g, "");
  }
  // "£2m", "£2 million" and "2,000,000" are "2000000".
  function sum(whole, number, part, scale) {
    const digits = number.replace(/,/g, "");
    if (digits.length > MOST_DIGITS || !(part || scale)) return digits;
    return String(Math.round(Number(digits + (part || "")) * (SCALES[scale] || 1) * 100) / 100);
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
  function words(text) {
    return (plain(text).replace(NUMBER, sum).replace(ID, "$1$2").match(WORD) || []).map(single);
  }

  // Numbers in words, as digits: "two and a half million" is "2.5 million". A small number
  // by itself stays a word. Only what is typed needs it.
  function spelled(text) {
    const parts = text.split(/([^\p{L}\p{N}'’]+)/u);
    const word = (at) => (parts[at] || "").toLowerCase();
    const tens = (at) => TENS.indexOf(word(at));
    const small = (at) => (/^\d+$/.test(word(at)) ? Number(word(at)) : SMALL.indexOf(word(at)));
    let made = "";
    for (let at = 0; at < parts.length; at += 2) {
      let value = -1;
      let next = at;
      if (word(at) === "half" && /^an?$/.test(word(at + 2))) { value = 0.5; next = at + 4; }
      else if (/^an?$/.test(word(at)) && word(at + 2) === "quarter" && word(at + 4) === "of" && /^an?$/.test(word(at + 6))) { value = 0.25; next = at + 8; }
      else if (/^an?$/.test(word(at)) && word(at + 2) in SCALES && word(at + 2).length > 2) { value = 1; next = at + 2; }
      else {
        if (tens(at) >= 0) {
          value = 20 + 10 * tens(at);
          next = at + 2;
          if (small(next) > 0 && small(next) < 10) { value += small(next); next += 2; }
        } else if (small(at) >= 0) { value = small(at); next = at + 2; }
        if (value > 0 && word(next) === "hundred") {
          value *= 100;
          next += 2;
          const rest = word(next) === "and" ? next + 2 : next;
          if (tens(rest) >= 0) { value += 20 + 10 * tens(rest); next = rest + 2; }
          if (small(rest) > 0) { value += small(rest); next = rest + 2; }
        }
        if (value >= 0 && word(next) === "and" && /^an?$/.test(word(next + 2)) && word(next + 4) === "half") { value += 0.5; next += 6; }
      }
      const asTyped = next === at + 2 && (/^\d+$/.test(word(at)) || !(word(next) in SCALES)); // "one of them"
      if (value < 0 || asTyped || next > parts.length + 1) { made += parts[at] + (parts[at + 1] || ""); continue; }
      made += value + (parts[next - 1] || "");
      at = next - 2;
    }
    return made;
  }

  // What is left of a word that is spelled by ear: "burocracy" and "bureaucracy" are both "brcrc".
  function bones(word) {
    return word[0] + word.slice(1).replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");
  }
  // Edits from one word to another, where two letters that change places are one edit.
  function distance(one, two) {
    let before = [];
    let last = Array.from({ length: two.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= two.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return last[two.length];
  }
  // The likeliest of some words, each with how often it stands in the guide, for one that is none; or null.
  function likeliest(word, candidates) {
    if (word.length < 4 || /\d/.test(word)) return null;
    const most = word.length < 6 ? 1 : word.length < 9 ? 2 : 3;
    const skeleton = bones(word);
    let chosen = null;
    let least = Infinity;
    for (const [term, count] of candidates) {
      const byEar = term[0] === word[0] && bones(term) === skeleton;
      if (!byEar && Math.abs(term.length - word.length) > most) continue;
      let edits = distance(word, term);
      if (byEar) edits = Math.min(edits, 2);
      if (edits > most) continue;
      const cost = edits + (term[0] === word[0] ? 0 : 0.6) - Math.min(0.4, count / 100);
      if (cost < least) { least = cost; chosen = term; }
    }
    return chosen;
  }

  // "NR1 1AA", "nr11aa" and "NR1" begin with NR1: gives what stands before it, the beginning, and what stands after it.
  const FULL = /\b([a-z]{1,2}\d[a-z\d]?) ?\d[a-z]{2}\b/i;
  const OUTWARD = /^\s*([a-z]{1,2}\d[a-z\d]?)(?:\s+\d[a-z]?)?\s*$/i; // the rest may be being typed
  function postcode(text) {
    const found = FULL.exec(text) || OUTWARD.exec(text);
    if (!found) return null;
    return { begins: found[1].toUpperCase(), rest: `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`, whole: found[0].trim() !== found[1] };
  }

  globalThis.ceWords = { plain, single, stem, words, spelled, numerals: SMALL, bones, distance, likeliest, postcode, NUMBER };
})();
