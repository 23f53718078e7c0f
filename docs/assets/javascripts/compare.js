// Trusts side by side: those ticked become the columns of a table, made from the rows that the page already has.
// The choice stands in the address, `?trusts=essex,norfolk`: it can be sent, and “back” undoes it.
import { copy, tell } from "./clipboard.js";

const LIST = new Intl.ListFormat("en-GB");
const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

function make(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

// ------------------------------------------------------------ The table

/** A row for each question and a column for each of these rows, each the answers of one Trust. */
function sideBySide(table, rows) {
  const names = rows.map(nameOf);
  const caption = make("caption", { id: `${table.caption.id}-chosen` }, `${table.dataset.ceTopic}: ${LIST.format(names)}`);
  const head = make("tr", { role: "row" }, header("col", "Question"), ...names.map((name) => header("col", name)));
  const questions = [...table.tHead.rows[0].cells].slice(1);
  const body = questions.map((question, number) => row(question.textContent, names, rows.map((one) => {
    return [...one.cells[number + 1].cloneNode(true).childNodes];
  })));
  const made = make("table", { class: "ce-table ce-table--stack ce-side", role: "table" }, caption,
    make("thead", { role: "rowgroup" }, head),
    make("tbody", { role: "rowgroup" }, ...body, row("More about it", names, rows.map(more))));
  return make("div", { class: "ce-scroll", role: "region", tabindex: "0", "aria-labelledby": caption.id }, made);
}

function nameOf(row) {
  return row.cells[0].querySelector("a").textContent;
}

function header(scope, words) {
  return make("th", { scope, role: scope === "col" ? "columnheader" : "rowheader" }, words);
}

function row(question, names, cells) {
  const answers = cells.map((content, number) => make("td", { role: "cell", "data-label": names[number] }, ...content));
  return make("tr", { role: "row" }, header("row", question), ...answers);
}

/** The ways from a Trust's row to the rest of what is known of it, and its source where the cells have none. */
function more(row) {
  const profile = row.cells[0].querySelector("a");
  const source = row.cells[0].querySelector(".ce-compare__source");
  const link = (to, words) => make("p", {}, make("a", { href: to }, words));
  return [
    link(profile.getAttribute("href"), `Profile of ${profile.textContent}`),
    link(`${profile.getAttribute("href")}#gaps`, `What we do not know about ${profile.textContent}`),
    ...(source ? [make("p", {}, "Where it is told: ", source.cloneNode(true))] : []),
  ];
}

/** Of the sources that a line below all Trusts names, only those stay that the table of the chosen ones refers to. */
function showSources(all, chosen) {
  const [mark] = all.querySelectorAll("a.ce-mark");
  if (!mark) return; // rows that are fetched name their sources in full
  const used = new Set([...(chosen ?? all).querySelectorAll("a.ce-mark")].map((one) => one.hash.slice(1)));
  const line = document.getElementById(mark.hash.slice(1)).closest(".ce-sources");
  for (const source of line.querySelectorAll("[id]")) source.hidden = !used.has(source.id);
}

/** The source that a number on a page stands for, as a link to it: the line that explains numbers is not fetched. */
function inFull(page, mark) {
  const source = page.getElementById(mark.hash.slice(1))?.querySelector("a.ce-source").cloneNode(true);
  source?.prepend("Source: ");
  return source ?? mark; // what is ours says so itself
}

/** Another page of the guide, with its links made to lead from anywhere. */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const marks of page.querySelectorAll(".ce-marks")) marks.replaceWith(...[...marks.children].map((one) => inFull(page, one)));
  for (const link of page.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), answer.url);
  return page;
}

// ------------------------------------------------------------ The choice

function setUp(form) {
  const [fewest, most] = [Number(form.dataset.ceFewest), Number(form.dataset.ceMost)];
  const boxes = [...form.querySelectorAll("input[name=trusts]")];
  const status = form.querySelector("[role=status]");
  const buttons = form.querySelector(".ce-buttons");
  const narrow = form.querySelector("input[type=search]");
  const address = make("p", { class: "ce-chooser__address", hidden: "" });
  const printed = make("p", { class: "ce-only-paper" });
  const tables = form.dataset.ceGathered
    ? [...document.querySelectorAll("[data-ce-rows]")].map((all) => ({ topic: all.dataset.ceRows, all }))
    : [...document.querySelectorAll("table[data-ce-topic]")].map((table) => ({ table, all: table.parentNode }));
  const cards = [...document.querySelectorAll(".ce-card[id]")];
  const topics = new Set([...document.querySelectorAll(".ce-nav-topics a, .ce-card a")].map((link) => link.pathname));
  const ways = [...document.querySelectorAll("a[href]")].filter((link) => topics.has(link.pathname));
  const paper = document.querySelector(".ce-print-address");
  const words = { title: document.title, paper: paper?.textContent };

  const label = (box) => box.labels[0].textContent;
  const chosen = () => boxes.filter((box) => box.checked);

  // Where the Trusts are many, their rows stand on the page of their letter, and are fetched from there.
  const pages = new Map();
  const addressOf = (box) => `${form.dataset.ceGathered}${box.dataset.ceLetter}/`;
  const isHere = (box) => !form.dataset.ceGathered || !tables.length || pages.get(addressOf(box)) instanceof Document;

  function fetchRows(ticked, remark) {
    tell(status, [remark, "Fetching what the guide says of them…"].filter(Boolean).join(" "));
    const wanted = [...new Set(ticked.filter((box) => !isHere(box)).map(addressOf))];
    Promise.all(wanted.map(async (address) => pages.set(address, await fetched(address)))).then(
      () => show(remark),
      () => tell(status, "The rows could not be fetched. Choose a letter below, and read them there."),
    );
  }

  /** The table that the row of a Trust stands in, for one topic. */
  function tableOf(one, box) {
    return one.table ?? pages.get(addressOf(box)).getElementById(`${one.topic}-caption`).closest("table");
  }

  function show(remark = "") {
    const ticked = chosen();
    const enough = ticked.length >= fewest && ticked.every(isHere);
    const names = LIST.format(ticked.map(label));
    for (const one of tables) {
      one.chosen?.remove();
      one.all.hidden = enough;
      if (!enough) {
        showSources(one.all);
        continue;
      }
      const rows = ticked.map((box) => tableOf(one, box).querySelector(`[data-ce-trust="${box.value}"]`));
      one.chosen = sideBySide(tableOf(one, ticked[0]), rows);
      one.all.after(one.chosen);
      showSources(one.all, one.chosen);
    }
    for (const way of ways) way.search = query(ticked, "");
    document.title = enough ? words.title.replace(/^Compare: /, `Compare ${names}: `) : words.title;
    if (paper) paper.textContent = words.paper + query(ticked, "");
    buttons.hidden = !ticked.length;
    address.hidden = true;
    if (ticked.length >= fewest && !enough) fetchRows(ticked, remark);
    else tell(status, [remark, told(ticked, names, enough)].filter(Boolean).join(" "));
  }

  function told(ticked, names, enough) {
    if (enough) return tables.length ? `${names} stand side by side.` : `You chose ${names}. Now choose a topic.`;
    const all = tables.length && !form.dataset.ceGathered;
    const now = all ? ` Until then, all ${boxes.length} are shown.` : "";
    if (ticked.length) return `You chose ${names}. Choose at least one more.${now}`;
    return all ? `All ${boxes.length} Trusts are shown.` : "";
  }

  /** The part of an address that names the ticked Trusts, in place of those that it names now. */
  function query(ticked, now) {
    const others = new URLSearchParams(now);
    others.delete("trusts");
    const trusts = ticked.length ? `trusts=${ticked.map((box) => box.value).join(",")}` : "";
    const whole = [trusts, others.toString()].filter(Boolean).join("&");
    return whole && `?${whole}`;
  }

  function readAddress() {
    const named = (new URLSearchParams(location.search).get("trusts") || "").split(",").filter(Boolean);
    const known = boxes.filter((box) => named.includes(box.value)).slice(0, most);
    for (const box of boxes) box.checked = known.includes(box);
    const strange = named.some((slug) => boxes.every((box) => box.value !== slug));
    show([
      strange ? "The address names a Trust that this guide does not have." : "",
      named.length > most ? `The address names more than ${most} Trusts: the first ${most} were taken.` : "",
    ].filter(Boolean).join(" "));
  }

  function writeAddress() {
    const search = query(chosen(), location.search);
    if (search !== location.search) history.pushState(null, "", location.pathname + search + location.hash);
  }

  form.addEventListener("change", ({ target }) => {
    if (!boxes.includes(target)) return;
    if (chosen().length > most) {
      target.checked = false;
      tell(status, `No more than ${most} Trusts fit side by side. Untick one before you add ${label(target)}.`);
      return;
    }
    show();
    writeAddress();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", async ({ target }) => {
    const wanted = target.dataset.ceDo;
    if (wanted === "print") window.print();
    if (wanted === "link") {
      address.textContent = location.href;
      tell(status, await copy(location.href, address));
    }
    if (wanted === "all") {
      for (const box of boxes) box.checked = false;
      show();
      writeAddress();
      boxes[0].focus(); // the button is gone now
    }
  });
  narrow?.addEventListener("input", () => {
    const part = narrow.value.trim().toLowerCase();
    const fitting = boxes.filter((box) => label(box).toLowerCase().includes(part));
    for (const box of boxes) box.closest("p").hidden = !fitting.includes(box) && !box.checked;
    tell(status, `${fitting.length} of ${boxes.length} Trusts fit.`);
  });
  addEventListener("popstate", readAddress);
  addEventListener("pageshow", readAddress); // after the browser has put its own memory into the boxes
  addEventListener("beforeprint", () => { printed.textContent = `Printed on ${DATE.format(new Date())}.`; });

  buttons.after(address);
  (tables.at(-1)?.all ?? form).after(printed);
  readAddress();
  // An address may name the topic too; here it leads on to that topic's page.
  const topic = new URLSearchParams(location.search).get("topic");
  const card = cards.find((one) => one.id === topic);
  if (card) location.replace(card.querySelector("a").href);
  else if (chosen().length && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  form.classList.add("ce-ready");
}

document.querySelectorAll("form[data-ce-compare]").forEach(setUp);
