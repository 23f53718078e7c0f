// Opens a pull request with the files that a correction changed, or says on its issue why there is none. What it is
// handed comes from a run that read a stranger's words: only files of the data are taken, and the words show as code.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const FILE = /^data\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.(?:yml|csv)$/;
const MOST = 1_000_000;

/** Return the files below a folder, by their paths in the repository. */
function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder, { recursive: true }).map((name) => name.split(path.sep).join("/"));
  return names.sort().flatMap((name) => {
    const stat = fs.lstatSync(path.join(folder, name));
    if (stat.isDirectory()) return [];
    if (!stat.isFile() || stat.size > MOST || !FILE.test(name)) throw new Error(`${name} is no file of the data`);
    return [{ name, content: fs.readFileSync(path.join(folder, name)).toString("base64") }];
  });
}

/** Return words as an indented block, in which nothing is a link, a name or a picture. */
function asCode(text) {
  const plain = text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, " ");
  return plain.slice(0, 20000).trim().split("\n").map((line) => `    ${line}`).join("\n");
}

module.exports = async function propose({ github, context, folder }) {
  const { repo, payload } = context;
  const number = payload.issue.number;
  const said = asCode(fs.readFileSync(path.join(folder, "said.txt"), "utf8"));
  const files = filesBelow(path.join(folder, "files"));
  const answer = (body) => github.rest.issues.createComment({ ...repo, issue_number: number, body });
  if (!files.length) {
    await answer(`Nothing was changed. The program said:\n\n${said}`);
    return;
  }
  const base = payload.repository.default_branch;
  const { data: head } = await github.rest.git.getRef({ ...repo, ref: `heads/${base}` });
  const branch = `correction-${number}-${context.runId}`;
  await github.rest.git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha: head.object.sha });
  for (const { name, content } of files) {
    const { data: old } = await github.rest.repos.getContent({ ...repo, path: name, ref: branch });
    const message = `Correct ${name}, as #${number} asks`;
    await github.rest.repos.createOrUpdateFileContents({ ...repo, branch, path: name, content, message, sha: old.sha });
  }
  const { data: pull } = await github.rest.pulls.create({
    ...repo,
    base,
    head: branch,
    title: `Correction from #${number}`,
    body: `Closes #${number}. Please compare the change with the source that the issue names.\n\n${said}\n\n` +
      "Checks do not start by themselves on what a program opens: close this and open it again to start them.",
  });
  await answer(`Thank you. The change waits to be compared with the report: #${pull.number}.`);
};
