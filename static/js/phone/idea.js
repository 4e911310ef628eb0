// An idea unfolded.

import { html } from "../../vendor/preact.js";
import { tn } from "../i18n.js";

/** The longer text of an idea, and the ideas that were merged into it. */
export function Body({ idea }) {
  return html`${idea.detail && html`<p class="said">${idea.detail}</p>`}
    ${idea.merged?.length > 0 && html`<div class="merged"><h2 class="eyebrow">${tn("Merged with %(n)s more", "Merged with %(n)s more", idea.merged.length)}</h2>
      <ul>${idea.merged.map((part) => html`<li key=${part.id}><b>${part.title}</b>${part.detail && html`<p>${part.detail}</p>`}${part.by && html`<small class="muted">${part.by}</small>`}</li>`)}</ul></div>`}`;
}
