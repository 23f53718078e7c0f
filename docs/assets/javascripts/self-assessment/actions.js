// The list of actions at the end: each check of a standard that is not met yet, with room for who, by when and evidence.
// Its columns are those of the checklists that can be downloaded (macros/derived/action_lists.py).
import { lines } from "./csv.js";
import { make } from "./joint.js";

const OPEN = new Set(["partly", "not-yet"]);
const FILLED_IN = ["Who", "By when", "Evidence"];
const COLUMNS = ["Standard", "Title", "We can show that", "Our suggestion", ...FILLED_IN];

/** The standards whose answer leaves something to do, each with its note. */
export function open(standards, answers) {
  return standards.filter((one) => OPEN.has(answers.get(one.id)?.answer))
    .map((one) => ({ one, note: answers.get(one.id).note?.trim() || "" }));
}

/** The list as a spreadsheet reads it. What was noted stands under “Evidence”, to go on from. */
export function actionsCsv(found) {
  return lines([COLUMNS, ...found.flatMap(({ one, note }) => one.checks.map((check) => [
    one.id.toUpperCase(), one.title, check.text, check.suggestion || "none", "", "", note]))]);
}

export function actionsTable(found) {
  return make("div", { class: "ce-scroll", role: "region", tabindex: 0, "aria-labelledby": "actions-caption" },
    make("table", { class: "ce-table ce-actions__table", role: "table" },
      make("caption", { id: "actions-caption" }, "What is still to be shown, standard by standard"),
      make("thead", {}, make("tr", {},
        ...["We can show that …", ...FILLED_IN].map((head) => make("th", { scope: "col" }, head)))),
      ...found.map(({ one, note }) => make("tbody", {},
        make("tr", {}, make("th", { scope: "rowgroup", colspan: 4 },
          make("a", { href: one.link }, `${one.id.toUpperCase()} ${one.title}`),
          ...(note ? [make("p", { class: "ce-joint__note" }, make("bdi", {}, note))] : []))),
        ...one.checks.map((check) => make("tr", {},
          make("th", { scope: "row" }, check.text), ...FILLED_IN.map(() => make("td", {}))))))));
}
