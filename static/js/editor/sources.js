// What the room said, beside what the editor writes.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Button } from "../ui.js";
import { edit, frozen, labels, said, shown } from "./store.js";

export function Sources({ section }) {
  const all = said.value.sources[section] ?? [], sources = section === "adoption" ? all.filter(isNew) : all;
  if (frozen.value && !all.length) return null;
  return html`<div class="sources" role="group" aria-label=${t("What the room said: %(section)s", { section: labels.titles[section] })}>
    <h3 class="eyebrow">${t("The room said")}</h3>
    ${section === "adoption" && html`<${Stances} />`}
    ${!all.length && html`<p class="muted none">${t("Nothing on this. It is yours to write, or to ask for.")}</p>`}
    <div class="quotes">${sources.map((source) => html`<${Quote} key=${source.id} source=${source} section=${section} />`)}</div></div>`;
}

/** Whether a stance says more than stands under Experience already. */
const isNew = ({ id, text }) => text && !said.value.sources.experience?.some((one) => one.id === id);

/** One source, verbatim; with `section`, its words can be taken into the text. Never its name: that is put in at each reading. */
export function Quote({ source, section }) {
  const { text, result, by, year } = source;
  const words = [text, result].filter(Boolean).join("\n\n");
  const use = () => edit(section, { text: [shown(section).text.trimEnd(), words].filter(Boolean).join("\n\n") });
  return html`<figure class="quote"><blockquote>${text && html`<p>${text}</p>`}${result && html`<p class="result">${t("Result: %(result)s", { result })}</p>`}</blockquote>
    <figcaption><span>${[by ?? t("anonymous"), year].filter(Boolean).join(", ")}</span>
    ${section && words && !frozen.value && html`<${Button} kind="quiet small" icon="copy" onClick=${use}>${t("Use these words")}<//>`}</figcaption></figure>`;
}

function Stances() {
  return html`<ul class="stances">${said.value.stances.map(({ kind, organisations, named }) => html`<li key=${kind}><b class="num">${organisations}</b> ${labels.stances[kind]}
    ${named.length > 0 && html`<span class="muted"> · ${named.join(", ")}</span>`}</li>`)}</ul>`;
}
