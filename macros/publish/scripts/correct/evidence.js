// The guide was right, and things have changed since: the new evidence, in place of a source.
import { byId, form } from "./page.js";

export const SINCE = { says: "says", title: "document", publisher: "publisher", published: "published", address: "link" };
export const hasChanged = () => form.querySelector("[name=correct-kind]:checked").value === "since";

/** The new evidence, as it is sent: what is empty is left out. */
export function evidence() {
  const given = Object.entries(SINCE).map(([name, id]) => [name, byId(id).value.trim()]);
  return Object.fromEntries(given.filter(([, value]) => value));
}

/** Ask for what the answer to the first question needs. */
export function askWhatIsNeeded() {
  const since = hasChanged();
  byId("since").hidden = !since;
  byId("section").hidden = since;
  byId("what").textContent = since ? "What is different now?" : "What is wrong?";
  byId("kind-hint").textContent = since
    ? "What was said before stays as it is. What you change here is shown beside it, with its own date and source."
    : "";
  for (const name of ["says", "document", "publisher", "published"]) byId(name).required = since;
  byId("source").required = !since;
}
