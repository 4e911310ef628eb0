// What people add to an idea: one stance each, and obstacles, measures and comments.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { newId } from "../ids.js";
import { Icon, Status } from "../ui.js";
import { Refused, fate, withdraw } from "./fate.js";
import { Note } from "./note.js";
import { STANCES, experiencesOf, ownExperiences, room } from "./room.js";
import { begin, draftOf, isMyStance, isStance, put, stanceKey } from "./telling.js";
import { kindName, stanceTold } from "./words.js";

const ICONS = { do: "check", would: "heart", not: "x", obstacle: "obstacle", measure: "ruler", comment: "note" };

export function Experiences({ idea, canAdd }) {
  const own = ownExperiences(idea), ids = new Set(own.map((one) => one.id));
  const others = experiencesOf(idea.id).filter((one) => !ids.has(one.id));
  return html`${canAdd && html`<${Stance} idea=${idea} own=${own.find(isMyStance)} />`}
    <${Told} idea=${idea} others=${others} own=${own} canAdd=${canAdd} />
    ${canAdd && html`<${Note} idea=${idea} own=${own} />`}`;
}

function Stance({ idea, own }) {
  const choose = (kind) => {
    if (own?.kind === kind) return withdraw("experience", own);
    const draft = draftOf(idea.id), typed = draft.peek();
    if (typed && isStance(typed.kind)) draft.value = { ...typed, kind };
    put(own?.idea ?? idea.id, kind, own ?? {}, own?.id ?? newId());
  };
  return html`<div class="stances" role="group" aria-label=${t("Your organisation and this idea")}>${STANCES.map((kind) => html`
    <button type="button" key=${kind} class=${`stance ${own?.kind === kind ? "on" : ""}`} aria-pressed=${own?.kind === kind} onClick=${() => choose(kind)}>
      <${Icon} name=${ICONS[kind]} />${kindName(kind)}</button>`)}</div>
    ${own && html`<${Saved} id=${stanceKey(idea, own)} one=${own} />`}`;
}

function Saved({ id, one }) {
  const error = room.outbox.error(id), told = fate(one);
  if (!error && told) return html`<span class="status">${told}</span>`;
  return error ? html`<${Refused} id=${id} error=${error} />` : html`<${Status} state=${room.outbox.status(id)} />`;
}

/** Whether more is said than where one stands. */
const tells = ({ kind, text, result, year }) => Boolean(text || !isStance(kind) || (kind === "do" && (result || year)));

function Told({ idea, others, own, canAdd }) {
  const said = [...others, ...own].filter(tells);
  return html`${STANCES.map((kind) => html`<${Silent} key=${kind} kind=${kind} who=${others.filter((one) => one.kind === kind && !tells(one) && one.by)} />`)}
    ${said.length > 0 && html`<ul class="told">${said.map((one) => html`<${One} key=${one.id} idea=${idea} experience=${one} mine=${own.includes(one)} canAdd=${canAdd} />`)}</ul>`}`;
}

/** Those who said where they stand and no more, in one line. */
function Silent({ kind, who }) {
  const names = [...new Set(who.map((one) => one.by))];
  return names.length > 0 && html`<p class="silent"><${Icon} name=${ICONS[kind]} /><span><b>${stanceTold(kind)}:</b> ${names.join(", ")}</span></p>`;
}

function One({ idea, experience, mine, canAdd }) {
  const { kind, text, by, id } = experience, done = kind === "do", { result, year } = done ? experience : {};
  return html`<li><span class="kind"><${Icon} name=${ICONS[kind]} />${(!mine && stanceTold(kind)) || kindName(kind)}${year && html` <span class="num">· ${year}</span>`}</span>
    ${text && html`<p class="said">${text}</p>`}${result && html`<p class="said result"><b>${t("Result")}:</b> ${result}</p>`}
    <div class="spread foot"><small class="muted">${mine ? t("You") : by ?? (room.state.get("session").show_authors && t("Anonymous"))}</small>
      ${mine && isStance(kind) && experience.state === "hidden" && html`<span class="status">${fate(experience)}</span>`}
      ${mine && canAdd && experience.state !== "hidden" && html`<span class="acts">${!isStance(kind) && html`<${Saved} id=${`experience/${id}`} one=${experience} />`}<button type="button" class="link" aria-label=${t("Edit: %(title)s", { title: text || result || kindName(kind) })} onClick=${() => begin(idea.id, kind, experience)}>${t("Edit")}</button>
        ${!isStance(kind) && html`<button type="button" class="link" onClick=${() => withdraw("experience", experience)}>${t("Withdraw")}</button>`}</span>`}</div></li>`;
}
