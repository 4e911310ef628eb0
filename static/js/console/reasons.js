// Why something is taken off the board: a word for the usual reasons, or a sentence of one's own. Its author reads it.

import { html, signal } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { answer, ask, run } from "./act.js";

const LIMIT = 140; // graphemes, as workshop/model.py says
const reason = signal(""), author = signal(false);
const usual = () => [["duplicate", t("Duplicate")], ["personal", t("Personal data")], ["off_theme", t("Off theme")], ["test", t("Only a test")]];

/** What a reason says: the usual ones are kept as a word, so that everybody reads them in their own language. */
export const reasonSaid = (kept) => usual().find(([word]) => word === kept)?.[1] ?? kept;

/** Hide an idea, for a reason that is asked for; promises whether it was done. */
export async function hideIdea(idea, title) {
  if (!(await asked(t("Hide “%(title)s”?", { title }), true))) return false;
  const done = await run("idea.hide", { idea, hidden: true, reason: reason.peek().trim() }, t("Hidden from phones and screen"));
  if (done && author.peek()) await run("participant.remove", { participant: null, idea, removed: true }, t("Taken out"));
  return done;
}

/** Hide an experience likewise. */
export async function hideExperience(experience, title) {
  if (!(await asked(t("Hide “%(title)s”?", { title }), false))) return false;
  return run("experience.hide", { experience, hidden: true, reason: reason.peek().trim() }, t("Hidden from phones and screen"));
}

/** Hide what waits for approval: {ideas, experiences}. */
export async function refuse(what, title) {
  if (!(await asked(title, false))) return false;
  return run("held.decide", { ...what, approve: false, reason: reason.peek().trim() }, t("Hidden"));
}

function asked(title, withAuthor) {
  reason.value = "";
  author.value = false;
  return ask({ title, confirm: t("Hide"), body: () => html`<${Why} withAuthor=${withAuthor} />` });
}

function Why({ withAuthor }) {
  const own = usual().some(([word]) => word === reason.value) ? "" : reason.value;
  const enter = (event) => { if (event.key === "Enter") { event.preventDefault(); answer(true); } };
  return html`<div class="stack">
    <p class="muted">${t("Nothing is lost: you can restore it at any time. Its author is told kindly, with the reason if you give one.")}</p>
    <div class="reasons" role="group" aria-label=${t("Reason")}>${usual().map(([word, said]) => html`<button type="button" key=${word} class=${`chip ${reason.value === word ? "on" : ""}`}
      aria-pressed=${reason.value === word} onClick=${() => { reason.value = reason.peek() === word ? "" : word; }}>${said}</button>`)}</div>
    <div class="field"><label for="reason">${t("In your own words (optional)")}</label>
      <input id="reason" value=${own} maxlength=${LIMIT} onInput=${(event) => { reason.value = event.currentTarget.value; }} onKeyDown=${enter} /></div>
    ${withAuthor && html`<label class="choice"><input type="checkbox" checked=${author.value} onChange=${(event) => { author.value = event.currentTarget.checked; }} />
      <span>${t("Also take its author out of the session")}</span></label>`}</div>`;
}
