// Joins the controls of the page to the other parts, and shows the form.
import { byId, form } from "./page.js";
import { changes } from "./changes.js";
import { SINCE, askWhatIsNeeded } from "./evidence.js";
import { choose, chooseTime, openAsked } from "./profile.js";
import { address } from "./message.js";
import { list } from "./list.js";
import { keepAsFile, key, ready, save } from "./sending.js";

form.addEventListener("ce-changed", list);
byId("trust").addEventListener("change", choose);
for (const name of ["source", ...Object.values(SINCE)]) byId(name).addEventListener("input", address);
byId("kind").addEventListener("change", async ({ target }) => {
  if (!(await chooseTime())) form.querySelector(`[name=correct-kind]:not([value=${target.value}])`).checked = true;
  askWhatIsNeeded();
  address();
});
form.querySelector("[data-ce-do=save]").addEventListener("click", save);
form.querySelector("[data-ce-do=file]").addEventListener("click", keepAsFile);
for (const way of ["mail", "github"]) {
  form.querySelector(`[data-ce-do=${way}]`).addEventListener("click", (event) => { if (!ready()) event.preventDefault(); });
}
addEventListener("beforeunload", (event) => { if (changes.size) event.preventDefault(); });
form.addEventListener("submit", (event) => event.preventDefault());
byId("changes").tabIndex = -1;
if (form.dataset.ceSave !== "") { // served by `guide edit`
  key();
  addEventListener("hashchange", key);
  form.querySelector("[data-ce-do=save]").hidden = false;
  form.querySelector("[data-ce-do=mail]").classList.add("ce-button--quiet");
}
document.querySelector("[data-ce-unready]").hidden = true;
form.hidden = false;

openAsked();
