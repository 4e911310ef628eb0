// The indicators of the practice: those of the network by a picker, and one's own.

import { html, useState } from "../../vendor/preact.js";
import { newId } from "../ids.js";
import { t } from "../i18n.js";
import { Button, Icon, Status, toast } from "../ui.js";
import { openFigures } from "./history.js";
import { editMeasure, frozen, labels, measures, nameOf, outbox, removeMeasure } from "./store.js";

const unitOf = (unit) => labels.units[unit] ?? unit;

export function Measures() {
  return html`<div class="measures">${measures.value.map((measure) => html`<${Measure} key=${measure.id} measure=${measure} />`)}
    ${!frozen.value && html`<${Picker} />`}</div>`;
}

function Picker() {
  const [own, setOwn] = useState(false);
  const add = (event) => {
    const seed = labels.seeds.find(({ key }) => key === event.currentTarget.value);
    if (event.currentTarget.value === "own") setOwn(true);
    if (seed) editMeasure(newId(), { kpi: seed.key, unit: seed.unit }, { delay: 0 });
    event.currentTarget.value = "";
  };
  return html`<div class="picker"><label for="add-measure">${t("Add a measure")}</label>
    <select id="add-measure" class="input" value="" onChange=${add}><option value="">${t("Choose an indicator …")}</option>
      ${labels.seeds.map(({ key, unit }) => html`<option key=${key} value=${key}>${labels.kpis[key]} (${unitOf(unit)})</option>`)}<option value="own">${t("One of your own …")}</option></select>
    ${own && html`<${Own} done=${() => setOwn(false)} />`}</div>`;
}

function Own({ done }) {
  const add = (event) => {
    event.preventDefault();
    const { name, unit } = Object.fromEntries(new FormData(event.currentTarget));
    editMeasure(newId(), { name, unit }, { delay: 0 });
    done();
  };
  return html`<form class="own" onSubmit=${add}><div class="field"><label for="own-name">${t("What is measured")}</label><input id="own-name" name="name" required maxlength="140" /></div>
    <div class="field"><label for="own-unit">${t("Unit")}</label><input id="own-unit" name="unit" required maxlength="140" /></div>
    <${Button} type="submit" kind="small" icon="plus">${t("Add")}<//></form>`;
}

function Measure({ measure }) {
  const { id, kpi, unit } = measure, key = `measure:${id}`, problem = outbox.error(key), name = nameOf(measure);
  const remove = async () => {
    const answer = await removeMeasure(id);
    toast(answer.ok ? t("“%(name)s” is removed. Its figures are kept in the log.", { name }) : answer.error.message || t("Not saved: the network is away."));
  };
  return html`<fieldset class="measure" disabled=${frozen.value}><legend>${name} <span class="muted">${unitOf(unit)}</span></legend>
    <${Figure} id=${id} of="baseline" label=${t("Baseline")} value=${measure.baseline} />
    <${Figure} id=${id} of="target" label=${t("Target")} value=${measure.target} />
    <${Words} id=${id} of="source" label=${t("Source")} value=${measure.source} />
    <${Words} id=${id} of="owner" label=${t("Owner")} value=${measure.owner} />
    ${problem && html`<p class="error"><${Icon} name="alert" />${problem.message}</p>`}
    ${problem?.code === "overtaken" && html`<${Button} kind="small" onClick=${() => outbox.discard(key)}>${t("Take theirs")}<//><${Button} kind="small" onClick=${() => editMeasure(id, { base: problem.theirs.rev }, { delay: 0 })}>${t("Keep mine")}<//>`}
    ${!frozen.value && html`<div class="tools"><${Status} state=${outbox.status(key)} words=${{ waiting: t("Not saved yet — kept on this computer") }} />
      ${measure.rev > 0 && html`<${Button} kind="quiet small" icon="clock" aria-label=${t("Earlier figures: %(name)s", { name })} onClick=${() => openFigures(measure)}>${t("Earlier figures")}<//>`}
      <${Button} kind="quiet small danger" icon="trash" aria-label=${t("Remove “%(name)s”", { name })} onClick=${remove}>${t("Remove")}<//></div>`}</fieldset>`;
}

function Figure({ id, of, label, value }) {
  const [typed, setTyped] = useState(null), wrong = typed !== null && Number.isNaN(read(typed));
  const change = (event) => {
    const text = event.currentTarget.value;
    setTyped(text);
    if (!Number.isNaN(read(text))) editMeasure(id, { [of]: read(text) });
  };
  return html`<div class="field"><label for=${`${of}-${id}`}>${label}</label><input id=${`${of}-${id}`} inputmode="decimal" value=${typed ?? written(value)} aria-invalid=${wrong ? "true" : undefined}
    onInput=${change} onBlur=${() => { if (!wrong) setTyped(null); }} />${wrong && html`<p class="error">${t("A number, please.")}</p>`}</div>`;
}

/** A figure as typed, with a comma or a point; null for none. */
const read = (text) => (text.trim() ? Number(text.trim().replace(",", ".")) : null);

/** A figure as people here write it. */
const written = (value) => (value == null ? "" : new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false, maximumFractionDigits: 6 }).format(value));

const Words = ({ id, of, label, value }) => html`<div class="field"><label for=${`${of}-${id}`}>${label}</label>
  <input id=${`${of}-${id}`} value=${value} maxlength="140" onInput=${(event) => editMeasure(id, { [of]: event.currentTarget.value })} /></div>`;
