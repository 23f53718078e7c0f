// Offline edition only: a link that a script has made may name a folder, which from files would list what is in it.
document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a[href]");
  if (link && link.protocol === "file:" && link.pathname.slice(-1) === "/") link.pathname += "index.html";
}, true);
