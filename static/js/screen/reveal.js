// The ranking of one theme with its honesty figures, five lines a page.

import { html } from "../../vendor/preact.js";
import { figures } from "../figures.js";
import { list, t } from "../i18n.js";
import { Icon } from "../ui.js";
import { sizes, useFit } from "./fit.js";
import { room } from "./room.js";
import { pagesOf, within } from "./scene.js";
import { Pages, Title } from "./share.js";
import { Prompt } from "./step.js";
import { firmness, tied, tooClose } from "./words.js";

const STEPS = [...sizes(5.4, 3.6, "", 0.2), ...sizes(3.8, 3.4, "tight", 0.2)];

export function Reveal({ theme, page }) {
  const results = room.state.get(`results/${theme?.id}`), pages = pagesOf({ name: "reveal", theme });
  const at = within(page, pages.length), box = useFit(STEPS);
  if (!results?.voters) return html`<main class="say"><h1 class="tinted">${theme?.title}</h1><p>${results ? t("Nobody voted here.") : t("Results come in a moment")}</p></main>`;
  return html`<main class="reveal">
    <div class="over"><${Title} theme=${theme} round=${results.round}><div class="aside">
      ${byHeads(results) && html`<p class="differs">${t("Another order by heads")}</p>`}<${Pages} at=${at} count=${pages.length} /></div><//><${Prompt} phase="reveal" theme=${theme} /></div>
    <ol class="ranking" ref=${box} key=${`${results.round} ${at}`} data-method=${results.method}>${pages[at].map((row, i) => html`<${Line} key=${row.idea} results=${results} row=${row} place=${i} />`)}</ol>
    <${Foot} results=${results} />
  </main>`;
}

function Line({ results, row, place }) {
  const close = tooClose(results, row);
  return html`<li class=${row.chosen ? "chosen" : ""} style=${{ "--place": place }}>
    <p class="rank">${row.rank}${tied(results, row) && html`<span aria-label=${t("shared")}>=</span>`}</p>
    <p class="title">${row.title}${row.chosen && html` <span class="mark"><${Icon} name="check" label=${t("chosen")} /></span>`}${close && html` <span class="close">≈ ${close}</span>`}</p>
    <p class="percent" aria-hidden="true"><b>${Math.round(row.score * 100)}</b> %</p>
    ${results.method === "agree" ? html`<${Split} row=${row} />` : html`<span class="track" aria-hidden="true"><i style=${{ "--share": row.score }}></i><u style=${{ "--share": row.raw }}></u></span>`}
    <p class="figures">${figures(results, row).join(" · ")}</p></li>`;
}

function Split({ row: { agree, passes, disagree } }) {
  const all = agree + passes + disagree || 1, parts = { agree, pass: passes, disagree };
  return html`<span class="track split" aria-hidden="true">${Object.entries(parts).map(([name, n]) => n > 0 && html`<i key=${name} class=${name} style=${{ "--share": n / all }}></i>`)}</span>`;
}

function Foot({ results }) {
  const firm = firmness(results, list), { voters, eligible } = results;
  return html`<footer class="foot">
    <p class="honest">${firm && html`<strong>${firm[0]}</strong> ${firm[1]} · `}${t("%(voters)s of %(eligible)s voted", { voters, eligible })}</p>
    <p class="legend">${legend(results.method).map(([look, what]) => html`<span key=${look}><i class=${look}></i> ${what}</span>`)}
      ${byHeads(results) && html`<span class="differs">${t("Another order by heads")}</span>`}</p></footer>`;
}

const byHeads = ({ method, raw_differs: differs }) => method !== "agree" && differs;
const legend = (method) => (method === "agree"
  ? [["agree", t("agree")], ["pass", t("pass")], ["disagree", t("disagree")]]
  : [["agree", t("organisations equal")], ["heads", t("heads")]]);
