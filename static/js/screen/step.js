// The step of the agenda that is run now: what it asks of the room, and where that is in the day.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room } from "./room.js";

const AT_WORK = ["write", "share", "vote", "reveal"];

const step = () => room.state.get("step");

/** What the step asks, where it is about the phase and theme shown; else nothing. */
export function promptFor(phase, theme) {
  const now = step();
  const isMeant = now?.phase === phase && (!theme || !now.themes.length || now.themes.includes(theme.id));
  return isMeant ? now.prompt : "";
}

export function Prompt({ phase, theme }) {
  const words = promptFor(phase, theme);
  return words ? html`<p class="prompt">${words}</p>` : null;
}

/** "2 of 6 · then Share", while the room works at it. */
export function Course({ phase }) {
  const now = step();
  if (now?.phase !== phase || !AT_WORK.includes(phase)) return null;
  return html`<p class="course">${t("%(n)s of %(of)s", now)}${now.next && ` · ${t("then %(title)s", { title: now.next })}`}</p>`;
}
