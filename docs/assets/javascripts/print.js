// Buttons that print the page. They are hidden until they work.
for (const button of document.querySelectorAll("[data-ce-print]")) {
  button.addEventListener("click", () => window.print());
  button.closest("[hidden]")?.removeAttribute("hidden");
}
