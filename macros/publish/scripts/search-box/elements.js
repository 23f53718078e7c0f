// Makes elements, links and words.
import { base } from "./needs.js";

export function make(tag, marks, ...inner) {
  const part = document.createElement(tag);
  for (const [name, value] of Object.entries(marks || {})) part.setAttribute(name, value);
  part.append(...inner);
  return part;
}

// From a disk, an address that ends in a folder shows a list of files.
export function link(address) {
  const [path, anchor] = address.split("#");
  const file = location.protocol === "file:" && (path === "" || path.endsWith("/")) ? `${path}index.html` : path;
  return new URL(file + (anchor ? `#${anchor}` : ""), base).href;
}

export function counted(number, one, more) { return `${number} ${number === 1 ? one : more}`; }
export function quoted(list) { return list.map((one) => `“${one}”`).join(" and "); }
