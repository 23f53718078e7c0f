// Keeps one text in this browser, or says that it cannot. Some browsers refuse: by setting, or in private windows.

export class Keep {
  constructor(key) {
    this.key = key;
    this.works = this.#try(() => {
      localStorage.setItem(`${key}.try`, "1");
      localStorage.removeItem(`${key}.try`);
    });
  }

  read() {
    let text = null;
    this.#try(() => { text = localStorage.getItem(this.key); });
    return text;
  }

  /** Whether the text is kept now. */
  write(text) {
    this.works = this.#try(() => localStorage.setItem(this.key, text));
    return this.works;
  }

  clear() {
    this.#try(() => localStorage.removeItem(this.key));
  }

  /** Call `heard` when another tab of this browser has changed the text. */
  onOtherTab(heard) {
    addEventListener("storage", (event) => {
      if (event.key === this.key || event.key === null) heard();
    });
  }

  #try(act) {
    try {
      act();
      return true;
    } catch {
      return false;
    }
  }
}
