// Asks the search of a built site, with the scripts that its pages load: node ask.js SITE < queries.json > answers.json
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const site = path.resolve(process.argv[2]);
const told = new Map();
globalThis.ceSearchPart = (name, value) => told.set(name, value);
function run(file) { vm.runInThisContext(fs.readFileSync(path.join(site, file), "utf8"), file); }
const fetched = new Set();
async function load(name) {
  fetched.add(name);
  if (!told.has(name)) run(`search/${name}.js`);
  return told.get(name);
}

run("assets/javascripts/search/words.js");
run("assets/javascripts/search/rank.js");
run("search/index.js");

async function main() {
  const index = globalThis.ceSearch.open(load, told.get("index"));
  const answers = [];
  for (const query of JSON.parse(fs.readFileSync(0, "utf8"))) {
    fetched.clear();
    const { results, whole, mended, strange, postcode } = await index.find(query);
    const shown = [];
    for (const result of results) {
      const { url, title, place, sections } = await index.shown(result);
      shown.push({
        url, title, place, full: result.full, sections: sections.map((one) => one.anchor),
        passage: shown.length < 10 ? globalThis.ceSearch.passage(sections[0], result.ideas) : [],
      });
    }
    answers.push({ mended, whole, strange, postcode, results: shown });
  }
  fs.writeFileSync(1, JSON.stringify(answers));
}
main();
