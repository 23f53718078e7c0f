// Runs before anything is painted: what the theme's own script expects to find, and the colours chosen last time.
(function () {
  var base = document.currentScript.getAttribute("data-base") || ".";
  var scope = new URL(base, location);
  if (!scope.pathname.endsWith("/")) scope = new URL(scope.pathname + "/", location);
  window.__md_scope = scope;
  window.__md_hash = function (text) {
    return [...text].reduce(function (sum, letter) { return (sum << 5) - sum + letter.charCodeAt(0); }, 0);
  };
  window.__md_get = function (key, store, at) {
    try {
      return JSON.parse((store || localStorage).getItem((at || scope).pathname + "." + key));
    } catch (refused) {
      return null;
    }
  };
  window.__md_set = function (key, value, store, at) {
    try {
      (store || localStorage).setItem((at || scope).pathname + "." + key, JSON.stringify(value));
    } catch (refused) { /* storage is off: the choice lasts for this page */ }
  };
  document.documentElement.classList.remove("no-js");
  document.documentElement.classList.add("js");
  document.documentElement.setAttribute("data-platform", navigator.platform);

  // The choices stand in the header, which the browser has not read yet. They are looked for as it reads on.
  function colour() {
    var saved = window.__md_get("__palette");
    var media = saved && saved.color ? saved.color.media : "(prefers-color-scheme)";
    if (media === "(prefers-color-scheme)") {
      media = matchMedia("(prefers-color-scheme: dark)").matches
        ? "(prefers-color-scheme: dark)"
        : "(prefers-color-scheme: light)";
    }
    var input = document.querySelector('[data-md-color-media="' + media + '"]');
    if (!input) return;
    ["media", "scheme", "primary", "accent"].forEach(function (part) {
      document.body.setAttribute("data-md-color-" + part, input.getAttribute("data-md-color-" + part));
    });
    reading.disconnect();
  }
  var reading = new MutationObserver(colour);
  reading.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", function () { reading.disconnect(); });
})();
