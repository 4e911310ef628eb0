// One idea on the board. Its title opens what can be done with it.

import { html, useComputed } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room } from "../screen/room.js";
import { evidence } from "../screen/words.js";
import { Button, Icon } from "../ui.js";
import { run } from "./act.js";
import { Actions } from "./actions.js";
import { Edit } from "./edit.js";
import { edited, opened } from "./focus.js";
import { reasonSaid } from "./reasons.js";
import { Said } from "./said.js";

/** Given by its id alone, so that of 500 cards only those are drawn again in which something has changed. */
export function Card({ id }) {
  const open = useComputed(() => opened.value === id).value, idea = room.state.get(`idea/${id}`);
  if (!idea) return null;
  const many = idea.merged.length;
  const toggle = () => { opened.value = open ? null : idea.id; edited.value = null; };
  const line = [idea.by, idea.proxy && t("entered by proxy"), evidence(idea)].filter(Boolean).join(" · ");
  return html`<li class=${`idea ${many ? "many" : ""} ${open ? "open" : ""}`} data-idea=${idea.id}>
    <h3><span class="grip" data-grip aria-hidden="true"><${Icon} name="grip" /></span><button type="button" class="title" aria-expanded=${open} onClick=${toggle}><span class="grow">${idea.title}</span><${Icon} name=${open ? "up" : "down"} /></button></h3>
    <p class="line">${many > 0 && html`<span class="badge">${t("%(n)s grouped", { n: many + 1 })}</span>`}${line}</p>
    ${open && (edited.value === idea.id ? html`<${Edit} idea=${idea} />` : html`<${Inside} idea=${idea} />`)}</li>`;
}

function Inside({ idea }) {
  return html`<div class="inside">
    ${idea.detail && html`<p class="detail">${idea.detail}</p>`}
    ${idea.written && html`<p class="written muted">${t("As written: “%(text)s”", { text: [idea.written.title, idea.written.detail].filter(Boolean).join(" — ") })}</p>`}
    ${idea.merged.length > 0 && html`<ul class="parts" aria-label=${t("Grouped with it")}>${idea.merged.map((part) => html`<${Part} key=${part.id} part=${part} />`)}</ul>`}
    <${Said} idea=${idea} /><${Actions} idea=${idea} /></div>`;
}

function Part({ part }) {
  const lead = () => run("idea.lead", { idea: part.id }, t("This text leads the group now"));
  const take = () => run("idea.split", { idea: part.id }, t("Taken out of the group"));
  return html`<li><span class="grow">${part.title}${part.by && html` <span class="muted">${part.by}</span>`}${part.detail && html`<span class="detail muted">${part.detail}</span>`}</span>
    <${Button} kind="small quiet" icon="flag" aria-label=${t("Let “%(title)s” lead", { title: part.title })} onClick=${lead}>${t("Let it lead")}<//>
    <${Button} kind="small quiet" icon="split" aria-label=${t("Take out “%(title)s”", { title: part.title })} onClick=${take}>${t("Take out")}<//></li>`;
}

/** An idea that the room does not see: hidden here, or withdrawn by its author. */
export function Gone({ idea }) {
  const restore = () => run("idea.hide", { idea: idea.id, hidden: false, reason: "" }, t("Restored"));
  const into = idea.into && room.state.get(`idea/${idea.into}`);
  return html`<li><span class="grow">${idea.title}${into && html` <span class="muted">${t("in “%(title)s”", { title: into.title })}</span>`}${idea.reason && html` <span class="muted">${reasonSaid(idea.reason)}</span>`}</span>
    ${idea.state === "withdrawn" ? html`<span class="muted">${t("withdrawn by its author")}</span>`
      : html`<${Button} kind="small" icon="eye" aria-label=${t("Restore “%(title)s”", { title: idea.title })} onClick=${restore}>${t("Restore")}<//>`}</li>`;
}
