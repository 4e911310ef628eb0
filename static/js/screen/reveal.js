// The ranking of one theme with its honesty figures, five lines a page; then how it was counted.

import { html } from "../../vendor/preact.js";
import { GradeLegend } from "../counts/grades.js";
import { movedSentence } from "../counts/moves.js";
import { hasBar } from "../figures.js";
import { list, t } from "../i18n.js";
import { sizes, useFit } from "./fit.js";
import { HowPage } from "./how.js";
import { Line } from "./line.js";
import { PicturePage } from "./picture.js";
import { room } from "./room.js";
import { pagesOf, within } from "./scene.js";
import { Pages, Title } from "./share.js";
import { Prompt } from "./step.js";
import { firmness } from "./words.js";

const STEPS = [...sizes(5.4, 3.6, "", 0.2), ...sizes(3.8, 3.4, "tight", 0.2)];

export function Reveal({ theme, page }) {
  const results = room.state.get(`results/${theme?.id}`), pages = pagesOf({ name: "reveal", theme }), at = within(page, pages.length);
  if (!results?.voters) return html`<main class="say"><h1 class="tinted">${theme?.title}</h1><p>${results ? t("Nobody voted here.") : t("Results come in a moment")}</p></main>`;
  return html`<main class="reveal">
    <div class="over"><${Title} theme=${theme} round=${results.round}><div class="aside">
      ${byHeads(results) && html`<p class="differs">${t("Another order by heads")}</p>`}<${Pages} at=${at} count=${pages.length} /></div><//><${Prompt} phase="reveal" theme=${theme} /></div>
    <${Page} key=${`${results.round} ${at}`} results=${results} rows=${pages[at]} />
    <${Foot} results=${results} />
  </main>`;
}

function Page({ results, rows }) {
  if (rows[0]?.how) return html`<${HowPage} method=${results.method} />`;
  return results.method === "impact" ? html`<${PicturePage} results=${results} rows=${rows} />` : html`<${Ranking} results=${results} rows=${rows} />`;
}

function Ranking({ results, rows }) {
  const box = useFit(STEPS);
  return html`<ol class="ranking" ref=${box} data-method=${results.method}>${rows.map((row, i) => html`<${Line} key=${row.idea} results=${results} row=${row} place=${i} />`)}</ol>`;
}

function Foot({ results }) {
  const firm = firmness(results, list), moved = movedSentence(results), { voters, eligible } = results;
  return html`<footer class="foot">
    <p class="honest">${firm && html`<strong>${firm[0]}</strong> ${firm[1]} · `}${t("%(voters)s of %(eligible)s voted", { voters, eligible })}${moved && ` · ${moved}`}</p>
    <p class="legend"><${Legend} results=${results} />${byHeads(results) && html`<span class="differs">${t("Another order by heads")}</span>`}</p></footer>`;
}

const byHeads = ({ method, raw_differs: differs }) => method !== "agree" && differs;

function Legend({ results }) {
  if (results.method === "adoption") return html`<${GradeLegend} />`;
  if (!hasBar(results)) return null;
  const looks = results.method === "agree" ? [["agree", t("agree")], ["pass", t("pass")], ["disagree", t("disagree")]] : [["agree", t("organisations equal")], ["heads", t("heads")]];
  return looks.map(([look, what]) => html`<span key=${look}><i class=${look}></i> ${what}</span>`);
}
