// Writes one comment on the pull request that a finished run belongs to, or writes it anew. What the comment says comes
// from a run that anybody can start, so it is cut to size and shown as words: it calls nobody, links to nothing, shows no
// pictures and hides nothing.
"use strict";

const fs = require("node:fs");

const MARK = "<!-- what this pull request changes -->";
const MOST = 60000; // GitHub takes 65,536 characters
const LONGEST = 5000; // of a line: its signs may each take six characters
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const JOIN = "\u2060"; // is not seen, and keeps a sign from calling somebody or something
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", $: "<span>$</span>" }; // between $ stands a formula

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]);

/** Return words as HTML in which GitHub finds no name, issue, commit, address or smiley to make something of. */
function shown(text) {
  return text
    .replace(/[@#](?=\S)|\bGH(?=-\d)|:(?=\/\/)|:(?=[\w+-]+:)|\bwww(?=\.)|[0-9a-f]{6}(?=[0-9a-f])/gi, `$&${JOIN}`)
    .replace(/[&<>"$]/g, (sign) => SIGNS[sign]);
}

/** Return a line of the summary as HTML: code and bold words are its own, and all else is words. */
function inline(line) {
  let bold = false;
  let html = "";
  let at = 0;
  const words = (end) => { html += shown(plain + line.slice(at, end)); plain = ""; };
  let plain = "";
  for (const found of line.matchAll(/\\([!-/:-@[-`{-~])|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)|\*\*/g)) {
    if (found[1]) {
      plain += line.slice(at, found.index) + found[1]; // a sign that is escaped belongs to the words beside it
    } else {
      words(found.index);
      if (found[3]) html += `<code>${escaped(found[3].trim())}</code>`;
      else html += (bold = !bold) ? "<strong>" : "</strong>";
    }
    at = found.index + found[0].length;
  }
  words(line.length);
  return html + (bold ? "</strong>" : "");
}

const KINDS = [ // what a line begins with, what it becomes, and what stands around several
  [/^#{2,4} (.*)$/, (text) => `<h3>${inline(text)}</h3>`, ""],
  [/^- (.*)$/, (text) => `<li>${inline(text)}</li>`, "ul"],
  [/^ {4}(.*\S.*)$/, (text) => escaped(text), "pre"],
  [/^(.*\S.*)$/, (text) => `<p>${inline(text)}</p>`, ""],
];

/** Return text from a stranger as one block of HTML: headings, lists, bold, code, and no other meaning of any sign. */
function harmless(text) {
  const lines = [];
  let around = "";
  let length = 0;
  const go = (to) => {
    if (around === to) return;
    if (around) lines.push(`</${around}>`);
    if (to) lines.push(`<${to}>`);
    around = to;
  };
  for (const raw of text.replace(/<!--[^<>]*-->/g, "").split(/\r\n|\r|\n/)) {
    const line = raw.replace(HIDDEN, "").slice(0, LONGEST);
    const [pattern, made, within] = KINDS.find(([one]) => one.test(line)) ?? [];
    if (!pattern) continue;
    const html = made(line.match(pattern)[1]);
    length += html.length + 10;
    if (length > MOST || raw.length > LONGEST) {
      go("");
      if (length <= MOST) lines.push(`<p>${shown(line.slice(0, 500))}</p>`);
      lines.push("<p>… The rest is left out: it is too long for a comment.</p>");
      break;
    }
    go(within);
    lines.push(html);
  }
  go("");
  return ["<div>", ...lines, "</div>"].join("\n");
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
  const body = [MARK, harmless(handedOn(file)), "---", await preview(github, context.repo, run)].join("\n\n");
  const about = { ...context.repo, issue_number: pull.number };
  const comments = await github.paginate(github.rest.issues.listComments, about);
  const own = comments.find((one) => one.user.login === "github-actions[bot]" && one.body.startsWith(MARK));
  if (own) await github.rest.issues.updateComment({ ...context.repo, comment_id: own.id, body });
  else await github.rest.issues.createComment({ ...about, body });
};

module.exports.harmless = harmless;
