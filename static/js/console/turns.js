// Reading out, one organisation in turn: who speaks next, and the next idea large on the wall.

import { html, signal } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { room } from "../screen/room.js";
import { ideasCount, voiceOf } from "../screen/words.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { focused } from "./focus.js";

const NAMED = 3;
const SETTLE_MS = 500; // a double click must not read out two
const moving = signal(false);

export function Turns() {
  const theme = focused(), turns = theme && room.state.get(`turns/${theme.id}`);
  if (!turns || turns.left + turns.read === 0) return null;
  const { now, order, left } = turns;
  return html`<section class="panel turns-panel" aria-labelledby="turns-title"><h2 class="eyebrow" id="turns-title">${t("Next to speak")}</h2>
    <div class="row">${left > 0 && html`<${Button} kind="primary small grow" icon="next" aria-disabled=${moving.value} onClick=${() => move("turn.next", turns)}>${now ? t("Next idea") : t("Read out the first idea")}<//>`}
      ${now && html`<${Button} kind="small" icon="left" aria-disabled=${moving.value} onClick=${() => move("turn.back", turns)}>${t("Back")}<//>`}</div>
    ${now && html`<${Now} turns=${turns} />`}
    ${left ? html`<ol class="who">${order.slice(0, NAMED).map((one) => html`<li key=${one.id ?? "others"}><b>${voiceOf(one)}</b><span class="num">${ideasCount(one.left)}</span></li>`)}</ol>` : html`<p class="muted">${t("Every idea has been read out.")}</p>`}
    ${order.length > NAMED && html`<p class="muted">${tn("and %(n)s more organisation", "and %(n)s more organisations", order.length - NAMED)}</p>`}</section>`;
}

/** Whose idea is being read out. */
function Now({ turns }) {
  const title = room.state.get(`idea/${turns.now}`)?.title;
  return html`<p class="now"><b>${voiceOf(turns.whose)}</b> <span class="muted">${title}</span></p>`;
}

/** From the idea that this console shows as read out last: where another console was faster, nothing is skipped. */
async function move(command, { theme, now }) {
  if (moving.peek()) return;
  moving.value = true;
  await run(command, { theme, idea: now });
  setTimeout(() => { moving.value = false; }, SETTLE_MS);
}
