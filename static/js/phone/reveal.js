// The outcome of a theme, with its honesty figures.

import { html } from "../../vendor/preact.js";
import { GradeBar, GradeLegend } from "../counts/grades.js";
import { How } from "../counts/how.js";
import { Matrix, marksOf } from "../counts/matrix.js";
import { Moved, movedSentence } from "../counts/moves.js";
import { figures, fullBar, hasBar, share, verdict } from "../figures.js";
import { list, t, tn } from "../i18n.js";
import { Empty, Icon } from "../ui.js";
import { OwnWords } from "./after.js";
import { choiceFor } from "./choices.js";
import { Recorded, told } from "./recorded.js";
import { room } from "./room.js";

export function View({ theme }) {
  const results = room.state.get(`results/${theme.id}`);
  return html`<div class="view"><div><h1 tabindex="-1">${theme.title}</h1>${results && html`<${Turnout} results=${results} />`}</div>
    <${Results} theme=${theme} results=${results} /><${Recorded} theme=${theme} /><${OwnWords} /></div>`;
}

export function Results({ theme, results }) {
  if (!results) return html`<${Empty} icon="chart" title=${t("Results come in a moment")}>${t("The facilitator shows them to everybody at once.")}<//>`;
  if (!results.voters) return html`<${Empty} icon="chart" title=${t("Nobody voted here")}>${t("There is nothing to rank in this theme.")}<//>`;
  const places = new Map(results.ranking.map((row) => [row.idea, row.rank]));
  return html`<${Picture} results=${results} /><ol class="ranking">${results.ranking.map((row) => html`<${Row} key=${row.idea} theme=${theme} results=${results} row=${row} places=${places} />`)}</ol>
    <${Honesty} results=${results} />`;
}

const PICTURED = 9; // more numbers would hide each other on a phone

function Picture({ results: { method, ranking } }) {
  if (method === "adoption") return html`<p class="keyline"><${GradeLegend} /></p>`;
  if (method !== "impact") return null;
  return html`<${Matrix} rows=${ranking.slice(0, PICTURED)} faint=${ranking.slice(PICTURED)} marks=${marksOf(ranking)} />`;
}

function Turnout({ results: { round, voters, eligible, organisations } }) {
  return html`<p class="muted">${round > 1 && `${t("Round %(n)s.", { n: round })} `}${t("%(voters)s of %(eligible)s voted", { voters, eligible })} · ${tn("%(n)s organisation", "%(n)s organisations", organisations)}</p>`;
}

function Row({ theme, results, row, places }) {
  const idea = room.state.get(`idea/${row.idea}`), ballot = room.state.get(`mine/ballot/${theme.id}`);
  const mine = idea && ballot?.round === results.round ? choiceFor(ballot.choices, idea) : undefined;
  const close = [...new Set(row.close_to.map((id) => places.get(id)))].filter(Boolean).sort((a, b) => a - b);
  const said = verdict(results, row), full = fullBar(results), mark = results.method === "impact" ? marksOf(results.ranking)[row.idea] : row.rank;
  return html`<li class=${row.chosen ? "chosen" : ""}><span class="rank">${mark}<${Moved} results=${results} idea=${row.idea} /></span>
    <div class="grow"><p class="title">${idea?.title}</p>${said && html`<p class="verdict">${said}</p>`}
      ${results.method === "adoption" && html`<${GradeBar} row=${row} />`}
      ${hasBar(results) && html`<span class="bar" aria-hidden="true"><i style=${{ "--share": row.score / full }}></i><u style=${{ "--share": row.raw / full }}></u></span>`}
      <p class="figures num">${figures(results, row).join(" · ")}</p>
      <p class="marks">${row.chosen && html`<span class="badge"><${Icon} name="flag" />${t("Goes on")}</span>`}
        ${mine !== undefined && html`<span class="badge own"><${Icon} name="check" />${results.method === "approval" ? t("Your tick") : t("You: %(choice)s", { choice: told(results.method, mine) })}</span>`}
        ${close.length > 0 && html`<span class="muted">${t("Too close to %(places)s to call", { places: list(close.map((place) => t("no. %(n)s", { n: place }))) })}</span>`}</p></div>
    ${hasBar(results) && html`<span class="share num">${share(row.score)}</span>`}</li>`;
}

const NAMED = 3;

/** "A, B or C", or "A, B, C or 4 others". */
function someOf(all, small) {
  const names = all.map((name) => name || t("people without an organisation")), shown = names.slice(0, NAMED);
  const others = names.length - shown.length + (names.length ? small : 0);
  if (!names.length) return tn("one small organisation", "one of %(n)s small organisations", small);
  return list(others > 0 ? [...shown, tn("%(n)s other", "%(n)s others", others)] : shown, "disjunction");
}

/** How far the ranking can be trusted, in plain words. */
function Honesty({ results }) {
  const { stability, method, take } = results, moved = movedSentence(results);
  return html`<section class="card honesty" aria-labelledby="honesty-title"><h2 id="honesty-title" class="eyebrow">${t("How sure is this?")}</h2>
    ${stability && html`<p><b>${firm(stability)}</b></p>`}
    <p>${byHeads(results)}</p>${moved && html`<p>${moved}</p>`}
    <p class="muted">${method === "agree" ? t("Ranked by consensus across organisations.") : t("Every organisation counts the same, however many came.")} ${tn("The first goes on to a draft practice.", "The first %(n)s go on to draft practices.", take)}</p>
    <${How} method=${method} /></section>`;
}

function firm({ top, stable, changed_by: changed = [], small = 0 }) {
  if (stable) return tn("The first place holds whichever organisation is left out.", "The top %(n)s hold whichever organisation is left out.", top);
  const names = someOf(changed, small);
  return tn("The first place would change without %(names)s.", "The top %(n)s would change without %(names)s.", top, { names });
}

function byHeads(results) {
  if (!hasBar(results)) return results.raw_differs ? t("Counting heads instead of organisations gives another order.") : t("Counting heads instead of organisations gives the same order.");
  return results.raw_differs ? t("Counting heads instead of organisations gives another order (the thin mark on each bar).") : t("Counting heads instead of organisations gives the same order (the thin mark on each bar).");
}
