// Finding a Trust by typing a place. The places are those of the list on the page; the field is a combobox.
import "./vendor/accessible-autocomplete-3.0.1/accessible-autocomplete.min.js";

const LEAST = 2;
const MOST = 8;
const NOTHING = [];

/** Words to compare: small letters, no accents, “King’s” as “kings”, and single spaces. */
function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
}

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

function read(item) {
  const link = item.querySelector("a");
  const names = [link.textContent, ...(item.dataset.find || "").split("; ")].map(plain).filter(Boolean);
  return {
    name: link.textContent,
    note: item.querySelector(".ce-az__note").textContent,
    to: link.href,
    names,
    words: names.join(" ").split(" "),
    trust: plain(item.dataset.trust).split(" "),
  };
}

/** How well a place fits what was typed: 0 is its name, 1 begins with it, 2 is looser, and null does not fit. */
function fit(place, wanted) {
  if (place.names.includes(wanted)) return 0;
  if (place.names.some((name) => name.startsWith(wanted))) return 1;
  const parts = wanted.split(" ");
  const begins = (words) => (part) => words.some((word) => word.startsWith(part));
  return parts.some(begins(place.words)) && parts.every(begins([...place.words, ...place.trust])) ? 2 : null;
}

function setUp(form) {
  const places = [...document.getElementById(form.dataset.ceFind).querySelectorAll("li")].map(read);
  const none = form.querySelector("[data-ce-none]");
  const several = form.querySelector("[data-ce-several]");
  const hint = form.querySelector(".ce-find__hint");
  let fitting = NOTHING;
  let typed = "";

  function find(text) {
    typed = plain(text);
    fitting = places.map((place) => ({ place, rank: typed ? fit(place, typed) : null }))
      .filter((one) => one.rank !== null)
      .sort((one, other) => one.rank - other.rank);
    none.hidden = !typed || fitting.length > 0;
    several.hidden = true;
    return fitting.slice(0, MOST).map((one) => one.place);
  }

  function go(place) {
    if (place) location.assign(place.to);
  }

  self.accessibleAutocomplete({
    element: form.querySelector(".ce-find__field"),
    id: form.querySelector("label").htmlFor,
    name: "", // nothing is sent anywhere
    source: (text, show) => show(find(text)),
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
    if (target.value.trim().length < LEAST) find(""); // the field does not ask for so little
  });
  form.addEventListener("keydown", (event) => {
    // With its list open, the field keeps Enter to itself, though nothing in the list is chosen yet.
    if (event.key === "Enter" && event.defaultPrevented && event.target.matches("input")) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const best = fitting.filter((one) => one.rank === fitting[0].rank);
    if (best.length && new Set(best.map((one) => one.place.to)).size === 1) go(best[0].place);
    else {
      several.hidden = !best.length;
      form.querySelector("input").focus();
    }
  });
  form.classList.add("ce-ready");
}

document.querySelectorAll("form[data-ce-find]").forEach(setUp);
