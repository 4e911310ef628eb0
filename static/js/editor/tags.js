// The tags of a section as chips that are on or off.

import { html } from "../../vendor/preact.js";
import { edit, frozen, labels, shown } from "./store.js";

export function Tags({ section }) {
  return labels.of_section[section].map((kind) => html`<${Kind} key=${kind} section=${section} kind=${kind} />`);
}

function Kind({ section, kind }) {
  const { tags } = shown(section), mine = labels.all_tags.filter((tag) => tag.startsWith(`${kind}.`));
  const offered = frozen.value ? mine.filter((tag) => tags.includes(tag)) : mine;
  const toggle = (tag) => edit(section, { tags: tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag] });
  if (!offered.length) return null;
  return html`<fieldset class="tags"><legend>${labels.kinds[kind]}</legend>${offered.map((tag) => html`<button type="button" key=${tag} class=${`chip ${tags.includes(tag) ? "on" : ""}`}
    aria-pressed=${tags.includes(tag)} disabled=${frozen.value} onClick=${() => toggle(tag)}>${kind === "sdg" && html`<b class="num">${tag.slice(4)}</b>`}${labels.tags[tag]}</button>`)}</fieldset>`;
}
