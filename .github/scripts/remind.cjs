// Keeps one issue that lists what is due for review: opens it, writes it anew, or closes it when nothing is due.
"use strict";

const fs = require("node:fs");

const MARK = "<!-- due for review -->";

module.exports = async function remind({ github, context, file }) {
  const due = fs.readFileSync(file, "utf8").trim();
  const open = await github.paginate(github.rest.issues.listForRepo, { ...context.repo, state: "open" });
  const own = open.find((one) => one.user.login === "github-actions[bot]" && (one.body || "").startsWith(MARK));
  const body = `${MARK}\n\n${due || "Nothing is due for review."}`;
  if (own) {
    const state = due ? "open" : "closed";
    await github.rest.issues.update({ ...context.repo, issue_number: own.number, body, state });
  } else if (due) {
    await github.rest.issues.create({ ...context.repo, title: "Due for review", body });
  }
};
