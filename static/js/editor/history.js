// Every wording that a section had, compared with what stands; any of them can come back.

import { html, signal, useEffect, useRef } from "../../vendor/preact.js";
import { clockTime, t } from "../i18n.js";
import { Button, Icon } from "../ui.js";
import { diff } from "./diff.js";
import { get } from "./line.js";
import { frozen, labels, restore, standing } from "./store.js";

const looked = signal(null); // {section, wordings, chosen}

export async function openHistory(section) {
  const answer = await get(`wordings/${section}`);
  looked.value = { section, wordings: answer.ok ? answer.wordings : [], chosen: answer.ok ? (answer.wordings[1] ?? answer.wordings[0]) : null, failed: !answer.ok };
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

function History() {
  const { section, wordings, chosen, failed } = looked.value;
  return html`<h2 id="history-title">${t("Earlier wordings: %(section)s", { section: labels.titles[section] ?? t("Title") })}</h2>
    ${failed && html`<p class="error" role="alert">${t("That did not work. Look again in a moment.")}</p>`}
    <div class="versions"><ol>${wordings.map((one) => html`<li key=${one.id}><button type="button" class=${`link ${one === chosen ? "on" : ""}`} aria-pressed=${one === chosen} onClick=${() => { looked.value = { ...looked.value, chosen: one }; }}>
        ${day(one.at)} ${clockTime(one.at)} · ${one.by}</button>${one.refused ? html`<span class="badge">${t("came second, kept")}</span>` : one === wordings.find(stands) ? html`<span class="badge">${t("stands now")}</span>` : ""}</li>`)}</ol>
      ${chosen && html`<${Compared} chosen=${chosen} />`}</div>
    <div class="actions">${chosen && !frozen.value && html`<${Button} icon="undo" onClick=${() => bringBack(chosen)}>${t("Bring this back")}<//>`}<${Button} kind="primary" onClick=${close}>${t("Close")}<//></div>`;
}

async function bringBack(wording) {
  const answer = await restore(wording);
  if (answer.ok) close();
  else looked.value = { ...looked.value, failed: true };
}

function Compared({ chosen }) {
  const pieces = diff(chosen.text, standing(chosen.section).text);
  return html`<div class="compared"><p class="eyebrow">${t("From this wording to what stands now")}</p>
    <p class="wording" tabindex="0" role="region" aria-label=${t("Comparison")}>${pieces.map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`))}</p>
    ${pieces.every(({ kind }) => kind === "same") && html`<p class="muted"><${Icon} name="check" />${t("The same words.")}</p>`}</div>`;
}
