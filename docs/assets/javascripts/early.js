// What the theme's own script expects to find: a place to remember the choice of colours.
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
})();
