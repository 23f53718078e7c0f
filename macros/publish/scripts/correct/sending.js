// Sending: into the file on this computer, or as a file to attach. Nothing goes without a source.
import { byId, element, form } from "./page.js";
import { hasChanged } from "./evidence.js";
import { load, slug, title } from "./profile.js";
import { payload } from "./message.js";

/** The key that lets this page save. The address that `guide edit` printed holds it; this tab keeps it, and only here. */
export function key() {
  const given = location.hash.match(/^#key=([\w-]+)$/);
  if (given) {
    sessionStorage.setItem("guide-key", given[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem("guide-key") ?? "";
}

export function ready() {
  if (hasChanged()) {
    const missing = ["says", "document", "publisher", "published"].map(byId).find((one) => !one.value.trim());
    if (!missing) return true;
    answer(`First fill in: ${missing.labels[0].textContent}`);
    missing.focus();
    return false;
  }
  const source = byId("source");
  if (source.value.trim()) return true;
  answer("First say where the source says so.");
  source.focus();
  return false;
}

function answer(first, rest = [], link = null) {
  const lines = rest.map((line) => element("li", { textContent: line }));
  byId("answer").replaceChildren(element("p", { className: "ce-said", textContent: first }));
  if (lines.length) byId("answer").append(element("ul", {}, ...lines));
  if (link) byId("answer").append(element("p", {}, link));
}

export async function save() {
  if (!ready()) return;
  answer("Checking…");
  let told;
  try {
    const response = await fetch("save", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Guide-Key": key() },
      body: JSON.stringify(payload()),
    });
    told = await response.json();
  } catch {
    answer("The program “guide edit” does not answer. Start it again, and save again: your changes are still here.");
    return;
  }
  if (told.reasons) {
    answer("Nothing was changed.", told.reasons);
    return;
  }
  const link = element("a", { href: `${form.dataset.profiles}${slug}/`, textContent: `See the profile of ${title}` });
  if (hasChanged()) form.dataset.later += ` ${slug}`;
  await load();
  answer("Saved. The checks pass. The page is being built again.", told.done, link);
  byId("answer").focus();
}

export function keepAsFile() {
  if (!ready()) return;
  const link = element("a", {
    href: URL.createObjectURL(new Blob([JSON.stringify(payload(), null, 2)], { type: "application/json" })),
    download: `${slug}-${hasChanged() ? "new-evidence" : "correction"}.json`,
  });
  link.click();
  URL.revokeObjectURL(link.href);
  answer("Kept as a file. Attach it to an email, or run “guide apply” with it.");
}
