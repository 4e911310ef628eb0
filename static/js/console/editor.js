// Where the agenda is changed: steps in another order, new ones, their words and minutes; other agendas, and this one kept for later.

import { html, signal, useEffect, useLayoutEffect, useRef } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { phaseName } from "../screen/words.js";
import { Button, Empty, Icon, announce } from "../ui.js";
import { run } from "./act.js";
import { StepForm } from "./step-form.js";
import { agenda } from "./steps.js";
import { Templates } from "./templates.js";

/** Whether the agenda is being changed, in the place of the work. */
export const editing = signal(false);
const unfolded = signal(null); // the step whose words are being changed, or "new"
const held = signal(null); // the button that keeps the focus while its step moves

export function Editor() {
  const { steps } = agenda(), head = useRef(null);
  useEffect(() => head.current.focus(), []);
  const minutes = steps.reduce((sum, step) => sum + (step.state === "skipped" ? 0 : step.minutes ?? 0), 0);
  return html`<section class="editor stack" aria-labelledby="editor-title">
    <div class="spread"><div><h2 id="editor-title" tabindex="-1" ref=${head}>${t("The agenda")}</h2>
      <p class="muted">${tn("%(n)s step", "%(n)s steps", steps.length)} · ${tn("%(n)s minute", "%(n)s minutes", minutes)}</p></div>
      <${Button} kind="primary" onClick=${() => { editing.value = false; }}>${t("Done")}<//></div>
    <${Templates} />
    ${steps.length ? html`<ol class="plan-steps">${steps.map((step, at) => html`<${Row} key=${step.id} step=${step} at=${at} last=${at === steps.length - 1} />`)}</ol>`
      : html`<${Empty} icon="flag" title=${t("No agenda yet")}>${t("Choose one above, or add the first step. Without an agenda the session goes from phase to phase by hand.")}<//>`}
    <${Fresh} after=${steps.at(-1)?.id ?? null} /></section>`;
}

function Row({ step, at, last }) {
  const { id, title, phase, minutes, state } = step, isNow = state === "now", open = unfolded.value === id;
  const close = () => { unfolded.value = null; };
  const save = async (words) => { if (await run("step.edit", { step: id, ...words }, t("Changed"))) close(); };
  return html`<li class=${`card plan-step ${state}`}>
    <div class="plan-line"><span class="num place">${at + 1}</span>
      <button type="button" class="words" aria-expanded=${open} onClick=${() => { unfolded.value = open ? null : id; }}><b>${title}</b>
        <small>${[phaseName(phase), minutes && t("%(n)s min", { n: minutes }), stateName(state)].filter(Boolean).join(" · ")}</small></button>
      <span class="tools"><${Mover} step=${step} to=${at - 1} way="up" label=${t("Earlier: %(title)s", { title })} off=${at === 0} />
        <${Mover} step=${step} to=${at + 1} way="down" label=${t("Later: %(title)s", { title })} off=${last} />
        <${Tool} icon=${state === "skipped" ? "undo" : "ban"} gone=${isNow || state === "done"} label=${state === "skipped" ? t("Do not skip: %(title)s", { title }) : t("Skip: %(title)s", { title })} onClick=${() => skip(step)} />
        <${Tool} icon="trash" gone=${isNow} label=${t("Remove: %(title)s", { title })} onClick=${() => run("step.remove", { step: id }, t("Removed “%(title)s”", { title }))} /></span></div>
    ${open && html`<${StepForm} step=${step} onSave=${save} onCancel=${close} />`}</li>`;
}

const stateName = (state) => ({ done: t("done"), now: t("now"), skipped: t("skipped") })[state];
const skip = ({ id, state }) => run("step.skip", { step: id, skipped: state !== "skipped" });

/** `off`: it stays where the focus can be, and does nothing; `gone`: only its room is kept. */
function Tool({ icon, label, off = false, gone = false, onClick, ...rest }) {
  return html`<button type="button" class=${`tool ${gone ? "gone" : ""}`} aria-label=${label} title=${label} aria-disabled=${off} onClick=${() => off || onClick()} ...${rest}><${Icon} name=${icon} /></button>`;
}

/** One place up or down. Moving its step takes the focus from a button, so it is given back. */
function Mover({ step, to, way, label, off }) {
  const name = `${way} ${step.id}`;
  useLayoutEffect(() => {
    if (held.peek() === name && document.activeElement === document.body) document.getElementById(name)?.focus();
  });
  const move = async () => {
    held.value = name;
    if (await run("step.move", { step: step.id, to })) announce(t("“%(title)s” is number %(n)s now.", { title: step.title, n: to + 1 }));
  };
  return html`<${Tool} id=${name} icon=${way} label=${label} off=${off} onClick=${move} />`;
}

function Fresh({ after }) {
  if (unfolded.value !== "new") return html`<div><${Button} icon="plus" onClick=${() => { unfolded.value = "new"; }}>${t("Add a step")}<//></div>`;
  const close = () => { unfolded.value = null; };
  const add = async (words) => { if (await run("step.add", { after, ...words }, t("Added"))) close(); };
  return html`<section class="card" aria-label=${t("Add a step")}><${StepForm} onSave=${add} onCancel=${close} /></section>`;
}
