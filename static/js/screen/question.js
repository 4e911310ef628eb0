// The question alone: of a theme, or of the session with its themes.

import { html } from "../../vendor/preact.js";
import { sizes, useFit } from "./fit.js";
import { session, themes } from "./room.js";

const STEPS = sizes(10.4, 3.8, "", 0.4);

export function Question({ theme }) {
  const { question, title } = session(), box = useFit(STEPS), all = themes();
  const asked = theme ? theme.prompt || question || theme.title : question || title;
  return html`<main class="question"><div class="ask" ref=${box}>
    ${theme && asked !== theme.title && html`<p class="lead tinted">${theme.title}</p>`}
    <h1>${asked}</h1>
    ${!theme && all.length > 1 && html`<ul class="counts">${all.map((one) => html`<li key=${one.id} data-tint=${one.tint % 8}><span class="name">${one.title}</span></li>`)}</ul>`}
  </div></main>`;
}
