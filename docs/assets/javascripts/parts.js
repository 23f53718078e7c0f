// Fetches the script of a part only where a page has that part. Every page is complete without them.
const PARTS = {
  "[data-ce-assess]": "./self-assessment.js",
  "[data-ce-compare]": "./compare.js",
  "[data-ce-correct]": "./correct.js",
  "[data-ce-filter]": "./filter.js",
  "[data-ce-find]": "./find.js",
  "[data-ce-map]": "./map.js",
  "[data-ce-print]": "./print.js",
  ".ce-ask": "./copy.js",
};
for (const [mark, file] of Object.entries(PARTS)) {
  if (document.querySelector(mark)) import(file);
}
