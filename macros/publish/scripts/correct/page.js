// The form for correcting a profile. It is drawn from the page's templates and a Trust's download, keeps what was
// changed in this page only, and sends nothing by itself: by email, by GitHub's form, as a file, or, where
// `guide edit` serves the page, into the file on this computer.
// This part is what the others share.

export const form = document.querySelector("[data-ce-correct]");
export const byId = (id) => document.getElementById(`correct-${id}`);

export function element(name, properties = {}, ...children) {
  const one = Object.assign(document.createElement(name), properties);
  one.append(...children);
  return one;
}
