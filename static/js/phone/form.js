// The field for an idea: new, or one of one's own being changed. Every keystroke is kept.

import { html, signal } from "../../vendor/preact.js";
import { createIndex } from "../alike.js";
import { t, tn } from "../i18n.js";
import { newId } from "../ids.js";
import { graphemes } from "../text.js";
import { Icon, announce } from "../ui.js";
import { Counter, Grow } from "./fields.js";
import { ownIdeas, room, themes } from "./room.js";

const TITLE_LIMIT = 140, DETAIL_LIMIT = 1000, ALIKE = 0.45, LONG_ENOUGH = 12;
const BLANK = { title: "", detail: "", open: false };
const complaint = signal("");

/** What is being typed: a change of an own idea goes before a new one. */
function drafts(theme) {
  const edit = room.outbox.draft(`edit:${theme.id}`), fresh = room.outbox.draft(`idea:${theme.id}`);
  return edit.value ? edit : fresh;
}

/** Start changing one of one's own ideas. */
export function edit(theme, idea) {
  room.outbox.draft(`edit:${theme.id}`).value = { id: idea.id, title: idea.title, detail: idea.detail, open: Boolean(idea.detail) };
  document.querySelector(".idea-field textarea")?.focus();
}

/** Put what is typed into the outbox, or say what is missing. Returns whether it went. */
export function send(theme) {
  const draft = drafts(theme), { id, title, detail } = { ...BLANK, ...draft.value };
  complaint.value = problem(title, detail);
  if (complaint.value) {
    document.querySelector(".idea-field textarea")?.focus();
    return false;
  }
  const idea = id ?? newId();
  room.outbox.put("idea", `idea/${idea}`, "idea.put", { idea, theme: theme.id, title: title.trim(), detail: detail.trim() });
  draft.value = null;
  announce(t("Idea sent."));
  return true;
}

function problem(title, detail) {
  if (!title.trim()) return t("Please write something first.");
  const over = Math.max(graphemes(title.trim()) - TITLE_LIMIT, graphemes(detail.trim()) - DETAIL_LIMIT);
  return over > 0 ? tn("%(n)s character too long. Your text is kept; shorten it, or move the rest to “how you do it”.", "%(n)s characters too long. Your text is kept; shorten it, or move the rest to “how you do it”.", over) : "";
}

/** `onTwin`, where given, opens an idea of the room that says about the same. */
export function Form({ theme, hint, onSend = () => send(theme), onTwin }) {
  const draft = drafts(theme), value = { ...BLANK, ...draft.value };
  const write = (change) => {
    const next = { ...value, ...change };
    draft.value = next.id || next.title || next.detail || next.open ? next : null;
    complaint.value = "";
  };
  const enter = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    onSend();
  };
  return html`<form onSubmit=${(event) => { event.preventDefault(); onSend(); }}>
    <div class="idea-field"><label class="visually-hidden" for="idea-title">${value.id ? t("Change your idea") : t("Your idea in one sentence")}</label>
      <${Grow} id="idea-title" rows="3" value=${value.title} placeholder=${t("Your idea in one sentence")} enterkeyhint="send" aria-describedby="idea-hint" aria-invalid=${Boolean(complaint.value)}
        onInput=${(event) => write({ title: event.target.value })} onKeyDown=${enter} />
      <div class="spread" id="idea-hint"><span class="hint">${value.id ? t("You are changing your idea") : hint}</span><${Counter} text=${value.title} limit=${TITLE_LIMIT} /></div></div>
    ${complaint.value && html`<p class="error" role="alert"><${Icon} name="alert" />${complaint.value}</p>`}
    <${Alike} theme=${theme} value=${value} onTwin=${onTwin} />
    <${Detail} value=${value} write=${write} />
  </form>`;
}

function Detail({ value, write }) {
  if (!value.open) return html`<button type="button" class="link more" onClick=${() => { write({ open: true }); requestAnimationFrame(() => document.getElementById("idea-detail")?.focus()); }}>${t("+ Add how you do it")}</button>`;
  return html`<div class="field detail"><label for="idea-detail">${t("How you do it (optional)")}</label>
    <${Grow} id="idea-detail" rows="4" value=${value.detail} onInput=${(event) => write({ detail: event.target.value })} />
    <div class="spread"><span class="hint">${t("Steps, clauses, results, figures")}</span><${Counter} text=${value.detail} limit=${DETAIL_LIMIT} /></div></div>`;
}

/** Two alike, of what this phone holds anyway: one's own ideas, and those that everybody sees by now. */
function Alike({ theme, value, onTwin }) {
  const title = value.title.trim(), own = themes().flatMap((one) => ownIdeas(one.id)), shared = onTwin ? room.state.all("idea/") : [];
  if (title.length < LONG_ENOUGH) return null;
  const mine = twin(owns, own.map(({ id, title: text }) => [id, text]), title, value.id), twinOfMine = own.find(({ id }) => id === mine);
  if (twinOfMine) return html`<${Told} words=${t("You wrote something like this:")} idea=${twinOfMine}>
    ${twinOfMine.theme === theme.id && html`<button type="button" class="link" onClick=${() => edit(theme, twinOfMine)}>${t("Edit it")}</button>`}<//>`;
  const known = twin(seen, shared.flatMap((idea) => [idea, ...idea.merged].map((part) => [part.id, part.title])), title, value.id);
  const other = shared.find((idea) => idea.id === known || idea.merged.some((part) => part.id === known));
  return other && html`<${Told} words=${t("Two alike? Somebody wrote:")} idea=${other}>
    <button type="button" class="link" onClick=${() => onTwin(other)}>${t("Add your experience instead")}</button><//>`;
}

const Told = ({ words, idea, children }) => html`<div class="notice warn" role="status"><${Icon} name="copy" /><div class="grow">${words} <b>“${idea.title}”</b><div>${children}</div></div></div>`;

const owns = createIndex(), seen = createIndex();

/** The id of the text among [[id, text]] that is most like the title, or undefined. The index keeps what it knows from before. */
function twin(index, texts, title, but) {
  const ids = new Set(texts.map(([id]) => id));
  for (const id of index.ids()) if (!ids.has(id)) index.drop(id);
  for (const [id, text] of texts) index.put(id, text);
  return index.near(title, ALIKE, but)[0]?.[0];
}
