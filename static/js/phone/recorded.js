// One's own ballot, as the server has it and will count it.

import { html } from "../../vendor/preact.js";
import { clockTime, t } from "../i18n.js";
import { Icon } from "../ui.js";
import { choiceFor, ideaIds, room, session } from "./room.js";

export function Recorded({ theme, open = false }) {
  const ballot = room.state.get(`mine/ballot/${theme.id}`);
  if (!ballot) return null;
  const given = ideaIds(theme.id).map((id) => room.state.get(`idea/${id}`)).map((idea) => [idea, idea && choiceFor(ballot.choices, idea)]).filter(([, choice]) => choice !== undefined);
  return html`<details class="recorded" open=${open}><summary>${t("Your ballot as recorded")}</summary>
    <p class="muted">${ballot.round > 1 && `${t("Round %(n)s.", { n: ballot.round })} `}${t("Recorded at %(time)s. This is what counts.", { time: clockTime(ballot.at) })}</p>
    ${given.length ? html`<ul>${given.map(([idea, choice]) => html`<li key=${idea.id}><${Icon} name=${MARKS[choice]} label=${said(choice)} /><span>${idea.title}</span></li>`)}</ul>`
      : html`<p>${t("Nothing ticked.")}</p>`}</details>`;
}

const MARKS = { 1: "check", 0: "minus", "-1": "x" };
const said = (choice) => (session().method === "agree" ? { 1: t("Agree"), 0: t("Pass"), "-1": t("Disagree") }[choice] : t("Ticked"));
