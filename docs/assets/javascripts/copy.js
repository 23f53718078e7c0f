// A button below each question to send: it copies the question, or selects it where a page may not copy.
import { copy, tell } from "./clipboard.js";

/** The words of a question, an empty line between its paragraphs. */
function words(quote) {
  const paragraphs = quote.children.length ? [...quote.children] : [quote];
  return paragraphs.map((one) => one.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n\n");
}

function addButton(quote) {
  const line = document.createElement("p");
  const button = document.createElement("button");
  const about = document.createElement("span");
  const said = document.createElement("span");
  line.className = "ce-copy ce-no-print";
  button.type = "button";
  button.className = "ce-button ce-button--quiet";
  about.className = "ce-hidden";
  about.textContent = quote.dataset.ceAbout ? ` of ${quote.dataset.ceAbout}` : "";
  said.className = "ce-said";
  said.setAttribute("role", "status");
  button.append("Copy the question", about);
  line.append(button, " ", said);
  quote.after(line);
  button.addEventListener("click", async () => {
    for (const other of document.querySelectorAll(".ce-copy .ce-said")) other.textContent = "";
    tell(said, await copy(words(quote), quote));
  });
}

document.querySelectorAll(".ce-ask").forEach(addButton);
