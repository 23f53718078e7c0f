// What style sheets cannot do: the menu, search and colour buttons. Content never needs it.
(function () {
  "use strict";
  var root = document.documentElement;
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }
  function one(selector, within) { return (within || document).querySelector(selector); }

  // ------------------------------------------------------------ Menu (narrow screens)
  var menu = one("[data-ce-menu]");
  function showMenu(open) {
    menu.setAttribute("aria-expanded", String(open));
    root.classList.toggle("ce-menu-is-open", open);
  }
  if (menu) {
    menu.addEventListener("click", function () { showMenu(menu.getAttribute("aria-expanded") !== "true"); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
      showMenu(false);
      menu.focus();
    });
    matchMedia("(min-width: 76.25em)").addEventListener("change", function () { showMenu(false); });
  }

  // ------------------------------------------------------------ Colours
  all("[data-ce-palette]").forEach(function (button) {
    // The theme answers Enter for its own inputs; here a button answers for itself.
    button.addEventListener("keydown", function (event) { event.stopPropagation(); });
    button.addEventListener("click", function () {
      document.getElementById(button.getAttribute("data-ce-palette")).click();
      setTimeout(function () {
        var shown = one("[data-ce-palette]:not([hidden])");
        if (shown) shown.focus();
      }, 50);
    });
  });

  // ------------------------------------------------------------ Search
  // Fetched when a reader turns to it; if that fails, the search page says where else to look.
  var opener = one("[data-ce-search=open]");
  var searchPage = one("[data-ce-search=page]");
  var here = document.currentScript.src;
  var waiting = null;
  function withSearch(then) {
    if (window.ceSearchBox) { then(window.ceSearchBox); return; }
    if (waiting) { waiting.push(then); return; }
    waiting = [then];
    var script = document.createElement("script");
    script.src = new URL("search/box.js", here).href;
    script.onload = function () { waiting.forEach(function (one) { one(window.ceSearchBox); }); };
    script.onerror = function () { waiting = null; };
    document.head.append(script);
  }
  function openSearch() { withSearch(function (box) { box.open(); }); }
  if (opener) {
    ["pointerenter", "focus", "touchstart"].forEach(function (sign) {
      opener.addEventListener(sign, function () { withSearch(function () {}); }, { passive: true });
    });
    opener.addEventListener("click", openSearch);
    document.addEventListener("keydown", function (event) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      openSearch();
    });
  }
  if (searchPage) withSearch(function (box) { box.page(searchPage); });

  // The theme answers single letters anywhere on the page (WCAG 2.1.4). Let it see none.
  window.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var at = document.activeElement;
    var typing = at && (at.matches("input, textarea, select, [role=option]") || at.isContentEditable);
    if (!typing && event.key.length === 1 && event.key !== " ") event.stopImmediatePropagation();
  }, true);

  // ------------------------------------------------------------ Names and regions the theme leaves out
  all(".headerlink").forEach(function (link) {
    var words = link.parentNode.textContent.replace(link.textContent, "").trim();
    link.setAttribute("aria-label", "Link to “" + words + "”");
  });
  addEventListener("load", function () {
    all(".md-typeset__scrollwrap").forEach(function (wrap, index) {
      wrap.setAttribute("tabindex", "0");
      wrap.setAttribute("role", "region");
      wrap.setAttribute("aria-label", "Table " + (index + 1));
    });
  });

  // ------------------------------------------------------------ Paper: the day it was printed, beside the address
  addEventListener("beforeprint", function () {
    var day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    all("[data-ce-printed]").forEach(function (place) { place.textContent = ". Printed on " + day; });
  });
})();
