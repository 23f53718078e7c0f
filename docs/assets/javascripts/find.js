// Finding a Trust by typing a place. The places are those of the lists on the page; the field is a combobox. Words are
// taken apart as search takes them.
import "./vendor/accessible-autocomplete-3.0.1/accessible-autocomplete.min.js";
import "./search/words.js";
import "./search/load.js";

const { plain, likeliest, postcode } = self.ceWords;
const LEAST = 2;
const MOST = 8;
const NOTHING = [];

/** Words to compare: small letters, no accents, “King’s” as “kings”, “&” as “and”, and single spaces. */
function bare(text) {
  return plain(text.replace(/&/g, " and ")).replace(/[^a-z0-9]+/g, " ").trim();
}

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

function read(item) {
  const link = item.querySelector("a");
  const names = [link.textContent, ...(item.dataset.find || "").split("; ")].map(bare).filter(Boolean);
  return {
    name: link.textContent,
    note: item.querySelector(".ce-az__note").textContent,
    to: link.href,
    names,
    words: names.join(" ").split(" "),
    trust: bare(item.dataset.trust).split(" "),
  };
}

/** The Trusts in whose areas postcodes begin with some letters, as places to choose. */
function readCodes(list) {
  const found = new Map();
  for (const item of list ? list.children : []) {
    for (const code of item.querySelector("span").textContent.split(", ")) {
      if (!found.has(code)) found.set(code, []);
      found.get(code).push({ name: code, note: `postcodes: ${item.dataset.trust}`, to: item.querySelector("a").href });
    }
  }
  return found;
}

/** How well a place fits what was typed: 0 is its name, 1 begins with it, 2 is looser, and null does not fit. */
function fit(place, wanted) {
  if (place.names.includes(wanted)) return 0;
  if (place.names.some((name) => name.startsWith(wanted))) return 1;
  const parts = wanted.split(" ");
  const begins = (words) => (part) => words.some((word) => word.startsWith(part));
  return parts.some(begins(place.words)) && parts.every(begins([...place.words, ...place.trust])) ? 2 : null;
}

/** The words that are in no dictionary, among some. Where that cannot be told, none. */
async function slips(words) {
  try {
    const { english } = await self.ceSearchLoad("index");
    const parts = await Promise.all(words.map((word) => {
      const at = english.findLastIndex((begins) => begins <= word.slice(0, 3));
      return self.ceSearchLoad(`english/${at}`);
    }));
    return words.filter((word, at) => ![word, self.ceWords.single(word)].some((one) => ` ${parts[at]} `.includes(` ${one} `)));
  } catch {
    return NOTHING;
  }
}

function setUp(form) {
  const places = [...document.getElementById(form.dataset.ceFind).querySelectorAll("li")].map(read);
  const codes = readCodes(document.querySelector("[data-ce-codes]"));
  const known = new Map();
  for (const word of places.flatMap((place) => [...place.words, ...place.trust])) known.set(word, (known.get(word) || 0) + 1);
  const offices = form.dataset.ceCouncils.split("; ").map(bare).sort((one, other) => other.length - one.length);
  const told = Object.fromEntries(["none", "several", "code", "like"].map((name) => [name, form.querySelector(`[data-ce-${name}]`)]));
  const hint = form.querySelector(".ce-find__hint");
  let fitting = NOTHING;
  let typed = "";

  /** Shows one of the messages, or none. */
  function tell(name) {
    for (const [one, part] of Object.entries(told)) part.hidden = one !== name;
  }
  function fits(wanted) {
    return places.map((place) => ({ place, rank: wanted ? fit(place, wanted) : null }))
      .filter((one) => one.rank !== null)
      .sort((one, other) => one.rank - other.rank);
  }
  /** “Norwich City Council” is Norwich: without the words that say nothing about where a council is. */
  function withoutOffice(text) {
    let left = ` ${text} `;
    for (const office of offices) left = left.replaceAll(` ${office} `, " ");
    return left.trim().replace(/^(of|the) /, "");
  }
  async function alike(text) {
    const strange = text.split(" ").filter((word) => !places.some((place) => [...place.words, ...place.trust].some((one) => one.startsWith(word))));
    const wrong = await slips(strange);
    if (wrong.length !== strange.length) return NOTHING;
    const meant = text.split(" ").map((word) => (wrong.includes(word) ? likeliest(word, known) : word));
    return meant.includes(null) ? NOTHING : fits(meant.join(" "));
  }

  /** Gives `show` the places that fit: at once, or, where none does, those whose names are like it. */
  async function find(text, show) {
    typed = bare(text);
    const asked = typed;
    const code = postcode(text);
    if (code) {
      fitting = (codes.get(code.begins) || NOTHING).map((place) => ({ place, rank: 0 }));
      told.code.querySelector("span").textContent = code.begins;
      tell(fitting.length ? null : "code");
    } else {
      fitting = fits(typed);
      if (!fitting.length) fitting = fits(withoutOffice(typed));
      tell(null);
      if (typed && !fitting.length) {
        const like = await alike(withoutOffice(typed));
        if (asked !== typed) return; // more was typed meanwhile
        fitting = like.map(({ place }) => ({ place, rank: 3 }));
        tell(like.length ? "like" : "none");
      }
    }
    show(fitting.slice(0, MOST).map((one) => one.place));
  }

  function go(place) {
    if (place) location.assign(place.to);
  }

  self.accessibleAutocomplete({
    element: form.querySelector(".ce-find__field"),
    id: form.querySelector("label").htmlFor,
    name: "", // nothing is sent anywhere
    source: find,
    templates: {
      inputValue: (place) => place?.name ?? "",
      suggestion: (place) => `<span class="ce-find__name">${escaped(place.name)}</span> <span>${escaped(place.note)}</span>`,
    },
    onConfirm: go,
    confirmOnBlur: false,
    minLength: LEAST,
    displayMenu: "overlay",
    showNoOptionsFound: false, // said below, with ways on
    menuAttributes: { "aria-labelledby": form.querySelector("label").id },
    tStatusNoResults: () => "",
    tStatusQueryTooShort: (least) => `Type at least ${least} letters`,
    tStatusResults: (count, chosen) => `${count === 1 ? "1 place fits" : `${count} places fit`}. ${chosen}`,
    tStatusSelectedOption: (name, count, at) => `${name}, ${at + 1} of ${count}, is highlighted`,
    tAssistiveHint: () => `${hint.textContent} When places are listed, use the up and down arrows to go through them, `
      + "and Enter to open the profile of the Trust. On a touch screen, touch one or swipe.",
  });

  form.addEventListener("input", ({ target }) => {
    if (target.value.trim().length < LEAST) find("", () => {}); // the field does not ask for so little
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.defaultPrevented) return;
    // With its list open, the field keeps Enter to itself, though nothing in the list is chosen yet.
    if (event.target.matches("input")) form.requestSubmit();
    // Where the list changed under the reader's choice, the field has forgotten the choice: what is marked is meant.
    const at = [...form.querySelectorAll("[role=option]")].indexOf(event.target);
    if (at >= 0) go(fitting[at]?.place);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const best = fitting.filter((one) => one.rank === fitting[0].rank);
    if (best.length && best[0].rank < 3 && new Set(best.map((one) => one.place.to)).size === 1) go(best[0].place);
    else {
      if (best.length && best[0].rank < 3) tell("several");
      form.querySelector("input").focus();
    }
  });
  form.classList.add("ce-ready");
}

document.querySelectorAll("form[data-ce-find]").forEach(setUp);
