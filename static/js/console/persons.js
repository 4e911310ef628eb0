// The people of an organisation, named as each consented; taking one out and putting them back; hosts.

import { html } from "../../vendor/preact.js";
import { clockTime, t } from "../i18n.js";
import { room } from "../screen/room.js";
import { Button } from "../ui.js";
import { ask, run } from "./act.js";
import { Fold } from "./fold.js";

const byArrival = (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1);
const persons = () => room.state.all("person/").sort(byArrival);
const nameOf = (person) => person.name ?? t("Without a name");

/** Who of an organisation (null: without one) is in the session. */
export function Persons({ organisation }) {
  const inside = persons().filter((one) => one.organisation === organisation && !one.removed);
  return html`<ul class="persons">${inside.map((one) => html`<${Person} key=${one.id} one=${one} />`)}</ul>`;
}

function Person({ one }) {
  const name = nameOf(one), at = clockTime(one.at);
  const host = () => run("participant.host", { participant: one.id, host: !one.host }, one.host ? t("Counts like everybody") : t("Counts as a host"));
  return html`<li><span class="grow">${name} <span class="muted num">${at}</span></span>
    <${Button} kind="small quiet" aria-pressed=${one.host} aria-label=${t("Host: %(name)s, %(at)s", { name, at })} onClick=${host}>${t("Host")}<//>
    <${Button} kind="small quiet" aria-label=${t("Take out %(name)s, %(at)s", { name, at })} onClick=${() => takeOut(one)}>${t("Take out")}<//></li>`;
}

async function takeOut(one) {
  const sure = await ask({
    title: t("Take out %(name)s?", { name: nameOf(one) }), confirm: t("Take out"), danger: true,
    text: t("They can send nothing any more, what they wrote is hidden, and their ballots do not count. You can put them back at any time."),
  });
  if (sure) run("participant.remove", { participant: one.id, idea: null, removed: true }, t("Taken out"));
}

/** Those who were taken out, and the way back. */
export function TakenOut() {
  const outside = persons().filter((one) => one.removed);
  if (!outside.length) return null;
  const back = (one) => run("participant.remove", { participant: one.id, idea: null, removed: false }, t("Put back, with what they wrote"));
  return html`<${Fold} name="taken" open=${true} summary=${html`${t("Taken out")} <span class="muted num">${outside.length}</span>`}>
    <ul class="persons">${outside.map((one) => html`<li key=${one.id}><span class="grow">${nameOf(one)} <span class="muted num">${clockTime(one.at)}</span></span>
      <${Button} kind="small" aria-label=${t("Put back %(name)s, %(at)s", { name: nameOf(one), at: clockTime(one.at) })} onClick=${() => back(one)}>${t("Put back")}<//></li>`)}</ul><//>`;
}
