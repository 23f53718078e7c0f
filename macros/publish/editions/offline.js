// Offline edition only: a link made by a script may name a folder, of which a browser would show a listing.
document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a[href]");
  if (link && link.protocol === "file:" && link.pathname.slice(-1) === "/") link.pathname += "index.html";
}, true);
