// Keeps one issue of each kind that lists what is to be done: opens it, writes it anew, or closes it when nothing is.
"use strict";

const fs = require("node:fs");

const KINDS = {
  reviews: { mark: "<!-- due for review -->", title: "Due for review", none: "Nothing is due for review." },
  weaknesses: { mark: "<!-- weaknesses -->", title: "Known weaknesses of what the guide uses", none: "None is known." },
  links: { mark: "<!-- links -->", title: "Links that do not answer", none: "Every link answered." },
};

module.exports = async function remind({ github, context, file, kind = "reviews" }) {
  const { mark, title, none } = KINDS[kind];
  const due = fs.readFileSync(file, "utf8").trim();
  const open = await github.paginate(github.rest.issues.listForRepo, { ...context.repo, state: "open" });
  const own = open.find((one) => one.user.login === "github-actions[bot]" && (one.body || "").startsWith(mark));
  const body = `${mark}\n\n${due || none}`;
  if (own) {
    const state = due ? "open" : "closed";
    await github.rest.issues.update({ ...context.repo, issue_number: own.number, body, state });
  } else if (due) {
    await github.rest.issues.create({ ...context.repo, title, body });
  }
};
