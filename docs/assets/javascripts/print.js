// Buttons that print the page. They are hidden until they work.
for (const button of document.querySelectorAll("[data-ce-print]")) {
  button.addEventListener("click", () => window.print());
  button.closest("[hidden]")?.removeAttribute("hidden");
}
// A link that says “print” leads here with #print. It asks once: not again when the page is loaded anew.
if (location.hash === "#print") {
  history.replaceState(history.state, "", location.pathname + location.search);
  if (document.readyState === "complete") window.print();
  else addEventListener("load", () => window.print(), { once: true });
}
