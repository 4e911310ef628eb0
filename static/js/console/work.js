// The work: the theme looked at, in its phase.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { nameOf, room, session, themes } from "../screen/room.js";
import { Empty } from "../ui.js";
import { Board } from "./board.js";
import { Ending } from "./ending.js";
import { focused, look } from "./focus.js";
import { Head } from "./head.js";
import { Ranking } from "./ranking.js";
import { Turnout } from "./turnout.js";
import { Welcome } from "./welcome.js";

const NAMED = 6;
const VIEWS = { lobby: Welcome, write: Writing, share: Sharing, vote: Turnout, reveal: Ranking, closed: Ending };

export function Work() {
  const theme = focused();
  if (!theme) return html`<${Empty} icon="flag" title=${t("No themes yet")}>${t("Add themes to the session on the event's page.")}<//>`;
  const View = waits(theme) ? Welcome : VIEWS[theme.phase];
  return html`<div class="theme-work" data-tint=${theme.tint % 8}><${Pick} theme=${theme} /><${View} key=${theme.id} theme=${theme} /></div>`;
}

/** Whether the session has not begun, though people may write already. */
const waits = (theme) => session().phase === "lobby" && ["lobby", "write"].includes(theme.phase);

/** On a phone the agenda is elsewhere, so the themes stand here too. */
function Pick({ theme }) {
  const all = themes();
  if (all.length < 2 || waits(theme)) return null;
  return html`<div class="pick" role="group" aria-label=${t("Themes")}>${all.map((one) => html`<button type="button" key=${one.id} class="chip" data-tint=${one.tint % 8} data-drop-theme=${one.id} aria-pressed=${one.id === theme.id} onClick=${() => look(one.id)}>${one.title} <b class="num">${one.ideas}</b></button>`)}</div>`;
}

function Writing({ theme }) {
  const { phase, done = 0, of = 0, organisations = [] } = room.state.get("progress") ?? {};
  return html`<${Head} theme=${theme} />
    ${phase === "write" && of > 0 && html`<section class="card progress" aria-label=${t("How far they are")}><p><b>${tn("%(n)s of %(of)s is done", "%(n)s of %(of)s are done", done, { of })}</b></p>
      <span class="bar" aria-hidden="true"><i style=${{ "--share": done / of }}></i></span><${StillWriting} rows=${organisations} /></section>`}
    <${Board} theme=${theme} newest=${true} empty=${t("People are writing. What they save appears here; the room sees it once you share.")} />`;
}

/** Whom to look at before the time is up, by organisation. */
function StillWriting({ rows }) {
  const open = rows.filter((one) => one.done < one.of).sort((a, b) => b.of - b.done - (a.of - a.done)), rest = open.length - NAMED;
  if (!open.length) return null;
  return html`<p class="muted">${t("Still writing: %(names)s", { names: open.slice(0, NAMED).map(nameOf).join(" · ") })}${rest > 0 && ` ${t("and %(n)s more", { n: rest })}`}</p>`;
}

function Sharing({ theme }) {
  return html`<${Head} theme=${theme} /><${Board} theme=${theme} suggest=${true} empty=${t("Nothing was written here. People can still add ideas while you share.")} />`;
}
