// The line at the top: where we are, how long still, and always the code.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { halves, room, session } from "./room.js";
import { Course } from "./step.js";
import { Timer } from "./timer.js";

const OWN_TIMER = ["write"]; // these show the timer themselves

export function Header({ scene }) {
  const { event, title } = session() ?? {};
  const isLobby = scene?.name === "lobby", [what, beside] = isLobby ? [event?.name, event?.place] : [title, event?.name];
  return html`<header class="top">
    <p class=${`where ${isLobby ? "" : "after"}`}><span>${what}</span>${beside && html`<span>${beside}</span>`}</p>
    <${Notice} />${scene && html`<${Course} phase=${scene.name} />`}
    ${scene && !OWN_TIMER.includes(scene.name) && html`<${Timer} before=${scene.name === "lobby" && t("Starts in")} />`}
    <p class="code" aria-label=${t("Code %(code)s", { code: halves(room.code).join(" ") })}>${halves(room.code).join("-")}</p>
  </header>`;
}

/** Nothing while all is well. */
export function Notice() {
  const { status, bye } = room.line;
  if (status.value === "live" || (status.value === "connecting" && session())) return null;
  const ended = status.value === "ended";
  return html`<p class="lost" role="status"><${Icon} name=${ended ? "alert" : "offline"} />
    ${ended ? (bye.value?.message || t("Disconnected. Reload this page.")) : t("Reconnecting…")}</p>`;
}
