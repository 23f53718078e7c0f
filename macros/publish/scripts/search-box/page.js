// The box on the search page. The address follows what is typed.
import { ready } from "./needs.js";
import { asked, before, keep, written } from "./address.js";
import { fill } from "./box.js";

const title = document.title;
export let onPage;

export function page(root) {
  if (onPage) return;
  root.classList.add("ce-search-page");
  const entitle = ({ query }) => { document.title = query ? `${query} - ${title}` : title; };
  const address = (state) => {
    const to = new URL(location);
    to.search = "";
    to.hash = written(state);
    return to;
  };
  onPage = fill(root, "ce-search-page", (state) => {
    history.replaceState(null, "", address(state));
    entitle(state);
  });
  onPage.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = onPage.list.querySelector("a");
    if (first) first.focus();
  });
  onPage.list.addEventListener("click", (event) => {
    const followed = event.target.closest("a");
    if (followed) keep(onPage.kept(followed));
  });
  function readAddress() {
    const now = asked();
    if (location.search && now.query) history.replaceState(history.state, "", address(now)); // out of what is sent
    entitle(now);
    onPage.restore({ ...(before() || {}), ...now });
  }
  addEventListener("hashchange", () => { if (written(asked()) !== written(onPage.state)) readAddress(); });
  ready.then(() => document.documentElement.classList.add("ce-has-search"), () => {});
  readAddress();
}
