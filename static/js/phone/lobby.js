// In, and nothing to do yet but to check how one is named; or to write already, where the facilitator lets people write before the day.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { MeForm, ReturnCode } from "./me.js";
import { chosen, early, me, ownIdeas, session, themes } from "./room.js";

const isEarly = (theme) => theme.phase === "write";

/** Whether to show the lobby: the session is there, and so is the theme, or one has not gone to write yet. */
export const waits = (theme) => session().phase === "lobby" && (theme.phase === "lobby" || (isEarly(theme) && !early.value));

export function Lobby() {
  const { title, question, event } = session();
  return html`<div class="view lobby">
    <p class="in"><span class="tick on"><${Icon} name="check" /></span><b>${me()?.name ? t("You are in, %(name)s.", { name: me().name }) : t("You are in.")}</b></p>
    <h1 tabindex="-1">${title}</h1>
    <p class="lead">${question || [event.name, event.place].filter(Boolean).join(" · ")}</p>
    <${Agenda} />
    ${!themes().some(isEarly) && html`<p class="muted">${t("It starts when the facilitator says so. Nothing to do until then; this page follows by itself.")}</p>`}
    ${me() && html`<${ReturnCode} /><section class="card"><${MeForm} /></section>`}
  </div>`;
}

function Agenda() {
  const all = themes();
  return all.length > 0 && html`<ul class="agenda" aria-label=${t("Themes")}>${all.map((theme) => html`<li key=${theme.id} data-tint=${theme.tint % 8}>${isEarly(theme) ? html`<${Early} theme=${theme} />` : html`<i class="tint-dot"></i>${theme.title}`}</li>`)}</ul>`;
}

function Early({ theme }) {
  const own = ownIdeas(theme.id).length, go = () => { chosen.value = theme.id; early.value = true; };
  return html`<button type="button" class="elsewhere" onClick=${go}><span><b>${theme.title}</b><small>${own ? `${t("Your ideas")} · ${own}` : t("Write")}</small></span><${Icon} name="right" /></button>`;
}
