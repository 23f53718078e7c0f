// A button below each question to send: it copies the question, or selects it where a page may not copy.
const WHAT_TO_PRESS = /mac|iphone|ipad/i.test(navigator.platform) ? "⌘ and C" : "Ctrl and C";

function select(quote) {
  getSelection().selectAllChildren(quote);
}

/** The words of a question, an empty line between its paragraphs. */
function words(quote) {
  const paragraphs = quote.children.length ? [...quote.children] : [quote];
  return paragraphs.map((one) => one.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n\n");
}

async function copy(quote) {
  try {
    await navigator.clipboard.writeText(words(quote));
    return "Copied";
  } catch { // not allowed, or not a secure address
    select(quote);
    return `Selected: press ${WHAT_TO_PRESS} to copy`;
  }
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
    const told = await copy(quote);
    setTimeout(() => { said.textContent = told; }, 50); // after the emptying, so that it is read out a second time too
  });
}

document.querySelectorAll(".ce-ask").forEach(addButton);
