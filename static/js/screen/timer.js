// The session's timer, by the server's clock.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { clock, timeLeft } from "../time.js";
import { Icon } from "../ui.js";
import { room, session } from "./room.js";

const SOON = 30_000;

/** m:ss, or that time is up; nothing where no timer is set. `before` stands in front of a running one. */
export function Timer({ big, before }) {
  const { timer } = session(), left = timeLeft(timer, room.line.offset.value);
  if (left === null) return null;
  const state = timer.ends_at ? (left === 0 ? "over" : left < SOON ? "soon" : "running") : "paused";
  return html`<p class=${`timer ${big ? "big" : ""}`} data-state=${state} role="timer">
    ${state === "paused" && html`<${Icon} name="pause" label=${t("Paused")} />`}
    ${before && state !== "over" && html`<span class="before">${before}</span>`}
    <span>${state === "over" ? t("Time is up") : clock(left)}</span></p>`;
}
