// Fetches parts of the search index, each once. They are scripts that call `ceSearchPart`: a page opened from a disk may
// fetch nothing else.
(function () {
  "use strict";
  // Where the site begins: two folders above this, or, where it is part of a bundle, as early.js found it.
  const base = document.currentScript && /\/search\/load\.js/.test(document.currentScript.src)
    ? new URL("../../../", document.currentScript.src) : window.__md_scope;
  const parts = new Map(); // name → a promise of the part, and how to keep it
  let version = "";
  window.ceSearchPart = (name, value, made) => {
    if (name === "index") version = value.version;
    const part = parts.get(name);
    if (!part) return;
    if (!made || made === version) part.done(value);
    else part.failed(new Error("The guide was built anew meanwhile."));
  };
  window.ceSearchLoad = (name) => {
    if (parts.has(name)) return parts.get(name).value;
    const part = {};
    part.value = new Promise((done, failed) => Object.assign(part, { done, failed }));
    parts.set(name, part);
    const script = document.createElement("script");
    script.src = new URL(`search/${name}.js${version && `?${version}`}`, base).href;
    script.onerror = () => {
      parts.delete(name);
      part.failed(new Error(`${script.src} could not be loaded.`));
    };
    document.head.append(script);
    return part.value;
  };
})();
