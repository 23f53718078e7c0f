// Which sections answer a query, best first. What words are worth in sections was settled when the site was built
// (macros/publish/search_shards.py); this adds up, and adds what the guide knows about words. It needs no page, so that the tests
// and the benchmark can ask the very same code.
// This part is what the others share: what is known of words, and how much each thing weighs.

export const { words, stem, likeliest, spelled, numerals, postcode, NUMBER } = globalThis.ceWords;

// Settled on the tuning part of tests/search/queries.yml; `benchmarks/search.py` prints what they give.
export const BEGINS = 0.375; // a word that begins with what is typed
export const FAMILY = 0.6; // a word of the same stem
export const OTHER = 0.55; // other words for the same thing
export const LISTING = 0.4; // a page that only gathers what others say
export const COVERS = 2; // how much it matters that a section holds all of the query
export const NAMED = 1.6; // a query that is the name of a page or term
export const PART = 0.8; // a query that holds such a name
export const WITHIN = 0.9; // a section of the page so named
export const HELD = 0.89; // share of an idea from which a page holds it
export const BEST = 2; // results that stay first, whatever stands beside them
export const SHOWN = 3; // sections of one page
export const PASSAGE = 170; // letters
export const PIECE = 60; // letters round a word that stands far from the others
export const STEPS = 4; // of one point of a score, as the index has them
