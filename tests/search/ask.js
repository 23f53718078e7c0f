// Asks the search of a built site, with the scripts that its pages load: node ask.js SITE < queries.json > answers.json
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const site = path.resolve(process.argv[2]);
const scripts = path.join(site, "assets/javascripts");
const vendored = fs.readdirSync(path.join(scripts, "vendor")).find((name) => name.startsWith("minisearch-"));
globalThis.window = globalThis;
const MiniSearch = require(path.join(scripts, "vendor", vendored, "minisearch.js"));
for (const file of [path.join(scripts, "search/rank.js"), path.join(site, "search/index.js")]) {
  vm.runInThisContext(fs.readFileSync(file, "utf8"), file);
}

const queries = JSON.parse(fs.readFileSync(0, "utf8"));
window.ceSearch.open(MiniSearch, window.ceSearchIndex).then((index) => {
  const answers = queries.map((query) => {
    const { results, mended } = index.find(query);
    return {
      mended,
      results: results.map(({ url, place, sections }) => ({
        url, place, sections: sections.map((one) => one.anchor),
        passage: window.ceSearch.passage(sections[0]),
      })),
    };
  });
  fs.writeFileSync(1, JSON.stringify(answers));
});
