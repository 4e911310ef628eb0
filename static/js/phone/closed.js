// The end: thanks, what came out, what one's own part was, and how to come back.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { OwnWords } from "./after.js";
import { ReturnCode } from "./me.js";
import { Recorded } from "./recorded.js";
import { Results } from "./reveal.js";
import { me, ownIdeas, room, session } from "./room.js";

export function View({ theme }) {
  const over = session().phase === "closed", results = room.state.get(`results/${theme.id}`);
  return html`<div class="view">
    <div><p class="in"><span class="tick on"><${Icon} name="check" /></span><b>${over ? t("Thank you!") : t("This theme is closed.")}</b></p>
      <h1 tabindex="-1">${theme.title}</h1>
      <p class="muted">${over ? t("The session is over. What you wrote and how you voted is recorded; the organizer turns the chosen ideas into draft practices.") : t("What you wrote and how you voted is recorded.")}</p></div>
    ${results && html`<${Results} theme=${theme} results=${results} />`}
    <${Recorded} theme=${theme} open=${true} />
    <${Part} theme=${theme} />
    <${OwnWords} />${me() && html`<${ReturnCode} />`}</div>`;
}

function Part({ theme }) {
  const ideas = ownIdeas(theme.id);
  return ideas.length > 0 && html`<section><h2 class="eyebrow">${t("Your ideas")} · ${ideas.length}</h2>
    <ul class="list">${ideas.map((idea) => html`<li class="card" key=${idea.id}>${idea.title}</li>`)}</ul></section>`;
}
