// The frame of the wall: header, one thing, and nothing else.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Alarm } from "./alarm.js";
import { Board } from "./board.js";
import { Closed } from "./closed.js";
import { Corner, cornered } from "./corner.js";
import { framed } from "./frame.js";
import { Header, Notice } from "./header.js";
import { Idea } from "./idea.js";
import { changeTheme, fill, hinting } from "./keys.js";
import { Lobby } from "./lobby.js";
import { Overview } from "./overview.js";
import { Question } from "./question.js";
import { Reveal } from "./reveal.js";
import { session } from "./room.js";
import { scene } from "./scene.js";
import { Share } from "./share.js";
import { Turnout } from "./turnout.js";
import { Vote } from "./vote.js";
import { Write } from "./write.js";

const VIEWS = {
  lobby: Lobby, qr: Lobby, write: Write, share: Share, vote: Vote, reveal: Reveal, closed: Closed,
  question: Question, idea: Idea, board: Board, turnout: Turnout, overview: Overview, blank: Blank,
};

export function Wall() {
  if (!session()) return html`<div class="wall"><${Header} /><main class="say"><h1>${t("One moment…")}</h1></main></div>`;
  const shown = scene(), View = VIEWS[shown.name], { theme } = shown;
  if (shown.name === "blank") return html`<${Blank} /><${Keys} /><${Alarm} blank=${true} />`;
  return html`<div class=${`wall ${cornered(shown) ? "cornered" : ""}`} data-scene=${shown.name} data-tint=${theme ? theme.tint % 8 : null}>
    <${Header} scene=${shown} /><${View} key=${`${shown.name} ${theme?.id ?? ""}`} ...${shown} />${cornered(shown) && html`<${Corner} />`}
    <${Keys} /><${Alarm} /></div>`;
}

function Blank() {
  return html`<main class="wall blank"><h1 class="visually-hidden">${t("The screen is blank")}</h1><${Notice} /></main>`;
}

function Keys() {
  return !framed && html`<div class="keys" data-on=${hinting.value}>
    <button type="button" onClick=${fill}><kbd>F</kbd> ${t("full screen")}</button>
    <button type="button" onClick=${changeTheme}><kbd>T</kbd> ${t("light or dark")}</button></div>`;
}
