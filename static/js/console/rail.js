// The agenda as a rail: what is done, what is now, what comes, with the minutes of each.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room, themeOf } from "../screen/room.js";
import { Button, Icon } from "../ui.js";
import { editing } from "./editor.js";
import { tab } from "./focus.js";
import { settling } from "./moves.js";
import { agenda, coming, goTo, hasAgenda } from "./steps.js";

/** The steps, where the session has any. */
export function Rail() {
  return html`<ol class="steps rail">${agenda().steps.map((step) => html`<${Line} key=${step.id} step=${step} />`)}</ol>`;
}

function Line({ step }) {
  const { state, title, minutes } = step, isNow = state === "now", isNext = coming()?.id === step.id;
  return html`<li class=${isNow ? "now" : ""}><button type="button" class=${`step ${state} ${isNext ? "coming" : ""}`} aria-current=${isNow ? "step" : null} onClick=${() => isNow || goTo(step)}>
      <i><${Mark} state=${state} /></i><span class="grow">${title}${isNext && html` <span class="badge">${t("next")}</span>`}<${Named} step=${step} /></span>
      ${minutes && html`<span class="minutes num">${t("%(n)s min", { n: minutes })}</span>`}</button>
    ${isNow && html`<${Now} step=${step} />`}</li>`;
}

function Mark({ state }) {
  if (state === "done") return html`<${Icon} name="check" label=${t("done")} />`;
  return state === "skipped" && html`<${Icon} name="minus" label=${t("skipped")} />`;
}

/** For which themes the step is, where not for all. */
function Named({ step }) {
  const named = step.themes.map((id) => themeOf(id)?.title).filter(Boolean);
  return named.length > 0 && html`<small>${named.join(" · ")}</small>`;
}

function Now({ step }) {
  return html`<div class="step-now">${step.prompt && html`<p>${step.prompt}</p>`}
    <${Button} kind="small quiet" icon="refresh" aria-disabled=${settling.value || room.line.status.value !== "live"} onClick=${() => settling.peek() || goTo(step)}>${t("Run it again")}<//></div>`;
}

/** The heading of the rail, and the door to where the agenda is changed. */
export function RailHead() {
  const open = () => { editing.value = !editing.peek(); tab.value = "work"; };
  return html`<div class="rail-head"><h2 class="eyebrow">${t("Agenda")}</h2>
    <${Button} kind="small quiet" icon="pencil" aria-pressed=${editing.value} onClick=${open}>${hasAgenda() ? t("Change") : t("Plan")}<//></div>`;
}
