// How values read: in a control, in a message, and as the name of an item.
import { byId } from "./page.js";

/** Whether a value says nothing. */
const empty = (value) => value === null || value === undefined || value === "" || value?.length === 0;

/** A value as a control shows it, and as a message quotes it. */
export function shown(value, kind) {
  if (empty(value)) return "";
  if (value === true || value === false) return value ? "Yes" : "No";
  if (kind === "sources") return value.map(sectionTitle).join("\n");
  if (Array.isArray(value)) return value.join("\n");
  return kind === "text" ? String(value).replace(/\n+/g, "\n\n") : String(value);
}

const sections = new Map([...byId("sections").options].map((option) => [option.dataset.reference, option.textContent]));

/** How a section reads, such as `Governance, point 2`. */
function sectionTitle(reference) {
  const [, section, point] = reference.match(/^(.*?)(?:\((\d+)\))?$/);
  const title = sections.get(section);
  return title ? title + (point ? `, point ${point}` : "") : reference;
}

/** What to call an item of a list. The same as `item_name` in correction_words.py; a test compares them. */
export function itemName(item, number) {
  for (const name of ["name", "title", "standard", "topic", "funder"]) {
    if (typeof item?.[name] === "string") return item[name];
  }
  for (const name of ["what", "scope", "found"]) {
    if (typeof item?.[name] === "string") {
      const words = item[name].split(/\s+/).filter(Boolean);
      return words.slice(0, 6).join(" ").replace(/[.,;:]+$/, "") + (words.length > 6 ? "…" : "");
    }
  }
  return `number ${number + 1}`;
}

export function itemNames(items) {
  const names = items.map(itemName);
  return names.map((name, number) => {
    const again = names.slice(0, number).filter((one) => one === name).length;
    return again ? `${name} (${again + 1})` : name;
  });
}
