// Put on the colours chosen last time, or those of the device, before the page is painted.
(function () {
  var saved = window.__md_get && window.__md_get("__palette");
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
})();
