// Before the day: whether people may write while the lobby is open, and what has come in.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { themes } from "../screen/room.js";
import { ideasCount } from "../screen/words.js";
import { run } from "./act.js";
import { Folded } from "./board.js";
import { Fold } from "./fold.js";

export function Early() {
  const open = themes().filter((theme) => theme.phase === "write"), on = open.length > 0;
  const ideas = open.reduce((sum, theme) => sum + theme.ideas, 0);
  const flip = (event) => run("early.open", { open: event.currentTarget.checked }, event.currentTarget.checked ? t("People may write now") : t("Writing waits for the day"));
  return html`<section class="card early" aria-label=${t("Writing before the day")}><${Fold} name="early" open=${on} summary=${html`${t("Writing before the day")}${on && html` <span class="badge">${ideasCount(ideas)}</span>`}`}><div class="stack"><label class="switch"><input type="checkbox" checked=${on} onChange=${flip} /><b>${t("Let people write before the day")}</b></label>
    <p class="muted">${on ? t("Whoever joins can write now, for days if you like. On the day go on with Next: everything is kept.") : t("Send the link round early: people join, write when they have time, and find their ideas here on the day.")}</p>
    ${open.map((theme) => html`<div key=${theme.id} data-tint=${theme.tint % 8}><h3>${theme.title}</h3><${Folded} theme=${theme} /></div>`)}</div><//></section>`;
}
