// The words of a step: what it is called, its phase, minutes and themes, and the prompt for the wall.

import { html, useState } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { themes } from "../screen/room.js";
import { phaseName } from "../screen/words.js";
import { graphemes } from "../text.js";
import { Button } from "../ui.js";
import { phases } from "./moves.js";

const TITLE = 80, PROMPT = 300; // graphemes, as workshop/rules/agenda.py says
const FRESH = { id: "new", phase: "share", title: "", prompt: "", minutes: 10, themes: [] };

export function StepForm({ step = FRESH, onSave, onCancel }) {
  const [words, setWords] = useState({ ...step, minutes: step.minutes ?? "" }), isNow = step.state === "now";
  const put = (change) => setWords({ ...words, ...change });
  const typed = (name) => (event) => put({ [name]: event.currentTarget.value });
  const save = (event) => {
    event.preventDefault();
    onSave({ phase: words.phase, title: words.title, prompt: words.prompt, minutes: words.minutes === "" ? null : Number(words.minutes), themes: words.themes });
  };
  const bad = !words.title.trim() || graphemes(words.title) > TITLE || graphemes(words.prompt) > PROMPT;
  return html`<form class="step-form stack" onSubmit=${save} onKeyDown=${(event) => event.key === "Escape" && onCancel()}>
    <div class="field"><label for=${`title-${step.id}`}>${t("Title")}</label><input id=${`title-${step.id}`} value=${words.title} onInput=${typed("title")} autofocus /></div>
    <div class="pair"><div class="field"><label for=${`phase-of-${step.id}`}>${t("Phase")}</label>
        <select id=${`phase-of-${step.id}`} value=${words.phase} disabled=${isNow} onChange=${typed("phase")}>${phases().map((phase) => html`<option key=${phase} value=${phase} selected=${phase === words.phase}>${phaseName(phase)}</option>`)}</select></div>
      <div class="field"><label for=${`minutes-${step.id}`}>${t("Minutes")}</label><input id=${`minutes-${step.id}`} type="number" min="1" max="240" inputmode="numeric" placeholder=${t("no timer")} value=${words.minutes} onInput=${typed("minutes")} /></div></div>
    <div class="field"><label for=${`prompt-${step.id}`}>${t("Prompt for the wall")}</label><textarea id=${`prompt-${step.id}`} rows="2" value=${words.prompt} onInput=${typed("prompt")}></textarea></div>
    <${Named} chosen=${words.themes} disabled=${isNow} onChange=${(chosen) => put({ themes: chosen })} />
    <div class="row"><${Button} kind="primary small" type="submit" disabled=${bad}>${t("Save")}<//><${Button} kind="small" onClick=${onCancel}>${t("Cancel")}<//></div></form>`;
}

/** For which themes: all, unless some are ticked; the others keep their phases meanwhile. */
function Named({ chosen, disabled, onChange }) {
  const all = themes();
  if (all.length < 2) return null;
  const flip = (id) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return html`<fieldset class="field"><legend>${t("Only for these themes")}</legend>
    <p class="hint">${t("None ticked: for all of them.")}</p>
    <div class="ticks">${all.map((theme) => html`<label key=${theme.id} class="tick"><input type="checkbox" checked=${chosen.includes(theme.id)} disabled=${disabled} onChange=${() => flip(theme.id)} />${theme.title}</label>`)}</div></fieldset>`;
}
