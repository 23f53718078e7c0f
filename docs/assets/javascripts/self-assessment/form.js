// The form on the page: what may be answered, what is answered now, and what of it is shown.

export class Form {
  constructor(element) {
    this.element = element;
    this.fields = element.elements;
    this.standards = [...element.querySelectorAll("[data-standard]")].map((part) => ({
      id: part.dataset.standard,
      title: part.dataset.title,
      stage: part.dataset.stage,
      core: part.dataset.core === "core",
      link: part.querySelector("[data-ce-link]").href,
      part,
      choices: [...part.querySelectorAll("input[type=radio]")],
      note: part.querySelector("textarea"),
      checks: [...part.querySelectorAll(".ce-assess__checks li")].map(readCheck),
    }));
    this.ids = this.standards.map((one) => one.id);
    this.choices = new Map(this.standards[0].choices.map((radio) => [radio.value, radio.labels[0].textContent.trim()]));
    this.sides = values(this.fields.side);
    this.sizes = values(this.fields.size);
    this.standards.forEach((one) => this.#equip(one));
    // The browser's own search finds what the quick form leaves out: then the form becomes the full one.
    element.addEventListener("beforematch", () => element.querySelector("[name=size][value=all]").click());
  }

  get side() { return this.fields.side.value; }
  get size() { return this.fields.size.value; }
  get who() { return this.fields.who.value.trim(); }

  /** The standards that are shown: all, or the core ones. */
  get shown() {
    return this.standards.filter((one) => one.core || this.size === "all");
  }

  /** Everything that was answered or noted, hidden parts as well. */
  get() {
    const answers = new Map();
    for (const one of this.standards) {
      const answer = one.choices.find((radio) => radio.checked)?.value || "";
      if (answer || one.note.value.trim()) answers.set(one.id, { answer, note: one.note.value });
    }
    return { size: this.size, side: this.side, who: this.who, answers };
  }

  set({ size, side, who, answers }) {
    this.fields.size.value = size;
    this.fields.side.value = side;
    this.fields.who.value = who;
    for (const one of this.standards) {
      const { answer = "", note = "" } = answers.get(one.id) || {};
      for (const radio of one.choices) radio.checked = radio.value === answer;
      one.note.value = note;
    }
    this.show();
  }

  clear() {
    this.element.reset();
    this.show();
  }

  /** Hide what is not chosen, and bring everything that depends on the answers up to date. */
  show() {
    if (!this.side) this.fields.side.value = this.sides[0]; // on paper neither is ticked
    const shown = new Set(this.shown);
    for (const one of this.standards) {
      one.part.hidden = shown.has(one) ? false : "until-found";
      one.undo.hidden = !one.choices.some((radio) => radio.checked);
      one.printed.textContent = one.note.value;
    }
    for (const stage of this.element.querySelectorAll(".ce-assess__stage")) {
      stage.hidden = stage.querySelector("[data-standard]:not([hidden])") ? false : "until-found";
    }
    const done = [...shown].filter((one) => !one.undo.hidden).length;
    for (const line of this.element.querySelectorAll("[data-ce-progress]")) {
      line.textContent = `${done} of ${shown.size} standards answered`;
    }
    this.element.dispatchEvent(new Event("ce-shown"));
  }

  // Radio buttons cannot be unchosen, and paper cuts long notes off: a button and a copy of the note mend that.
  #equip(one) {
    one.undo = document.createElement("button");
    one.undo.type = "button";
    one.undo.className = "ce-assess__undo ce-no-print";
    one.undo.hidden = true;
    const about = document.createElement("span");
    about.className = "ce-hidden";
    about.textContent = ` to ${one.id.toUpperCase()}`;
    one.undo.append("Take back the answer", about);
    one.undo.addEventListener("click", () => {
      for (const radio of one.choices) radio.checked = false;
      one.choices[0].focus(); // the button is about to go
      one.note.dispatchEvent(new Event("input", { bubbles: true }));
    });
    one.choices[0].closest(".ce-assess__answers").append(one.undo);

    one.printed = document.createElement("span");
    one.printed.className = "ce-assess__printed";
    one.printed.setAttribute("aria-hidden", "true");
    one.note.after(one.printed);
  }
}

/** A check in words, and what is suggested for it, without the mark that it is ours. */
function readCheck(line) {
  const suggested = line.querySelector(".ce-threshold");
  const words = (part, but) => {
    const copy = part.cloneNode(true);
    for (const one of copy.querySelectorAll(but)) one.remove();
    return copy.textContent.trim();
  };
  return { text: words(line, ".ce-threshold"), suggestion: suggested ? words(suggested, ".ce-ours") : "" };
}

function values(radios) {
  return [...radios].map((radio) => radio.value);
}
