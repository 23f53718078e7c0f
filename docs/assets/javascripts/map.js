// What the tiles of the map show: the answers to one question, read from the table of all Trusts on the same page.
const LETTERS = 16; // so many fit on a line of a tile
const SVG = "http://www.w3.org/2000/svg";

function lines(words) {
  const found = [""];
  for (const word of words.split(" ")) {
    const longer = `${found.at(-1)} ${word}`.trim();
    if (longer.length <= LETTERS) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found.filter(Boolean);
}

function show(tile, status) {
  const words = status.textContent.trim();
  const name = tile.querySelector(".ce-map__label");
  for (const old of tile.querySelectorAll(".ce-map__word")) old.remove();
  lines(words).forEach((line, number) => {
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("class", "ce-map__word");
    text.setAttribute("x", name.getAttribute("x"));
    text.setAttribute("y", Number(name.getAttribute("y")) + 21 + 16 * number);
    text.textContent = `${line} `; // a space, so that lines are words of their own for whoever hears them
    tile.append(text);
  });
  const tint = [...status.classList].find((one) => one.startsWith("ce-status--")).replace("ce-status--", "");
  tile.setAttribute("class", `ce-map__tile ce-map__tile--${tint}`);
  tile.setAttribute("aria-label", `${name.textContent.trim()}: ${words}`);
}

const form = document.querySelector("[data-ce-map]");
const choice = form.elements.topic;
const rows = new Map([...document.querySelectorAll(".ce-grid tbody tr")].map((row) => [row.cells[0].textContent.trim(), row]));
const caption = document.querySelector(".ce-map-figure figcaption").firstChild;

function draw() {
  for (const tile of document.querySelectorAll(".ce-map__tile")) {
    const row = rows.get(tile.querySelector(".ce-map__label").textContent.trim());
    show(tile, row.cells[choice.selectedIndex + 1].querySelector(".ce-status"));
  }
  caption.data = caption.data.replace(/^.*?(?=, as )/, choice.value);
}

choice.addEventListener("change", draw);
addEventListener("pageshow", draw); // after the browser has put its own memory into the field
form.hidden = false;
