// One section: what the editor writes, chooses and decides, beside what the room said.

import { html, useState } from "../../vendor/preact.js";
import { list, t } from "../i18n.js";
import { Button, Icon, Status } from "../ui.js";
import { Conflict } from "./conflict.js";
import { openHistory } from "./history.js";
import { Light } from "./light.js";
import { Measures } from "./measures.js";
import { Sources } from "./sources.js";
import { ReviewDay } from "./standing.js";
import { Tags } from "./tags.js";
import { canUndo, complete, edit, focused, frozen, here, labels, outbox, shown, standing, undo } from "./store.js";

export function Section({ section }) {
  const conflict = outbox.error(section), done = complete(section);
  return html`<section class="part" id=${`section-${section}`} aria-labelledby=${`title-${section}`} data-complete=${done}>
    <div class="part-head"><h2 id=${`title-${section}`}>${labels.titles[section]}</h2>
      ${!done && html`<span class="to-complete">${t("to complete")}</span>`}<${Writers} section=${section} /></div>
    <div class="halves"><div class="written">
      ${conflict?.code === "overtaken" ? html`<${Conflict} section=${section} theirs=${conflict.theirs} />` : html`<${Text} section=${section} problem=${conflict} />`}
      ${labels.of_section[section] && html`<${Tags} section=${section} />`}
      ${section === "measures" && html`<${Measures} />`}
      <${Owner} section=${section} />${section === "owner" && html`<${ReviewDay} />`}
    </div><${Sources} section=${section} /></div></section>`;
}

function Writers({ section }) {
  const names = [...new Set(here.value.filter((one) => one.section === section).map((one) => one.name))];
  return names.length > 0 && html`<span class="writes"><${Icon} name="pencil" />${t("%(names)s is here", { names: list(names) })}</span>`;
}

function Text({ section, problem }) {
  const [preview, setPreview] = useState(false), { text } = shown(section), id = `text-${section}`;
  if (frozen.value) return text && html`<div class="typeset"><${Light} text=${text} /></div>`;
  return html`${preview ? html`<div class="typeset" tabindex="0" role="region" aria-label=${t("Preview: %(section)s", { section: labels.titles[section] })}><${Light} text=${text} /></div>`
    : html`<label class="visually-hidden" for=${id}>${labels.titles[section]}</label><textarea id=${id} data-section=${section} class="text" rows="2" value=${text} placeholder=${labels.hints[section]}
        aria-invalid=${problem ? "true" : undefined} onInput=${(event) => edit(section, { text: event.currentTarget.value })}
        onFocus=${() => { focused.value = section; }} onBlur=${() => { focused.value = ""; }}></textarea>`}
    ${problem && html`<p class="error"><${Icon} name="alert" />${problem.message}</p>`}
    <div class="tools"><${State} section=${section} />
      ${text.trim() && html`<${Button} kind="quiet small" icon=${preview ? "pencil" : "eye"} aria-pressed=${preview} onClick=${() => setPreview(!preview)}>${preview ? t("Write") : t("Preview")}<//>`}
      ${canUndo(section) && html`<${Button} kind="quiet small" icon="undo" onClick=${() => undo(section)}>${t("Undo")}<//>`}
      ${standing(section).rev > 0 && html`<${Button} kind="quiet small" icon="clock" onClick=${() => openHistory(section)}>${t("Earlier wordings")}<//>`}</div>`;
}

/** Saving…, saved, or not saved and kept here; nothing where nobody has written. */
function State({ section }) {
  const state = outbox.status(section), { rev, by } = standing(section);
  if (state === "saved" && !rev) return null;
  const words = { saved: by ? t("Saved · %(name)s", { name: by }) : t("Saved"), waiting: t("Not saved yet — kept on this computer") };
  return html`<${Status} state=${state} words=${words} />`;
}

function Owner({ section }) {
  const { owner } = shown(section), id = `owner-${section}`;
  if (frozen.value) return owner && html`<p class="muted">${t("Owner: %(owner)s", { owner })}</p>`;
  return html`<div class="owner"><label for=${id}>${complete(section) || section === "owner" ? t("Owner") : t("Who completes it")}</label>
    <input id=${id} class="input" data-section=${section} value=${owner} maxlength="140" onInput=${(event) => edit(section, { owner: event.currentTarget.value })} /></div>`;
}
