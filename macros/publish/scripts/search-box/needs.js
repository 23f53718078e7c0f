// The search box, in a dialog or on the search page. Fetched when a reader turns to search; what is typed stays here.
// This part fetches what the box needs: its styles, two scripts, and what the index begins with.

const own = document.currentScript;
export const at = own.dataset.ceSearchAt;
export const base = new URL("../../../", own.src);

function fetched(tag, name, file) {
  return new Promise((done, failed) => {
    const part = document.createElement(tag);
    if (tag === "link") part.rel = "stylesheet";
    part.async = false;
    part.onload = done;
    part.onerror = failed;
    part[name] = new URL(file, base).href;
    document.head.append(part);
  });
}

export const styles = fetched("link", "href", "assets/stylesheets/search.css").catch(() => {});
const script = (name) => fetched("script", "src", `assets/javascripts/search/${name}.js`);
export const ready = Promise.all([
  (window.ceSearchLoad ? Promise.resolve() : script("load")).then(() => window.ceSearchLoad("index")),
  window.ceWords || script("words"),
  script("rank"),
]).then(([first]) => ({ examples: first.examples, ...window.ceSearch.open(window.ceSearchLoad, first) }));
ready.catch(() => {}); // told where it is waited for
