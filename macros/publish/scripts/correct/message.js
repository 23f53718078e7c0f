// What is sent: the changes as a file holds them, in words, and in the links to email and to GitHub’s form.
import { byId, form } from "./page.js";
import { changes, differing, said, NOT_GIVEN } from "./changes.js";
import { evidence, hasChanged } from "./evidence.js";
import { slug, title } from "./profile.js";

const MAIL_LIMIT = 1800; // longer addresses are cut off by some mail programs

/** What is sent: first what is changed and added, then what goes, from the end, so that no place moves. */
export function payload() {
  const sent = [...changes.values()].map((one) => one.sent);
  const last = (one) => one.path.at(-1);
  const gone = sent.filter((one) => one.op === "remove").sort((one, other) => last(other) - last(one));
  const record = { record: `trusts/${slug}`, changes: [...sent.filter((one) => one.op !== "remove"), ...gone] };
  if (hasChanged()) return { ...record, source: byId("document").value.trim(), since: evidence() };
  return { ...record, source: byId("source").value.trim() };
}

/** The changes in words, as many as an email's address has room for, and how many are left for the attached file. */
function inWords() {
  const lines = [...changes.values()].map((one, number) => `${number + 1}. ${one.words}\n${said(one)}`);
  const { says, title, publisher, published, address: link } = evidence();
  const since = ["Things have changed since.", says, `Document: ${[title, publisher, published, link].filter(Boolean).join(", ")}`];
  const source = hasChanged() ? since.filter(Boolean).join("\n") : `Source: ${byId("source").value.trim() || "?"}`;
  const whole = (told) => {
    const rest = lines.length - told.length;
    const more = rest ? [`${told.length ? "More changes" : "The changes"} are in the attached file: ${rest}.`] : [];
    return [...told, ...more, source].join("\n\n");
  };
  const fits = (count) => encodeURIComponent(whole(lines.slice(0, count))).length <= MAIL_LIMIT;
  let count = lines.length;
  while (count && !fits(count)) count -= 1;
  return { body: whole(lines.slice(0, count)), left: lines.length - count };
}

/** Put the changes into the links by which they can be sent. */
export function address() {
  const subject = encodeURIComponent(`${hasChanged() ? "New evidence" : "Correction"}: ${title}`);
  const { body, left } = inWords();
  form.querySelector("[data-ce-do=mail]").href = `mailto:${form.dataset.contact}?subject=${subject}&body=${encodeURIComponent(body)}`;
  const [only] = changes.values();
  const github = form.querySelector("[data-ce-do=github]");
  const one = changes.size === 1 && only.sent.op === "set" && !hasChanged();
  github.hidden = !(one && form.dataset.repository);
  if (!github.hidden) {
    const [was, now] = differing(only.was, only.now);
    const answers = { template: "correct-a-fact.yml", place: only.words, now: was || NOT_GIVEN, new: now, source: byId("source").value };
    github.href = `${form.dataset.repository}/issues/new?${new URLSearchParams(answers)}`;
  }
  const advice = [];
  if (left) advice.push(`An email has no room for ${left === changes.size ? "the changes" : "all of them"}: keep them as a file, and attach it.`);
  if (form.dataset.repository && hasChanged()) advice.push("GitHub’s form is for corrections: send new evidence by email or as a file.");
  else if (form.dataset.repository && !one) advice.push("GitHub’s form takes one changed field at a time.");
  byId("advice").textContent = advice.join(" ");
}
