// The board of a theme: its ideas as cards, two columns a page.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { sizes, useFit } from "./fit.js";
import { isPublic, pagesOf, within } from "./scene.js";
import { Pages, Title } from "./share.js";
import { evidence, ideasCount } from "./words.js";

const STEPS = sizes(4.6, 3.4, "", 0.15);

export function Board({ theme, page }) {
  const pages = pagesOf({ name: "board", theme }), at = within(page, pages.length), box = useFit(STEPS);
  if (!pages[0].length) return html`<${Nothing} theme=${theme} />`;
  return html`<main class="cards">
    <${Title} theme=${theme}><div class="aside"><p class="count">${ideasCount(theme.ideas)}</p><${Pages} at=${at} count=${pages.length} /></div><//>
    <ul class="board" ref=${box} key=${at}>${pages[at].map((idea) => html`<${Card} key=${idea.id} idea=${idea} />`)}</ul></main>`;
}

function Card({ idea }) {
  const merged = idea.merged.length, said = [idea.by, evidence(idea)].filter(Boolean).join(" · ");
  return html`<li class=${merged ? "many" : ""}><p class="title">${idea.title}</p>
    ${(merged > 0 || said) && html`<p class="said">${[merged && t("+ %(n)s alike", { n: merged }), said].filter(Boolean).join(" · ")}</p>`}</li>`;
}

function Nothing({ theme }) {
  const hidden = theme?.ideas > 0 && !isPublic(theme);
  return html`<main class="say"><h1 class="tinted">${theme?.title}</h1>
    <p>${hidden ? html`<strong>${ideasCount(theme.ideas)}</strong> ${t("so far. They are shown when sharing begins.")}` : t("No ideas yet. They appear here as they are written.")}</p></main>`;
}
