// Where we are: the steps of the agenda (without one: the phases), and the themes with the phase of each.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { session, themes } from "../screen/room.js";
import { phaseName } from "../screen/words.js";
import { Icon } from "../ui.js";
import { Choice } from "./choice.js";
import { focused, look } from "./focus.js";
import { Fold } from "./fold.js";
import { isPast, moveTo, phases } from "./moves.js";
import { Rail, RailHead } from "./rail.js";
import { hasAgenda } from "./steps.js";

export function Agenda() {
  return html`<${RailHead} />${hasAgenda() ? html`<${Rail} />` : html`<ol class="steps">${phases().map((phase) => html`<${Step} key=${phase} phase=${phase} />`)}</ol>`}
    <${Themes} />`;
}

function Step({ phase }) {
  const now = session().phase, here = phase === now, done = isPast(phase, now);
  return html`<li><button type="button" class=${`step ${done ? "done" : ""}`} aria-current=${here ? "step" : null} onClick=${() => here || moveTo(phase)}>
    <i>${done && html`<${Icon} name="check" label=${t("done")} />`}</i>${phaseName(phase)}</button></li>`;
}

function Themes() {
  const all = themes();
  if (all.length < 2) return null;
  return html`<h2 class="eyebrow">${t("Themes")}</h2><ul class="themes">${all.map((theme) => html`<${Theme} key=${theme.id} theme=${theme} />`)}</ul>
    <${Fold} name="own-phases" open=${all.some((theme) => theme.own)} summary=${t("Themes at different steps")}>
      <div class="own-phases">${all.map((theme) => html`<${OwnPhase} key=${theme.id} theme=${theme} />`)}</div><//>`;
}

function Theme({ theme }) {
  const here = focused()?.id === theme.id;
  return html`<li class=${here ? "here" : ""} data-tint=${theme.tint % 8} data-drop-theme=${theme.id}>
    <button type="button" class="theme" aria-current=${here ? "true" : null} onClick=${() => look(theme.id)}><i></i><span class="grow">${theme.title}${theme.own && html` <small>${phaseName(theme.phase)}</small>`}</span><b class="num">${theme.ideas}</b></button></li>`;
}

/** A theme follows the session unless it is given a phase of its own. */
function OwnPhase({ theme }) {
  const now = session().phase, others = phases().filter((phase) => phase !== now);
  const options = [{ id: "", title: t("follows the session") }, ...others.map((phase) => ({ id: phase, title: phaseName(phase) }))];
  return html`<${Choice} id=${`phase-${theme.id}`} label=${t("Phase of %(theme)s", { theme: theme.title })} shown=${true} confirm=${t("Set")}
    options=${options} value=${theme.own ? theme.phase : ""} onChoose=${(phase) => moveTo(phase || now, theme)} />`;
}
