// The joint view: both sides' answers in one table, the differences first. It counts, and never scores.

/** Put standards into groups by their two sets of answers; `blank` ones have nothing from either side. */
export function compare(standards, ours, theirs) {
  const groups = { differ: [], agree: [], open: [], blank: [] };
  for (const one of standards) {
    const row = { one, ours: ours.get(one.id) || {}, theirs: theirs.get(one.id) || {} };
    groups[groupOf(row.ours, row.theirs)].push(row);
  }
  return groups;
}

function groupOf(ours, theirs) {
  if (ours.answer && theirs.answer) return ours.answer === theirs.answer ? "agree" : "differ";
  return [ours.answer, ours.note?.trim(), theirs.answer, theirs.note?.trim()].some(Boolean) ? "open" : "blank";
}

export function sentence({ differ, agree, open, blank }) {
  const rest = open.length + blank.length;
  return `Your answers differ on ${standards(differ.length)} and agree on ${agree.length || "none"}. ` +
    (rest ? `An answer is missing on ${standards(rest)}, so ${rest === 1 ? "it is" : "they are"} not compared.`
      : "Every standard shown is compared.");
}

const standards = (count) => (count === 1 ? "1 standard" : `${count || "no"} standards`);

const GROUPS = [
  ["differ", "Answers differ"],
  ["agree", "Answers agree"],
  ["open", "Not compared: an answer is missing"],
];

/** Draw the table. `names` says in words whose answers stand in the two columns; `choices` turns answers into words. */
export function table(groups, names, choices) {
  const heads = ["Standard", `You: ${names.ours}`, `Your partner: ${names.theirs}`];
  const parts = GROUPS.filter(([key]) => groups[key].length).map(([key, title]) => make("tbody", { role: "rowgroup" },
    make("tr", { role: "row", class: "ce-joint__group" },
      make("th", { role: "rowheader", scope: "rowgroup", colspan: 3, "aria-colspan": 3 }, `${title} (${groups[key].length})`)),
    ...groups[key].map((row) => make("tr", { role: "row" },
      make("th", { role: "rowheader", scope: "row" }, make("a", { href: row.one.link },
        make("span", { class: "ce-standards__id" }, row.one.id.toUpperCase()), ` ${row.one.title}`)),
      cell(heads[1], row.ours, choices),
      cell(heads[2], row.theirs, choices)))));
  return make("div", { class: "ce-scroll", role: "region", tabindex: 0, "aria-labelledby": "joint-caption" },
    make("table", { class: "ce-table ce-table--stack ce-joint__table", role: "table" },
      make("caption", { id: "joint-caption" }, "Both sides’ answers, those that differ first"),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" },
        ...heads.map((head) => make("th", { role: "columnheader", scope: "col" }, make("bdi", {}, head))))),
      ...parts));
}

function cell(label, { answer, note }, choices) {
  const said = answer ? make("strong", {}, choices.get(answer)) : make("span", { class: "ce-unknown" }, "No answer");
  return make("td", { role: "cell", "data-label": label },
    make("p", {}, said), ...(note?.trim() ? [make("p", { class: "ce-joint__note" }, make("bdi", {}, note.trim()))] : []));
}

/** Make an element. Text goes in as text, whatever a file holds. */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
