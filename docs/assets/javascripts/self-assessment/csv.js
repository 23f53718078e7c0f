// Answers as a spreadsheet reads them.

const COLUMNS = ["standard", "title", "core", "stage", "answer", "note"];

/** One row a standard. */
export function csv(standards, answers, choices) {
  const rows = standards.map((one) => {
    const { answer = "", note = "" } = answers.get(one.id) || {};
    return [one.id.toUpperCase(), one.title, one.core ? "yes" : "no", one.stage, choices.get(answer) || "", note];
  });
  return lines([COLUMNS, ...rows]);
}

/** Rows as CSV. The mark at the start tells spreadsheets that the text is UTF-8. */
export function lines(rows) {
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

// A cell that begins like this would be run as a formula: an apostrophe makes it text.
const FORMULA = /^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
