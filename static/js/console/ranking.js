// After reveal: the ranking of a theme, what it can be trusted with, and another round.

import { html } from "../../vendor/preact.js";
import { list, t } from "../i18n.js";
import { room } from "../screen/room.js";
import { figures } from "../figures.js";
import { firmness, tied, tooClose } from "../screen/words.js";
import { Button, Empty } from "../ui.js";
import { voteAgain } from "./moves.js";
import { Folded } from "./board.js";
import { Head } from "./head.js";

export function Ranking({ theme }) {
  return html`<${Head} theme=${theme} /><${Results} theme=${theme} />
    <div class="row"><${Button} icon="refresh" onClick=${() => voteAgain(theme)}>${t("Vote again")}<//></div><${Folded} theme=${theme} />`;
}

export function Results({ theme }) {
  const results = room.state.get(`results/${theme.id}`);
  if (!results?.voters) return html`<${Empty} icon="chart" title=${results ? t("Nobody voted here") : t("No results")}>${t("There is nothing to rank in this theme.")}<//>`;
  const firm = firmness(results, list), { voters, eligible } = results;
  return html`<p class="trust">${firm && html`<b>${firm[0]}</b> ${firm[1]} · `}${t("%(voters)s of %(eligible)s voted", { voters, eligible })}${results.raw_differs && ` · ${t("Another order by heads")}`}</p>
    <ol class="places">${results.ranking.map((row) => html`<${Place} key=${row.idea} results=${results} row=${row} />`)}</ol>`;
}

function Place({ results, row }) {
  const close = tooClose(results, row);
  return html`<li class=${row.chosen ? "chosen" : ""}><span class="rank">${row.rank}${tied(results, row) && "="}</span>
    <div class="grow"><p class="title">${room.state.get(`idea/${row.idea}`)?.title}${row.chosen && html` <span class="badge">${t("chosen")}</span>`}</p>
      <span class="bar" aria-hidden="true"><i style=${{ "--share": row.score }}></i><u style=${{ "--share": row.raw }}></u></span>
      <p class="muted num">${figures(results, row).join(" · ")}${close && ` · ${close}`}</p></div>
    <b class="percent num" aria-hidden="true">${Math.round(row.score * 100)} %</b></li>`;
}
