// What people add to an idea: one stance each, and obstacles, measures and comments.

import { html, signal } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { newId } from "../ids.js";
import { graphemes } from "../text.js";
import { Button, Icon, Status } from "../ui.js";
import { Refused, fate, withdraw } from "./fate.js";
import { Counter, Grow } from "./fields.js";
import { STANCES, experiencesOf, ownExperiences, room } from "./room.js";
import { kindName, stanceTold } from "./words.js";

const LIMIT = 1000;
const ICONS = { do: "check", would: "heart", not: "x", obstacle: "obstacle", measure: "ruler", comment: "note" };
const isStance = (kind) => STANCES.includes(kind);
const isMyStance = ({ kind, state }) => isStance(kind) && state !== "hidden";

export function Experiences({ idea, canAdd }) {
  const own = ownExperiences(idea), ids = new Set(own.map((one) => one.id));
  const others = experiencesOf(idea.id).filter((one) => !ids.has(one.id));
  return html`${canAdd && html`<${Stance} idea=${idea} own=${own.find(isMyStance)} />`}
    <${Told} others=${others} own=${own} />
    ${canAdd && html`<${Note} idea=${idea} own=${own} />`}`;
}

/** Keep an experience under its key; a stance has one key per idea, so that a newer one replaces it. */
function put(idea, kind, text, id) {
  const key = isStance(kind) ? `stance/${idea}` : `experience/${id}`;
  room.outbox.put("experience", key, "experience.put", { experience: id, idea, kind, text });
}

function Stance({ idea, own }) {
  const choose = (kind) => (own?.kind === kind ? withdraw("experience", own) : put(idea.id, kind, own?.text ?? "", own?.id ?? newId()));
  return html`<div class="stances" role="group" aria-label=${t("Your organisation and this idea")}>${STANCES.map((kind) => html`
    <button type="button" key=${kind} class=${`stance ${own?.kind === kind ? "on" : ""}`} aria-pressed=${own?.kind === kind} onClick=${() => choose(kind)}>
      <${Icon} name=${ICONS[kind]} />${kindName(kind)}</button>`)}</div>
    ${own && html`<${Saved} id=${`stance/${idea.id}`} one=${own} />`}`;
}

function Saved({ id, one }) {
  const error = room.outbox.error(id), told = fate(one);
  if (!error && told) return html`<span class="status">${told}</span>`;
  return error ? html`<${Refused} id=${id} error=${error} />` : html`<${Status} state=${room.outbox.status(id)} />`;
}

function Told({ others, own }) {
  const said = [...others.filter((one) => one.text), ...own.filter((one) => one.text || !isStance(one.kind))];
  return html`${STANCES.map((kind) => html`<${Silent} key=${kind} kind=${kind} who=${others.filter((one) => one.kind === kind && !one.text && one.by)} />`)}
    ${said.length > 0 && html`<ul class="told">${said.map((one) => html`<${One} key=${one.id} experience=${one} mine=${own.includes(one)} />`)}</ul>`}`;
}

/** Those who said where they stand and no more, in one line. */
function Silent({ kind, who }) {
  const names = [...new Set(who.map((one) => one.by))];
  return names.length > 0 && html`<p class="silent"><${Icon} name=${ICONS[kind]} /><span><b>${stanceTold(kind)}:</b> ${names.join(", ")}</span></p>`;
}

function One({ experience, mine }) {
  const { kind, text, by, id } = experience;
  return html`<li><span class="kind"><${Icon} name=${ICONS[kind]} />${(!mine && stanceTold(kind)) || kindName(kind)}</span><p class="said">${text}</p>
    <div class="spread foot"><small class="muted">${mine ? t("You") : by ?? (room.state.get("session").show_authors && t("Anonymous"))}</small>
      ${mine && isStance(kind) && experience.state === "hidden" && html`<span class="status">${fate(experience)}</span>`}
      ${mine && !isStance(kind) && html`<span class="acts"><${Saved} id=${`experience/${id}`} one=${experience} /><button type="button" class="link" onClick=${() => withdraw("experience", experience)}>${t("Withdraw")}</button></span>`}</div></li>`;
}

const complaint = signal("");

/** A text of one's own: about one's stance, or an obstacle, a measure or a comment. */
function Note({ idea, own }) {
  const draft = room.outbox.draft(`note:${idea.id}`), stance = own.find(isMyStance);
  const kinds = [...(stance ? [stance.kind] : []), "obstacle", "measure", "comment"];
  const value = draft.value, id = `note-${idea.id}`;
  const begin = (kind) => { draft.value = { kind, text: isStance(kind) ? stance.text : value?.text ?? "" }; requestAnimationFrame(() => document.getElementById(id)?.focus()); };
  const chips = html`<div class="row" role="group" aria-label=${t("Add a text")}>${kinds.map((kind) => html`
    <button type="button" key=${kind} class=${`chip ${value?.kind === kind ? "on" : ""}`} aria-pressed=${value?.kind === kind} onClick=${() => begin(kind)}>${isStance(kind) ? t("Tell how") : kindName(kind)}</button>`)}</div>`;
  if (!value) return html`<h2 class="eyebrow">${t("Add what you know")}</h2>${chips}`;
  const send = () => {
    const text = value.text.trim();
    complaint.value = problem(text);
    if (complaint.value) return;
    put(idea.id, value.kind, text, isStance(value.kind) && stance ? stance.id : newId());
    draft.value = null;
  };
  return html`<h2 class="eyebrow">${t("Add what you know")}</h2>${chips}
    <div class="field"><label class="visually-hidden" for=${id}>${kindName(value.kind)}</label>
      <${Grow} id=${id} rows="3" value=${value.text} placeholder=${prompt(value.kind)} onInput=${(event) => { draft.value = { ...value, text: event.target.value }; complaint.value = ""; }} />
      <div class="spread">${complaint.value ? html`<span class="error" role="alert">${complaint.value}</span>` : html`<span class="hint"></span>`}<${Counter} text=${value.text} limit=${LIMIT} /></div></div>
    <div class="row"><${Button} kind="primary grow" onClick=${send}>${t("Add")}<//><${Button} onClick=${() => { draft.value = null; }}>${t("Cancel")}<//></div>`;
}

function problem(text) {
  if (!text) return t("Please write something first.");
  return graphemes(text) > LIMIT ? t("Too long. Your text is kept; please shorten it.") : "";
}

const prompt = (kind) => ({
  do: t("What do you do, since when, with what result?"), would: t("What would you need to start?"), not: t("Why does it not fit you?"),
  obstacle: t("What stands in the way?"), measure: t("How would you measure it? Unit, baseline, target"), comment: t("Your comment"),
})[kind];
