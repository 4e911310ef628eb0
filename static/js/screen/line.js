// One idea of a ranking on the wall: its place, what matters most, the bar, and the figures in words.

import { html } from "../../vendor/preact.js";
import { GradeBar } from "../counts/grades.js";
import { Moved } from "../counts/moves.js";
import { fullBar, verdict, wallFigures } from "../figures.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { tied, tooClose } from "./words.js";

const LONG = 24; // letters of a word that may have to be broken

export function Line({ results, row, place }) {
  const close = tooClose(results, row);
  return html`<li class=${row.chosen ? "chosen" : ""} style=${{ "--place": place }}>
    <p class="rank">${row.rank}${tied(results, row) && html`<span aria-label=${t("shared")}>=</span>`}</p>
    <p class="title"><${Title} row=${row} /> <${Moved} results=${results} idea=${row.idea} />${close && html` <span class="close">≈ ${close}</span>`}</p>
    <${Most} results=${results} row=${row} /><${Bar} results=${results} row=${row} />
    <p class="figures">${wallFigures(results, row).join(" · ")}</p></li>`;
}

/** A title, and where its idea was chosen a mark that keeps to the last word. */
export function Title({ row: { title, chosen } }) {
  const at = title.lastIndexOf(" ") + 1;
  return chosen ? html`${title.slice(0, at)}<span class=${title.length - at < LONG ? "kept" : ""}>${title.slice(at)} <span class="mark"><${Icon} name="check" label=${t("chosen")} /></span></span>` : title;
}

function Most({ results, row }) {
  const said = verdict(results, row);
  return said ? html`<p class="verdict">${said}</p>` : html`<p class="percent" aria-hidden="true"><b>${Math.round(row.score * 100)}</b> %</p>`;
}

function Bar({ results, row }) {
  if (results.method === "adoption") return html`<${GradeBar} row=${row} />`;
  if (results.method === "agree") return html`<${Split} row=${row} />`;
  const full = fullBar(results);
  return html`<span class="track" aria-hidden="true"><i style=${{ "--share": row.score / full }}></i><u style=${{ "--share": row.raw / full }}></u></span>`;
}

function Split({ row: { agree, passes, disagree } }) {
  const all = agree + passes + disagree || 1, parts = { agree, pass: passes, disagree };
  return html`<span class="track split" aria-hidden="true">${Object.entries(parts).map(([name, n]) => n > 0 && html`<i key=${name} class=${name} style=${{ "--share": n / all }}></i>`)}</span>`;
}
