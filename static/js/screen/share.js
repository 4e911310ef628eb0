// Ideas of one theme, a page at a time, as large as they fit.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { sizes, useFit } from "./fit.js";
import { Order } from "./order.js";
import { room } from "./room.js";
import { pagesOf, within } from "./scene.js";
import { Prompt } from "./step.js";
import { evidence, ideasCount } from "./words.js";

const STEPS = [...sizes(6.4, 3.7, "", 0.2), ...sizes(4.6, 3.4, "run", 0.2)];

export function Share({ theme, page }) {
  const pages = pagesOf({ name: "share", theme }), at = within(page, pages.length), box = useFit(STEPS);
  if (!theme?.ideas) return html`<main class="say"><h1 class="tinted">${theme?.title}</h1><${Prompt} phase="share" theme=${theme} /><p>${t("No ideas yet. They appear here as they are written.")}</p></main>`;
  return html`<main class="share">
    <div class="over"><${Title} theme=${theme}><p class="count">${ideasCount(theme.ideas)}</p><//><${Prompt} phase="share" theme=${theme} /></div>
    <ul class="ideas" ref=${box} key=${at}>${pages[at].map((idea) => html`<${Line} key=${idea.id} idea=${idea} />`)}</ul>
    <footer class="foot"><${Order} turns=${room.state.get(`turns/${theme.id}`)} /><${Pages} at=${at} count=${pages.length} /></footer>
  </main>`;
}

function Line({ idea }) {
  const merged = idea.merged.length > 0 && t("+ %(n)s alike", { n: idea.merged.length });
  const said = [idea.by, whole(merged || ""), whole(evidence(idea))].filter(Boolean).join(" · ");
  return html`<li><p><span class="title">${idea.title}</span> ${said && html`<span class="said">${said}</span>`}</p></li>`;
}

// A line breaks between the parts, not inside "4 do this".
const whole = (parts) => parts.split(" · ").map((part) => part.replaceAll(" ", "\u00a0")).join(" · ");

/** A theme's name over its content; what is inside stands to the right. */
export function Title({ theme, round = 1, children }) {
  const long = theme.title.length > 44;
  return html`<div class=${`head ${long ? "long" : ""}`}><h1 class="tinted">${theme.title}${round > 1 && html` <small>${t("Round %(n)s", { n: round })}</small>`}</h1>${children}</div>`;
}

/** Where we are among the pages; nothing where there is but one. */
export function Pages({ at, count }) {
  if (count < 2) return null;
  return html`<p class="pages"><span class="dots" aria-hidden="true">${count <= 14 && Array.from({ length: count }, (_, i) => html`<i key=${i} class=${i === at ? "on" : ""}></i>`)}</span>
    <span>${t("%(page)s of %(pages)s", { page: at + 1, pages: count })}</span></p>`;
}
