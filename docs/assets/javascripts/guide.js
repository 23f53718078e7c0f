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

  // ------------------------------------------------------------ Suggesting a change
  // The links know the page. The part and the words that a reader has marked are filled in when she follows one.
  var marked = null;
  document.addEventListener("selectionchange", function () {
    var chosen = getSelection();
    var words = String(chosen).replace(/\s+/g, " ").trim().slice(0, 500);
    var article = one("article");
    if (words && article && article.contains(chosen.anchorNode)) marked = { words: words, at: chosen.getRangeAt(0) };
  });
  function partNow() {
    var asked = marked ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return all("article h2[id], article h3[id]").filter(function (heading) {
      if (marked) return marked.at.comparePoint(heading, 0) < 1;
      return asked && (heading === asked || heading.compareDocumentPosition(asked) & Node.DOCUMENT_POSITION_FOLLOWING);
    }).pop();
  }
  function filled(href, line, words) {
    var name = encodeURIComponent(line);
    return href.split(name).join(name + encodeURIComponent(words));
  }
  all("[data-ce-suggest]").forEach(function (link) {
    var plain = link.getAttribute("href");
    link.addEventListener("click", function () {
      var part = partNow();
      var href = plain;
      if (href.indexOf("?trust=") > 0) {
        if (part) href += "&part=" + encodeURIComponent(part.id.replace(/-/g, "_"));
      } else {
        if (part) href = filled(href, "Part of the page: ", part.firstChild.textContent.trim());
        if (marked) href = filled(href, "What it says now: ", "“" + marked.words + "”");
      }
      link.href = href;
    });
  });

  // ------------------------------------------------------------ Parts that are folded under their heading
  // A link to the heading means what is under it.
  function unfold() {
    var heading = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var part = heading && heading.nextElementSibling;
    if (part && part.matches("details.ce-more")) part.open = true;
  }
  addEventListener("hashchange", unfold);
  all("a[href^='#']").forEach(function (link) { link.addEventListener("click", function () { setTimeout(unfold); }); });
  unfold();

  // ------------------------------------------------------------ Search
  // Fetched when a reader turns to it; if that fails, the link that the button is leads to a page that says where else to
  // look. A reader who comes back from a result finds the box as it was.
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
    script.onerror = function () { waiting = null; if (wanted) location.href = opener.href; };
    document.head.append(script);
  }
  var wanted = false;
  function openSearch() { wanted = true; withSearch(function (box) { wanted = false; box.open(); }); }
  if (opener) {
    ["pointerenter", "focus", "touchstart"].forEach(function (sign) {
      opener.addEventListener(sign, function () { withSearch(function () {}); }, { passive: true });
    });
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-haspopup", "dialog");
    opener.setAttribute("aria-keyshortcuts", "Control+K");
    opener.addEventListener("click", function (event) { event.preventDefault(); openSearch(); });
    opener.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      openSearch();
    });
    if (!searchPage && history.state && history.state.ceSearch) openSearch();
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
