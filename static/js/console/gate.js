// The door and the approval: who may come in, what waits, and taking back what has just come.

import { html, signal } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { room } from "../screen/room.js";
import { Button, Icon } from "../ui.js";
import { ask, run } from "./act.js";
import { Panel } from "./fold.js";

const RECENT_MS = 120_000;
const AT_ONCE = 6;

const gate = () => room.state.get("gate") ?? { locked: false, hold: null, holding: false };

export function Gate() {
  const { locked, hold, holding, many } = gate();
  const ways = [[null, t("Auto")], [true, t("On")], [false, t("Off")]];
  const said = holding ? t("New ideas and texts wait for you before the room sees them.") : t("New ideas and texts are the room’s at once.");
  const note = [locked && t("Joining is locked"), holding && t("Approval first")].filter(Boolean).join(" · ");
  return html`<${Panel} name="gate" title=${t("Door and approval")} note=${note}><div class="gate">
    <div class="spread"><span class="door-state"><${Icon} name=${locked ? "lock" : "people"} />${locked ? t("Joining is locked") : t("Joining is open")}</span>
      <${Button} kind="small" aria-pressed=${locked} onClick=${() => lock(!locked)}>${locked ? t("Unlock") : t("Lock")}<//></div>
    <div class="spread"><span id="hold-label">${t("Approval first")}</span><div class="ways hold" role="group" aria-labelledby="hold-label">${ways.map(([value, label]) => html`
      <button type="button" key=${label} class="button small" aria-pressed=${hold === value} onClick=${() => setHold(value)}>${label}</button>`)}</div></div>
    <p class="muted small">${said}${hold === null && ` ${t("Auto: above %(n)s people.", { n: many })}`}</p>
    <${Button} kind="small" icon="undo" onClick=${takeBack}>${t("Last two minutes…")}<//></div><//>`;
}

const lock = (locked) => run("join.lock", { locked }, locked ? t("Nobody new can join. Who was in comes back as always.") : t("Joining is open again"));
const setHold = (hold) => hold === gate().hold || run("hold.set", { hold }, holdSaid(hold));

/** What setting the approval so means in the log. */
export const holdSaid = (hold) => ({ true: t("Approval first: on"), false: t("Approval first: off"), null: t("Approval first: auto") })[hold];

const since = signal(0);

/** All that came since: {ideas, experiences, people}, as the server will take it. */
function recent() {
  const fresh = (one) => one.at >= since.value && ["active", "held"].includes(one.state);
  return {
    ideas: room.state.all("idea/").filter(fresh), experiences: room.state.all("experience/").filter(fresh),
    people: room.state.all("person/").filter((one) => one.at >= since.value && !one.host && !one.removed),
  };
}

async function takeBack() {
  since.value = Date.now() + room.line.offset.peek() - RECENT_MS;
  const sure = await ask({ title: t("Take back the last two minutes?"), confirm: t("Take it all back"), danger: true, body: Preview });
  if (sure) run("recent.remove", { since: since.peek() }, t("Taken back"));
}

function Preview() {
  const { ideas, experiences, people } = recent(), words = [...ideas.map((one) => one.title), ...experiences.map((one) => one.text).filter(Boolean)];
  if (!ideas.length && !experiences.length && !people.length) return html`<p>${t("Nothing came in the last two minutes.")}</p>`;
  const counts = [
    ideas.length && tn("%(n)s idea", "%(n)s ideas", ideas.length), experiences.length && tn("%(n)s experience", "%(n)s experiences", experiences.length),
    people.length && tn("%(n)s newcomer", "%(n)s newcomers", people.length),
  ];
  return html`<div class="stack"><p><b>${counts.filter(Boolean).join(" · ")}</b></p>
    ${words.length > 0 && html`<ul class="preview-list">${words.slice(0, AT_ONCE).map((text, i) => html`<li key=${i}>${text}</li>`)}</ul>`}
    ${words.length > AT_ONCE && html`<p class="muted">${t("and %(n)s more", { n: words.length - AT_ONCE })}</p>`}
    <p class="muted">${t("Ideas and texts are hidden, newcomers taken out; what comes until you confirm goes too. One undo brings everything back.")}</p></div>`;
}
