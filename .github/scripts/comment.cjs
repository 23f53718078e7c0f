// Writes one comment on the pull request that a finished run belongs to, or writes it anew. What the comment says comes
// from a run that anybody can start, so it is cut to size and cannot call people, show pictures or hide markup.
"use strict";

const fs = require("node:fs");

const MARK = "<!-- what this pull request changes -->";
const MOST = 60000; // GitHub takes 65,536 characters
const PLAIN_TAGS = /&lt;(\/?(?:details|summary|br)(?: open)?)>/g;

/** Return text from a stranger as Markdown that does no more than show words. */
function harmless(text) {
  const cut = text.length > MOST ? `${text.slice(0, MOST)}\n\n… The rest is left out: it is too long for a comment.` : text;
  return cut
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u2069]/g, "")
    .replace(/</g, "&lt;")
    .replace(PLAIN_TAGS, "<$1>")
    .replace(/@(?=\w)/g, "@\u2060")
    .replace(/!(?=\[)/g, "!\u2060");
}

/** Return the text of a small plain file, or say that there is none. */
function handedOn(file) {
  const stat = fs.lstatSync(file);
  if (!stat.isFile() || stat.size > 1_000_000) throw new Error(`${file} is not a small plain file`);
  return fs.readFileSync(file, "utf8");
}

/** Return the open pull request whose newest commit the run was for. The run itself is asked, not what it handed on. */
async function pullRequest(github, repo, run) {
  const head = `${run.head_repository.owner.login}:${run.head_branch}`;
  const found = await github.paginate(github.rest.pulls.list, { ...repo, state: "open", head });
  return found.find((one) => one.head.sha === run.head_sha);
}

async function preview(github, repo, run) {
  const kept = await github.paginate(github.rest.actions.listWorkflowRunArtifacts, { ...repo, run_id: run.id });
  const site = kept.find((one) => one.name === "site");
  return site
    ? `[The site as it would be](${run.html_url}/artifacts/${site.id}) (a ZIP file, kept for two weeks: unpack it and open \`index.html\`)`
    : "There is no preview: the site cannot be built until the problems are mended.";
}

module.exports = async function comment({ github, context, core, file }) {
  const run = context.payload.workflow_run;
  const pull = await pullRequest(github, context.repo, run);
  if (!pull) {
    core.info("There is a newer commit, or the pull request is closed: nothing to say.");
    return;
  }
  const body = [MARK, harmless(handedOn(file)).trim(), "---", await preview(github, context.repo, run)].join("\n\n");
  const about = { ...context.repo, issue_number: pull.number };
  const comments = await github.paginate(github.rest.issues.listComments, about);
  const own = comments.find((one) => one.user.login === "github-actions[bot]" && one.body.startsWith(MARK));
  if (own) await github.rest.issues.updateComment({ ...context.repo, comment_id: own.id, body });
  else await github.rest.issues.createComment({ ...about, body });
};

module.exports.harmless = harmless;
