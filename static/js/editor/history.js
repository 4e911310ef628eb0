// Every wording that a section had, and all that a measure said, compared with what stands; any of them can come back.

import { html, signal, useEffect, useRef } from "../../vendor/preact.js";
import { clockTime, t } from "../i18n.js";
import { Button, Icon } from "../ui.js";
import { diff } from "./diff.js";
import { get } from "./line.js";
import { editMeasure, frozen, labels, measures, nameOf, restore, standing } from "./store.js";

const looked = signal(null); // {title, entries, chosen, Compared, back, failed}

export async function openHistory(section) {
  const answer = await get(`wordings/${section}`);
  look(answer, { title: t("Earlier wordings: %(section)s", { section: labels.titles[section] ?? t("Title") }), entries: answer.wordings ?? [], Compared: Wording, back: restore });
}

export async function openFigures(measure) {
  const answer = await get(`measures/${measure.id}/figures`), entries = (answer.figures ?? []).map((one) => ({ ...one, measure: measure.id }));
  look(answer, { title: t("Earlier figures: %(name)s", { name: nameOf(measure) }), entries, Compared: Figures, back: bringFigures });
}

/** Show what came, beginning with what stood before the last change. */
function look(answer, history) {
  looked.value = { ...history, chosen: history.entries[1] ?? history.entries[0] ?? null, failed: !answer.ok };
}

export function HistoryDialog() {
  const dialog = useRef(null), open = looked.value !== null;
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  return html`<dialog class="dialog history" ref=${dialog} aria-labelledby="history-title" onClose=${close}>${open && html`<${History} />`}</dialog>`;
}

const close = () => { looked.value = null; };
const stands = ({ refused }) => !refused; // of the newest first
const day = (at) => new Date(at).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short" });
const when = ({ at, by }) => (at ? `${day(at)} ${clockTime(at)} · ${by}` : t("As it came"));

function History() {
  const { title, entries, chosen, Compared, failed } = looked.value;
  return html`<h2 id="history-title">${title}</h2>
    ${failed && html`<p class="error" role="alert">${t("That did not work. Look again in a moment.")}</p>`}
    ${!failed && !entries.length && html`<p class="muted">${t("Nobody has changed it here yet.")}</p>`}
    <div class="versions"><ol>${entries.map((one) => html`<li key=${one.id}><button type="button" class=${`link ${one === chosen ? "on" : ""}`} aria-pressed=${one === chosen} onClick=${() => { looked.value = { ...looked.value, chosen: one }; }}>
        ${when(one)}</button>${one.refused ? html`<span class="badge">${t("came second, kept")}</span>` : one === entries.find(stands) ? html`<span class="badge">${t("stands now")}</span>` : ""}${one.state === "removed" ? html`<span class="badge">${t("removed")}</span>` : ""}</li>`)}</ol>
      ${chosen && html`<div class="compared"><${Compared} chosen=${chosen} /></div>`}</div>
    <div class="actions">${chosen && !frozen.value && html`<${Button} icon="undo" onClick=${() => bringBack(chosen)}>${t("Bring this back")}<//>`}<${Button} kind="primary" onClick=${close}>${t("Close")}<//></div>`;
}

async function bringBack(entry) {
  const answer = await looked.value.back(entry);
  if (answer.ok) close();
  else looked.value = { ...looked.value, failed: true };
}

function Wording({ chosen }) {
  const pieces = diff(chosen.text, standing(chosen.section).text);
  return html`<p class="eyebrow">${t("From this wording to what stands now")}</p>
    <p class="wording" tabindex="0" role="region" aria-label=${t("Comparison")}>${pieces.map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`))}</p>
    ${pieces.every(({ kind }) => kind === "same") && html`<p class="muted"><${Icon} name="check" />${t("The same words.")}</p>`}`;
}

/** A measure then and now; what has changed is marked as it is in a text. */
function Figures({ chosen }) {
  const now = measures.value.find((one) => one.id === chosen.measure) ?? chosen;
  const rows = [[t("Baseline"), "baseline"], [t("Target"), "target"], [t("Source"), "source"]].map(([label, of]) => [label, told(chosen[of]), told(now[of])]);
  return html`<table class="figures"><thead><tr><td></td><th scope="col">${t("Then")}</th><th scope="col">${t("Now")}</th></tr></thead>
    <tbody>${rows.map(([label, then, stands]) => html`<tr key=${label}><th scope="row">${label}</th><td>${then === stands ? then : html`<del>${then}</del>`}</td><td>${then === stands ? stands : html`<ins>${stands}</ins>`}</td></tr>`)}</tbody></table>
    ${rows.every(([, then, stands]) => then === stands) && html`<p class="muted"><${Icon} name="check" />${t("The same figures.")}</p>`}`;
}

const told = (value) => (typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value || "–");

/** Let earlier figures stand again: a change like any other, which waits for the network where it must. */
function bringFigures({ measure, baseline, target, source }) {
  editMeasure(measure, { baseline, target, source }, { delay: 0 });
  return { ok: true };
}
