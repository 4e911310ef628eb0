// The vote: how many have voted, and nothing of what.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Icon } from "../ui.js";
import { sizes, useFit } from "./fit.js";
import { room, session, themes } from "./room.js";
import { Prompt } from "./step.js";

const STEPS = sizes(6, 3.4, "", 0.3);

export function Vote({ theme }) {
  const open = theme ? [theme] : themes().filter((one) => one.phase === "vote");
  return html`<main class="vote">${open.length === 1 ? html`<${One} theme=${open[0]} />` : html`<${All} themes=${open} />`}
    <footer class="foot"><p class="sealed"><${Icon} name="lock" /> ${t("Totals stay hidden until the reveal")}</p></footer></main>`;
}

export const turnout = (theme) => room.state.get(`turnout/${theme.id}`) ?? { voted: 0, of: room.state.get("room")?.joined ?? 0 };
export const part = ({ voted, of }) => (of ? voted / of : 0);
const round = (theme) => theme.round > 1 && t("Round %(n)s", { n: theme.round });

function One({ theme }) {
  const { voted, of } = turnout(theme), box = useFit(STEPS);
  return html`<div class="turnout one-theme" data-tint=${theme.tint % 8} ref=${box}>
    <h1 class="tinted">${theme.title}</h1>
    <p class="lead">${[round(theme), how(theme)].filter(Boolean).join(" · ")}</p><${Prompt} phase="vote" theme=${theme} />
    <p class="huge"><b class="pop" key=${voted}>${voted}</b> ${tn("of %(of)s has voted", "of %(of)s have voted", voted, { of })}</p>
    <${Track} share=${part({ voted, of })} /></div>`;
}

/** Several themes, each with its turnout. */
export function All({ themes: open, title = t("Time to vote") }) {
  const box = useFit(STEPS);
  return html`<div class="over"><h1>${title}</h1><${Prompt} phase="vote" /></div><ul class=${`turnout ${open.length > 4 ? "many" : ""}`} ref=${box}>${open.map((theme) => html`<${Row} key=${theme.id} theme=${theme} />`)}</ul>`;
}

function Row({ theme }) {
  const { voted, of } = turnout(theme);
  return html`<li data-tint=${theme.tint % 8}><p class="name">${theme.title}${theme.round > 1 && html` <small>${round(theme)}</small>`}</p>
    <p class="figure"><b class="pop" key=${voted}>${voted}</b> ${t("of %(of)s voted", { of })}</p><${Track} share=${part({ voted, of })} /></li>`;
}

export const Track = ({ share }) => html`<span class="track" aria-hidden="true"><i style=${{ "--share": share }}></i></span>`;

function how({ budget }) {
  return {
    approval: () => tn("Tick your best idea", "Tick up to %(n)s ideas", budget), dots: () => tn("Spread %(n)s dot", "Spread %(n)s dots", budget),
    agree: () => t("Say what you think of each idea"), adoption: () => t("What would your organisation do with each idea?"),
    impact: () => t("How much would each idea change, and what does it take?"),
  }[session().method]();
}
