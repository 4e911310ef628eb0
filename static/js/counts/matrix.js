// The picture of impact and effort: effort to the right, impact upwards, cut in the middle into four named fields.

import { html } from "../../vendor/preact.js";
import { fieldName } from "../figures.js";
import { t } from "../i18n.js";

const SIDE = 100, RADIUS = 4.5, ROUNDS = 60, LETTER = 3; // LETTER: the width of a letter of a field's name
const FIELDS = [["quick_win", 0, 0], ["big_bet", 50, 0], ["fill_in", 0, 50], ["hard_slog", 50, 50]];

/** `rows` of a ranking as numbered points; `marks` says what stands in each (by idea), `faint` are rows that only show where they are. */
export function Matrix({ rows, marks, faint = [] }) {
  const points = apart(rows.filter((row) => row.answers));
  return html`<svg class="matrix" viewBox="-7 -2 109 110" role="img" aria-label=${t("Picture: impact upwards, effort to the right")}>
    ${FIELDS.map(([name, x, y]) => html`<${Field} key=${name} name=${name} x=${x} y=${y} points=${points} />`)}
    <text class="axis" x="50" y="107" text-anchor="middle">${t("Effort")} →</text><text class="axis" x="-3" y="50" text-anchor="middle" transform="rotate(-90 -3 50)">${t("Impact")} →</text>
    ${faint.filter((row) => row.answers).map((row) => html`<circle key=${row.idea} class="faint" cx=${row.x * SIDE} cy=${(1 - row.y) * SIDE} r="1.4" />`)}
    ${points.map(({ row, x, y }) => html`<g key=${row.idea} class=${`point ${row.chosen ? "chosen" : ""}`}><circle cx=${x} cy=${y} r=${RADIUS} /><text x=${x} y=${y + 1.8} text-anchor="middle">${marks[row.idea]}</text></g>`)}</svg>`;
}

function Field({ name, x, y, points }) {
  const words = fieldName(name), [at, line, anchor] = cornerOf(x, y, words, points);
  return html`<g data-field=${name}><rect x=${x} y=${y} width="50" height="50" /><text x=${at} y=${line} text-anchor=${anchor}>${words}</text></g>`;
}

/** Where the name of a field stands, [x, y, anchor]: in its corner that the fewest points cover, the outer corners first. */
function cornerOf(x, y, words, points) {
  const lines = y ? [y + 47, y + 6] : [y + 6, y + 47], wide = LETTER * words.length;
  const corners = lines.flatMap((line) => [[x + 2.5, line, "start"], [x + 47.5, line, "end"]]);
  const covers = ([at, line, anchor]) => points.filter((point) => isNear(point, anchor === "end" ? at - wide : at, line, wide)).length;
  return corners.map((corner) => [covers(corner), corner]).sort(([a], [b]) => a - b)[0][1];
}

const isNear = ({ x, y }, left, line, wide) => Math.hypot(Math.max(left - x, 0, x - left - wide), Math.max(line - LETTER - 1.5 - y, 0, y - line)) < RADIUS + 0.5;

/** The points moved off each other, as little as it takes for every number to be read, and kept inside. */
function apart(rows) {
  const points = rows.map((row, i) => ({ row, x: row.x * SIDE + i * 0.01, y: (1 - row.y) * SIDE }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, a] of points.entries()) for (const b of points.slice(i + 1)) push(a, b);
    for (const point of points) Object.assign(point, { x: inside(point.x), y: inside(point.y) });
  }
  return points;
}

function push(a, b) {
  const dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy) || 0.01, lacking = 2 * RADIUS + 0.6 - far;
  if (lacking <= 0) return;
  const [mx, my] = [(dx / far) * (lacking / 2), (dy / far) * (lacking / 2)];
  Object.assign(a, { x: a.x - mx, y: a.y - my });
  Object.assign(b, { x: b.x + mx, y: b.y + my });
}

const inside = (at) => Math.min(SIDE - RADIUS, Math.max(RADIUS, at));

/** What stands for each idea in the picture: its rank, and where ranks are shared a letter more. */
export function marksOf(ranking) {
  const seen = {}, ranks = ranking.map((row) => row.rank);
  return Object.fromEntries(ranking.map(({ idea, rank }) => {
    const nth = seen[rank] = (seen[rank] ?? 0) + 1, shared = ranks.filter((one) => one === rank).length > 1;
    return [idea, `${rank}${shared ? String.fromCharCode(96 + nth) : ""}`];
  }));
}
