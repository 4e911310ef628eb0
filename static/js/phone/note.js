// Telling more: what one does, with which result and when; why not; an obstacle, a measure, a comment.

import { html, signal } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { newId } from "../ids.js";
import { graphemes } from "../text.js";
import { Button } from "../ui.js";
import { Counter, Grow } from "./fields.js";
import { begin, draftOf, isMyStance, isStance, put } from "./telling.js";
import { kindName } from "./words.js";

const LIMIT = 1000, FIRST_YEAR = 1950; // as workshop/model.py and rules/experience.py say
const complaint = signal(null); // {field, words}

/** `own`: one's own experiences of the idea. */
export function Note({ idea, own }) {
  const draft = draftOf(idea.id), stance = own.find(isMyStance), value = typed(draft);
  const kinds = [...(stance ? [stance.kind] : []), "obstacle", "measure", "comment"];
  const choose = (kind) => { complaint.value = null; begin(idea.id, kind, isStance(kind) ? stance : { text: value && !isStance(value.kind) ? value.text : "" }); };
  return html`<h2 class="eyebrow">${t("Add what you know")}</h2>
    <div class="row" role="group" aria-label=${t("Add a text")}>${kinds.map((kind) => html`
      <button type="button" key=${kind} class=${`chip ${value?.kind === kind ? "on" : ""}`} aria-pressed=${value?.kind === kind} onClick=${() => choose(kind)}>${chip(kind)}</button>`)}</div>
    ${value && html`<${Form} idea=${idea} stance=${stance} draft=${draft} />`}`;
}

// What an earlier version of this page kept has neither result nor year.
const typed = (draft) => draft.value && { result: "", year: "", ...draft.value };

const chip = (kind) => ({ do: t("Tell how"), would: t("Tell how"), not: t("Say why") })[kind] ?? kindName(kind);

function Form({ idea, stance, draft }) {
  const value = typed(draft), { kind } = value, done = kind === "do";
  const write = (change) => { draft.value = { ...value, ...change }; complaint.value = null; };
  const send = (event) => {
    event.preventDefault();
    if (!(complaint.value = problem(value))) keep(idea, stance, draft);
    else document.getElementById(`${complaint.peek().field}-${idea.id}`)?.focus();
  };
  return html`<form class="stack note" onSubmit=${send}>
    <${Words} id=${`note-${idea.id}`} label=${kindName(kind)} shown=${done} rows="3" text=${value.text} placeholder=${prompt(kind)} onText=${(text) => write({ text })} />
    ${done && html`<div class="outcome">
      <${Words} id=${`result-${idea.id}`} label=${t("Result")} shown=${true} rows="2" text=${value.result} placeholder=${t("What came of it? Figures, if you have them")} onText=${(result) => write({ result })} />
      <div class="field year"><label for=${`year-${idea.id}`}>${t("Year")}</label><input id=${`year-${idea.id}`} value=${value.year} inputmode="numeric" autocomplete="off" maxlength="4" enterkeyhint="done"
        aria-invalid=${complaint.value?.field === "year"} onInput=${(event) => write({ year: event.target.value })} /></div></div>`}
    ${complaint.value && html`<p class="error" role="alert">${complaint.value.words}</p>`}
    <div class="row"><${Button} kind="primary grow" type="submit">${value.old ? t("Save") : t("Add")}<//><${Button} onClick=${() => { draft.value = complaint.value = null; }}>${t("Cancel")}<//></div></form>`;
}

function Words({ id, label, shown, text, onText, ...rest }) {
  return html`<div class="field"><label class=${shown ? "" : "visually-hidden"} for=${id}>${label}</label>
    <${Grow} id=${id} value=${text} onInput=${(event) => onText(event.target.value)} ...${rest} />
    <div class="spread"><span class="hint"></span><${Counter} text=${text} limit=${LIMIT} /></div></div>`;
}

/** What is typed goes into the outbox; a stance that has been taken meanwhile is the one that is told more of. */
function keep(idea, stance, draft) {
  const { kind, text, result, year, id, idea: about } = typed(draft), at = isStance(kind) ? stance : null;
  put(at?.idea ?? about ?? idea.id, kind, { text: text.trim(), ...(isStance(kind) && { result: result.trim(), year: year.trim() ? Number(year) : null }) }, at?.id ?? id ?? newId());
  draft.value = null;
}

/** What is wrong with what is typed, or null. */
function problem({ kind, text, result, year }) {
  const last = new Date().getFullYear(), done = kind === "do", when = year.trim();
  if (!text.trim() && !(done && (result.trim() || when))) return { field: "note", words: t("Please write something first.") };
  if (graphemes(text.trim()) > LIMIT) return { field: "note", words: t("Too long. Your text is kept; please shorten it.") };
  if (done && graphemes(result.trim()) > LIMIT) return { field: "result", words: t("Too long. Your text is kept; please shorten it.") };
  if (!done || !when || (/^\d{4}$/.test(when) && when >= FIRST_YEAR && when <= last)) return null;
  return { field: "year", words: t("The year is a number from %(first)s to %(last)s, or left empty.", { first: FIRST_YEAR, last }) };
}

const prompt = (kind) => ({
  do: t("What do you do, and since when?"), would: t("What would you need to start?"), not: t("Why does it not fit you?"),
  obstacle: t("What stands in the way?"), measure: t("How would you measure it? Unit, baseline, target"), comment: t("Your comment"),
})[kind];
