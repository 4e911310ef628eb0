// Silent writing: one field, one button, and the state of every word beside it.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Button } from "../ui.js";
import { Done } from "./done.js";
import { Form, send } from "./form.js";
import { OwnIdeas } from "./own.js";
import { early, ideaIds, room, session, themes } from "./room.js";
import { TimeUp, useHere } from "./told.js";
import { Prompt } from "./step.js";

export function View({ theme }) {
  useHere();
  return html`<div class="view"><${Back} /><${TimeUp} />
    ${themes().length === 1 && html`<p class="eyebrow tinted">${theme.title}</p>`}
    <h1 tabindex="-1">${theme.prompt || session().question || t("What works where you are?")}</h1><${Prompt} theme=${theme} />
    <${Form} theme=${theme} hint=${session().hide_ideas ? t("Nobody sees this until sharing") : t("Everybody sees this once it is sent")} />
    <${OwnIdeas} theme=${theme} /><${Seen} theme=${theme} />
  </div>
  <${Dock} theme=${theme} />`;
}

/** The way back from writing before the day. */
function Back() {
  return session().phase === "lobby" && html`<${Button} kind="quiet back" icon="left" onClick=${() => { early.value = false; }}>${t("Lobby")}<//>`;
}

/** What others have sent, where the session lets everybody see it at once. */
function Seen({ theme }) {
  const ids = ideaIds(theme.id).filter((id) => !room.state.get(`mine/idea/${id}`));
  return ids.length > 0 && html`<section><h2 class="eyebrow">${t("From the room")} · ${ids.length}</h2>
    <ul class="list">${ids.map((id) => html`<li class="card" key=${id}>${room.state.get(`idea/${id}`)?.title}</li>`)}</ul></section>`;
}

function Dock({ theme }) {
  const edited = room.outbox.draft(`edit:${theme.id}`).value;
  if (edited) return html`<footer class="dock">
    <${Button} kind="primary grow" onClick=${() => send(theme)}>${t("Save change")}<//>
    <${Button} onClick=${() => { room.outbox.draft(`edit:${theme.id}`).value = null; }}>${t("Cancel")}<//></footer>`;
  return html`<footer class="dock"><${Button} kind="primary grow" onClick=${() => send(theme)}>${t("Send idea")}<//><${Done} theme=${theme} /></footer>`;
}
