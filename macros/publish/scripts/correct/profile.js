// The profile that is corrected: the one that was chosen, or that the address names.
import { byId, form } from "./page.js";
import { changes, forget } from "./changes.js";
import { fill, fromTemplate } from "./fields.js";
import { SINCE, hasChanged } from "./evidence.js";

export let slug = "";
export let title = "";

/** Where the profile is: as the first wave told it or, for what has changed since, as it is known now. */
const place = () => `${form.dataset.downloads}${slug}${hasChanged() ? "" : `/${form.dataset.first}`}.json`;

export async function load() {
  forget();
  for (const name of ["source", ...Object.values(SINCE)]) byId(name).value = "";
  byId("fields").replaceChildren();
  let record;
  try {
    const response = await fetch(place(), { cache: "no-cache" });
    record = await response.json();
  } catch {
    byId("loaded").textContent = "The profile could not be loaded. Please write to us instead.";
    byId("parts").hidden = byId("send").hidden = true;
    return;
  }
  title = record.name;
  byId("loaded").textContent = `The profile of ${title} is loaded.`;
  byId("parts").hidden = byId("send").hidden = false;
  byId("fields").append(fromTemplate("Trust"));
  fill(byId("fields").querySelector("[data-kind=basics]"), record, [], [title]);
  fill(byId("fields"), record, [], [title]);
}

export async function choose() {
  const select = byId("trust");
  if (changes.size && !confirm("Your changes are not sent yet. Leave them?")) {
    select.value = slug;
    return;
  }
  slug = select.value;
  byId("parts").hidden = byId("send").hidden = !slug;
  byId("loaded").textContent = "";
  changes.clear();
  if (slug) await load();
}

/** Load what the other answer to the first question is about, if that is not the same; return whether it may be. */
export async function chooseTime() {
  if (!form.dataset.later.split(" ").includes(slug)) return true;
  if (changes.size && !confirm("Your changes are not sent yet. Leave them?")) return false;
  await load();
  return true;
}

/** Open the profile and the part that the address names. */
export async function openAsked() {
  const asked = new URLSearchParams(location.search);
  if ([...byId("trust").options].some((option) => option.value && option.value === asked.get("trust"))) {
    byId("trust").value = asked.get("trust");
    await choose();
    const part = [...byId("fields").querySelectorAll(":scope > details")].find((one) => one.dataset.field === asked.get("part"));
    if (part) {
      part.open = true;
      part.querySelector("summary").focus();
      part.scrollIntoView();
    }
  }
}
