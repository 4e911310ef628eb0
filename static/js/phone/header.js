// Where we are, who one is, and the time that is left.

import { html, signal } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { clock, timeLeft } from "../time.js";
import { Icon } from "../ui.js";
import { MeDialog } from "./me.js";
import { me, room, session } from "./room.js";
import { phaseName } from "./words.js";

const HURRY_MS = 60_000;
const open = signal(false);

export function Header({ phase }) {
  const who = me(), name = who && [who.organisation?.name, who.name].filter(Boolean).join(" · ");
  return html`<header class="top">
    <span class="where">${phase && phaseName(phase)}</span>
    ${who && html`<button type="button" class="who" aria-haspopup="dialog" onClick=${() => { open.value = true; }}>
      <span class="clip">${name || t("You")}</span><${Icon} name="down" /></button>`}
    <${Timer} />
    <${MeDialog} open=${open.value} onClose=${() => { open.value = false; }} />
  </header>`;
}

function Timer() {
  const timer = session()?.timer;
  const left = timer && (timer.ends_at || timer.left) ? timeLeft(timer, room.line.offset.value) : null;
  if (left === null) return html`<span class="timer"></span>`;
  const paused = !timer.ends_at;
  const said = left === 0 ? t("Time is up") : clock(left);
  return html`<span class=${`timer num ${left < HURRY_MS && !paused ? "hurry" : ""}`} role="timer" aria-label=${t("Time left: %(time)s", { time: said })}>
    ${paused && html`<${Icon} name="pause" />`}${said}</span>`;
}
