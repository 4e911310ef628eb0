// The clock, and the one obvious next step.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { room, session, themes } from "../screen/room.js";
import { clock, timeLeft } from "../time.js";
import { Button, Icon } from "../ui.js";
import { run } from "./act.js";
import { missing, settling } from "./moves.js";
import { backward, hasAgenda, onward } from "./steps.js";

const MINUTES = [3, 5, 10];

export function Dock() {
  return html`<footer class="dock"><${Clock} /><${Hint} /><${Back} /><${Next} /></footer>`;
}

const timer = (action, seconds = null) => run("timer.set", { action, seconds });

function Clock() {
  const { timer: set } = session(), left = timeLeft(set, room.line.offset.value);
  if (left === null) {
    return html`<div class="clock" role="group" aria-label=${t("Timer")}><${Icon} name="clock" />${MINUTES.map((n) => html`<${Button} key=${n} kind="small" aria-label=${tn("Start a timer of %(n)s minute", "Start a timer of %(n)s minutes", n)} onClick=${() => timer("start", n * 60)}>${t("%(n)s min", { n })}<//>`)}</div>`;
  }
  const runs = Boolean(set.ends_at), over = runs && left === 0;
  return html`<div class="clock" role="group" aria-label=${t("Timer")}><span class=${`time num ${over ? "over" : ""}`} role="timer">${clock(left)}</span>
    ${!over && html`<${Button} kind="small" icon=${runs ? "pause" : "play"} onClick=${() => timer(runs ? "pause" : "resume")}><span>${runs ? t("Pause") : t("Resume")}</span><//>`}
    <${Button} kind="small" onClick=${() => timer("add", 60)}>${t("+1 min")}<//>
    <${Button} kind="small quiet" icon="x" aria-label=${t("Clear the timer")} onClick=${() => timer("clear")} /></div>`;
}

/** How far the room is, and what *Next* does; while it cannot be pressed, why. */
function Hint() {
  const why = trouble(), next = onward(), far = soFar();
  if (why) return html`<p class="hint" id="next-hint"><b class="away">${why}</b></p>`;
  return html`<p class="hint" id="next-hint">${far && html`<b>${far}</b> `}${next && html`<span>${next.follows}</span>`}</p>`;
}

function trouble() {
  const { status, bye } = room.line;
  if (status.value === "ended") return bye.value?.message || t("Disconnected. Reload this page.");
  return status.value === "waiting" && t("No connection. Next can be pressed as soon as it is back.");
}

function soFar() {
  const { timer: set } = session();
  return [set?.ends_at && timeLeft(set, room.line.offset.value) === 0 && t("Time is up."), progress()].filter(Boolean).join(" ");
}

function progress() {
  const { phase } = session(), { done = 0, of = 0 } = room.state.get("progress") ?? {};
  if (!of || !["write", "share", "vote"].includes(phase)) return "";
  if (phase !== "vote") return done ? tn("%(n)s of %(of)s is done", "%(n)s of %(of)s are done", done, { of }) : "";
  const { n, of: all } = missing(themes());
  return n ? tn("%(n)s of %(of)s has not voted yet.", "%(n)s of %(of)s have not voted yet.", n, { of: all }) : t("Everybody has voted.");
}

function Next() {
  const next = onward();
  if (!next) return html`<a class="button primary next" href=${room.links.export} download><${Icon} name="download" />${t("Download the outcome")}</a>`;
  return html`<${Button} kind="primary next" aria-disabled=${settling.value || room.line.status.value !== "live"} aria-describedby="next-hint" aria-keyshortcuts="Space PageDown ArrowRight" onClick=${() => settling.peek() || next.go()}>${next.words}<${Icon} name="next" /><//>`;
}

/** The way back, which is always safe: where it hides something it asks first. Without an agenda the phases are at hand. */
function Back() {
  const back = hasAgenda() && backward();
  if (!back) return null;
  const words = t("Back: %(title)s", { title: back.title });
  return html`<${Button} kind="back" icon="left" aria-label=${words} title=${words} aria-keyshortcuts="PageUp ArrowLeft" aria-disabled=${settling.value || room.line.status.value !== "live"} onClick=${() => settling.peek() || back.go()}><//>`;
}
