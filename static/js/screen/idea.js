// One idea, for talking about it.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { sizes, useFit } from "./fit.js";

const STEPS = [...sizes(10.5, 5.7, "", 0.4), ...sizes(5.7, 3.4, "small", 0.2), ...sizes(5, 3.4, "alone", 0.2), [3.4, "flow"]];

export function Idea({ idea, theme }) {
  const box = useFit(STEPS);
  return html`<main class="one"><p class="eyebrow tinted">${theme?.title}</p>
    <div class="text" ref=${box} key=${idea.id}>
      <h1>${idea.title}</h1>
      ${idea.detail && html`<p class="detail">${idea.detail}</p>`}
      ${idea.by && html`<p class="by">${idea.by}</p>`}
      ${idea.merged.length > 0 && html`<ul class="merged">${idea.merged.map((part) => html`<li key=${part.id}>+ ${part.title}</li>`)}</ul>`}
    </div>
    <${Stances} idea=${idea} /></main>`;
}

function Stances({ idea: { stances, notes } }) {
  const parts = [
    [stances.do, tn("organisation does this", "organisations do this", stances.do)],
    [stances.would, tn("would do it", "would do it", stances.would)],
    [stances.not, tn("says: not for us", "say: not for us", stances.not)],
    [notes, tn("note", "notes", notes)],
  ].filter(([n]) => n);
  if (!parts.length) return html`<p class="stances quiet">${t("Do you do this? Say so on your phone.")}</p>`;
  return html`<ul class="stances">${parts.map(([n, what]) => html`<li key=${what}><b>${n}</b> ${what}</li>`)}</ul>`;
}
