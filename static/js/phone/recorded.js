// One's own ballot, as the server has it and will count it.

import { html } from "../../vendor/preact.js";
import { GRADES, gradeName } from "../counts/grades.js";
import { clockTime, t, tn } from "../i18n.js";
import { Icon } from "../ui.js";
import { choiceFor } from "./choices.js";
import { ideaIds, room, session } from "./room.js";

export function Recorded({ theme, open = false }) {
  const ballot = room.state.get(`mine/ballot/${theme.id}`), { method } = session();
  if (!ballot) return null;
  const given = ideaIds(theme.id).map((id) => room.state.get(`idea/${id}`)).map((idea) => [idea, idea && choiceFor(ballot.choices, idea)]).filter(([, choice]) => choice !== undefined);
  return html`<details class="recorded" open=${open}><summary>${t("Your ballot as recorded")}</summary>
    <p class="muted">${ballot.round > 1 && `${t("Round %(n)s.", { n: ballot.round })} `}${t("Recorded at %(time)s. This is what counts.", { time: clockTime(ballot.at) })}</p>
    ${given.length ? html`<ul>${given.map(([idea, choice]) => html`<li key=${idea.id}>${MARKED.includes(method) && html`<${Icon} name=${MARKS[choice]} label=${told(method, choice)} />`}
      <span class="grow">${idea.title}</span>${!MARKED.includes(method) && html`<b>${told(method, choice)}</b>`}</li>`)}</ul>`
      : html`<p>${t("Nothing chosen.")}</p>`}</details>`;
}

const MARKED = ["approval", "agree"], MARKS = { 1: "check", 0: "minus", "-1": "x" };

/** A choice of one's own in words. */
export const told = (method, choice) => TOLD[method](choice);

const TOLD = {
  approval: () => t("Ticked"),
  dots: (n) => tn("%(n)s dot", "%(n)s dots", n),
  agree: (choice) => ({ 1: t("Agree"), 0: t("Pass"), "-1": t("Disagree") })[choice],
  adoption: (grade) => gradeName(GRADES[GRADES.length - 1 - grade]),
  impact: (value) => t("Impact %(impact)s · effort %(effort)s", { impact: Math.floor(value / 10), effort: value % 10 }),
};
