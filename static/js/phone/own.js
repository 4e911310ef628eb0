// One's own ideas, each with its state.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Status } from "../ui.js";
import { Refused, fate, withdraw } from "./fate.js";
import { edit } from "./form.js";
import { ownIdeas, room } from "./room.js";

export function OwnIdeas({ theme }) {
  const ideas = ownIdeas(theme.id);
  if (!ideas.length) return html`<p class="none muted">${t("Nothing from you here yet. Half a thought is welcome: it can be changed later.")}</p>`;
  return html`<section aria-labelledby="own-title"><h2 id="own-title" class="eyebrow">${t("Your ideas")} · ${ideas.length}</h2>
    <ul class="list">${ideas.map((idea) => html`<${OwnIdea} key=${idea.id} theme=${theme} idea=${idea} />`)}</ul></section>`;
}

function OwnIdea({ theme, idea }) {
  const key = `idea/${idea.id}`, back = `withdraw/${idea.id}`, at = room.outbox.error(back) ? back : key;
  const refused = room.outbox.error(at), state = room.outbox.status(at), { title } = idea;
  return html`<li class="card arrive"><p class="said">${title}</p>${idea.detail && html`<p class="said small muted">${idea.detail}</p>`}
    ${refused && html`<${Refused} id=${at} error=${refused} />`}
    ${idea.state === "hidden" && html`<p class="status">${fate(idea)}</p>`}
    ${idea.state !== "hidden" && html`<div class="spread foot">${fate(idea) ? html`<span class="status">${fate(idea)}</span>` : html`<${Status} state=${state} />`}
      <span class="acts"><button type="button" class="link" aria-label=${t("Edit: %(title)s", { title })} onClick=${() => edit(theme, idea)}>${t("Edit")}</button>
        ${!refused && html`<button type="button" class="link" aria-label=${t("Withdraw: %(title)s", { title })} onClick=${() => withdraw("idea", idea)}>${t("Withdraw")}</button>`}</span></div>`}</li>`;
}
