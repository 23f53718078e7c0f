// Choosing among the items of a list. The choice stands in the address: it can be sent, and “back” undoes it.
// An item has data-NAME with its values, parted by spaces, for each field called NAME.
// What is left out can still be found with the browser's own search, which shows the whole list again.

/** Hide a part, but not from the browser's own search. Where that cannot look into it, it is simply hidden. */
function leaveOut(part, out) {
  part.hidden = out ? "until-found" : false;
}

function setUp(form) {
  const list = document.getElementById(form.dataset.ceFilter);
  const status = form.querySelector("[role=status]");
  const all = form.querySelector("[data-ce-all]");
  const fields = [...form.elements].filter((field) => field.name);
  const groups = [...list.querySelectorAll("[data-ce-group]")];
  const items = [...list.querySelectorAll("li")].filter((item) => fields.some((field) => field.name in item.dataset));
  const noun = list.dataset.ceNoun || "items";

  const chosen = (field) => (field.type === "checkbox" && !field.checked ? "" : field.value);

  function show() {
    const wanted = fields.filter(chosen);
    let count = 0;
    for (const item of items) {
      const fits = wanted.every((field) => (item.dataset[field.name] || "").split(" ").includes(chosen(field)));
      leaveOut(item, !fits);
      if (fits) count += 1;
    }
    for (const group of groups) leaveOut(group, items.every((item) => item.hidden || !group.contains(item)));
    const told = wanted.length ? `${count} of ${items.length} ${noun}` : `All ${items.length} ${noun}`;
    status.textContent = count ? told : `${told}. Nothing fits all of these at once: choose “All” in one of them.`;
    all.hidden = wanted.length === 0;
  }

  /** Put the choice that the address names into the fields; what a field does not have is passed over. */
  function readAddress() {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = query.get(field.name) || "";
      if (field.type === "checkbox") field.checked = value === field.value;
      else field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    show();
  }

  function writeAddress() {
    const address = new URL(location.href);
    for (const field of fields) {
      if (chosen(field)) address.searchParams.set(field.name, chosen(field));
      else address.searchParams.delete(field.name);
    }
    if (address.href !== location.href) history.pushState(null, "", address);
  }

  function changed() {
    show();
    writeAddress();
  }

  function showAll() {
    form.reset();
    changed();
  }

  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("beforematch", showAll);
  all.addEventListener("click", () => {
    showAll();
    fields[0].focus(); // the button is gone now
  });
  addEventListener("popstate", readAddress);
  addEventListener("pageshow", readAddress); // after the browser has put its own memory into the fields
  readAddress();
  form.hidden = false;
}

document.querySelectorAll("[data-ce-filter]").forEach(setUp);
