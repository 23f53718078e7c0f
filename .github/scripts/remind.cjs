// Keeps one issue of each kind that lists what is to be done: opens it, writes it anew, or closes it when nothing is.
// What the tests of the night find is added, and stays until somebody has mended it and closes the issue.
"use strict";

const fs = require("node:fs");

const KINDS = {
  reviews: { mark: "<!-- due for review -->", title: "Due for review", none: "Nothing is due for review." },
  weaknesses: { mark: "<!-- weaknesses -->", title: "Known weaknesses of what the guide uses", none: "None is known." },
  seeds: { mark: "<!-- seeds -->", title: "Found by the tests of the night", none: "Nothing was found.", adds: true },
  links: { mark: "<!-- links -->", title: "Links that do not answer", none: "Every link answered." },
};

module.exports = async function remind({ github, context, file, kind = "reviews" }) {
  const { mark, title, none, adds } = KINDS[kind];
  const due = fs.readFileSync(file, "utf8").trim();
  const open = await github.paginate(github.rest.issues.listForRepo, { ...context.repo, state: "open" });
  const own = open.find((one) => one.user.login === "github-actions[bot]" && (one.body || "").startsWith(mark));
  if (adds && !due) return; // a night without a find mends nothing that was found before
  const before = adds && own ? `${own.body}\n\n` : `${mark}\n\n`;
  const body = `${before}${due || none}`.slice(0, 60000);
  if (own) {
    const state = due ? "open" : "closed";
    await github.rest.issues.update({ ...context.repo, issue_number: own.number, body, state });
  } else if (due) {
    await github.rest.issues.create({ ...context.repo, title, body });
  }
};
