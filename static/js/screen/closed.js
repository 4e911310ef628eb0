// The end: thanks, and what came together.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { room, session, themes } from "./room.js";
import { Prompt } from "./step.js";

export function Closed() {
  const { organisations = [], joined = 0 } = room.state.get("room") ?? {};
  const ideas = themes().reduce((sum, theme) => sum + theme.ideas, 0), houses = organisations.filter((one) => one.id && one.joined).length;
  const parts = [
    [joined, tn("person", "people", joined)], [houses, tn("organisation", "organisations", houses)], [ideas, tn("idea", "ideas", ideas)],
  ].filter(([n]) => n);
  return html`<main class="end"><h1>${t("Thank you!")}</h1><p class="lead">${session().title}</p><${Prompt} phase="closed" />
    <ul class="sums">${parts.map(([n, what]) => html`<li key=${what}><b>${n}</b> ${what}</li>`)}</ul>
    ${themes().some((theme) => theme.revealed) && html`<p class="lead">${t("The chosen ideas now become draft practices.")}</p>`}</main>`;
}
