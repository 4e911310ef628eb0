// In, and nothing to do yet but to check how one is named.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { MeForm, ReturnCode } from "./me.js";
import { me, session, themes } from "./room.js";

export function Lobby() {
  const { title, question, event } = session();
  return html`<div class="view lobby">
    <p class="in"><span class="tick on"><${Icon} name="check" /></span><b>${me()?.name ? t("You are in, %(name)s.", { name: me().name }) : t("You are in.")}</b></p>
    <h1 tabindex="-1">${title}</h1>
    <p class="lead">${question || [event.name, event.place].filter(Boolean).join(" · ")}</p>
    <${Agenda} />
    <p class="muted">${t("It starts when the facilitator says so. Nothing to do until then; this page follows by itself.")}</p>
    ${me() && html`<${ReturnCode} /><section class="card"><${MeForm} /></section>`}
  </div>`;
}

function Agenda() {
  const all = themes();
  return all.length > 0 && html`<ul class="agenda" aria-label=${t("Themes")}>${all.map((theme) => html`<li key=${theme.id} data-tint=${theme.tint % 8}><i class="tint-dot"></i>${theme.title}</li>`)}</ul>`;
}
