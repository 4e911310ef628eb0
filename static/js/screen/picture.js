// Impact and effort on the wall: the picture, and beside it the ideas that its numbers stand for.

import { html } from "../../vendor/preact.js";
import { Matrix, marksOf } from "../counts/matrix.js";
import { Moved } from "../counts/moves.js";
import { fieldName, mean } from "../figures.js";
import { t } from "../i18n.js";
import { sizes, useFit } from "./fit.js";
import { Title } from "./line.js";
import { tooClose } from "./words.js";

const STEPS = [...sizes(4.8, 3.6, "", 0.2), [3.6, "tight"], [3.4, "tight"]];

export function PicturePage({ results, rows }) {
  const box = useFit(STEPS), marks = marksOf(results.ranking), here = new Set(rows.map((row) => row.idea));
  return html`<div class="picture"><${Matrix} rows=${rows} faint=${results.ranking.filter((row) => !here.has(row.idea))} marks=${marks} />
    <ol class="beside" ref=${box}>${rows.map((row) => html`<${Beside} key=${row.idea} results=${results} row=${row} mark=${marks[row.idea]} />`)}</ol></div>`;
}

function Beside({ results, row, mark }) {
  const close = tooClose(results, row), { answers, quadrant, impact, effort } = row;
  return html`<li class=${row.chosen ? "chosen" : ""}><p class="rank">${mark}</p>
    <p class="title"><${Title} row=${row} /> <${Moved} results=${results} idea=${row.idea} /></p>
    <p class="figures">${answers ? html`<b>${fieldName(quadrant)}</b> · ${t("impact %(n)s", { n: mean(impact) })} · ${t("effort %(n)s", { n: mean(effort) })}` : t("nobody answered")}${close && ` · ≈ ${close}`}</p></li>`;
}
