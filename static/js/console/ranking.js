// After reveal: the ranking of a theme, what it can be trusted with, and another round.

import { html } from "../../vendor/preact.js";
import { GradeBar, GradeLegend } from "../counts/grades.js";
import { How } from "../counts/how.js";
import { Matrix, marksOf } from "../counts/matrix.js";
import { Moved, movedSentence } from "../counts/moves.js";
import { figures, fullBar, hasBar, verdict } from "../figures.js";
import { list, t } from "../i18n.js";
import { room } from "../screen/room.js";
import { firmness, tied, tooClose } from "../screen/words.js";
import { Button, Empty } from "../ui.js";
import { voteAgain } from "./moves.js";
import { Folded } from "./board.js";
import { Head } from "./head.js";

const PICTURED = 9; // more numbers would push each other from their places; they are dots

export function Ranking({ theme }) {
  return html`<${Head} theme=${theme} /><${Results} theme=${theme}><${Button} kind="small" icon="refresh" onClick=${() => voteAgain(theme)}>${t("Vote again")}<//><//><${Folded} theme=${theme} />`;
}

/** `children` is what can be done about them. */
export function Results({ theme, children }) {
  const results = room.state.get(`results/${theme.id}`);
  if (!results?.voters) return html`<${Empty} icon="chart" title=${results ? t("Nobody voted here") : t("No results")}>${t("There is nothing to rank in this theme.")}<//>`;
  const firm = firmness(results, list), moved = movedSentence(results), { voters, eligible } = results;
  return html`<div class="trust"><div class="row"><p class="grow">${firm && html`<b>${firm[0]}</b> ${firm[1]} · `}${t("%(voters)s of %(eligible)s voted", { voters, eligible })}${results.raw_differs && ` · ${t("Another order by heads")}`}${moved && ` · ${moved}`}</p>${children}</div><${How} method=${results.method} /></div>
    <${Picture} results=${results} />
    <ol class="places">${results.ranking.map((row) => html`<${Place} key=${row.idea} results=${results} row=${row} />`)}</ol>`;
}

function Picture({ results: { method, ranking } }) {
  if (method === "adoption") return html`<p class="muted"><${GradeLegend} /></p>`;
  if (method !== "impact") return null;
  return html`<${Matrix} rows=${ranking.slice(0, PICTURED)} faint=${ranking.slice(PICTURED)} marks=${marksOf(ranking)} />`;
}

function Place({ results, row }) {
  const close = tooClose(results, row), place = results.method === "impact" ? marksOf(results.ranking)[row.idea] : html`${row.rank}${tied(results, row) && "="}`;
  return html`<li class=${row.chosen ? "chosen" : ""}><span class="rank">${place}</span>
    <div class="grow"><p class="title">${room.state.get(`idea/${row.idea}`)?.title}${row.chosen && html` <span class="badge">${t("chosen")}</span>`} <${Moved} results=${results} idea=${row.idea} /></p>
      <${Bar} results=${results} row=${row} />
      <p class="muted num">${figures(results, row).join(" · ")}${close && ` · ${close}`}</p></div>
    ${hasBar(results) ? html`<b class="percent num" aria-hidden="true">${Math.round(row.score * 100)} %</b>` : html`<b class="verdict">${verdict(results, row)}</b>`}</li>`;
}

function Bar({ results, row }) {
  if (results.method === "adoption") return html`<${GradeBar} row=${row} />`;
  if (!hasBar(results)) return null;
  const full = fullBar(results);
  return html`<span class="bar" aria-hidden="true"><i style=${{ "--share": row.score / full }}></i><u style=${{ "--share": row.raw / full }}></u></span>`;
}
