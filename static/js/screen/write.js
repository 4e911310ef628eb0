// Silent writing: the question, the time, and how much has come in. The ideas themselves stay hidden.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { AllDone } from "./done.js";
import { sizes, useFit } from "./fit.js";
import { room, session, themes } from "./room.js";
import { Prompt } from "./step.js";
import { Timer } from "./timer.js";
import { ideasCount } from "./words.js";

const STEPS = sizes(8.6, 3.6, "", 0.4);

export function Write({ theme }) {
  const { question, title, timer } = session(), box = useFit(STEPS);
  const open = theme ? [theme] : themes().filter((one) => one.phase === "write");
  const timed = timer.ends_at || timer.left !== null;
  return html`<main class=${`write ${timed ? "timed" : ""}`}>
    <div class="ask" ref=${box}>
      <h1>${theme ? theme.title : question || title}</h1>
      ${theme && (theme.prompt || question) && html`<p class="lead">${theme.prompt || question}</p>`}
      <${Prompt} phase="write" theme=${theme} />
      ${open.length > 1 && html`<ul class="counts">${open.map((one) => html`<${Count} key=${one.id} theme=${one} />`)}</ul>`}
    </div>
    ${timed && html`<div class="time"><${Timer} big=${true} /></div>`}
    <${Done} open=${open} />
  </main>`;
}

function Count({ theme }) {
  return html`<li data-tint=${theme.tint % 8}><span class="name">${theme.title}</span><b class="pop" key=${theme.ideas}>${theme.ideas}</b></li>`;
}

function Done({ open }) {
  const { phase, done = 0, of = 0 } = room.state.get("progress") ?? {};
  const ideas = open.reduce((sum, theme) => sum + theme.ideas, 0);
  return html`<footer class="foot"><p><strong>${ideasCount(ideas)}</strong> ${t("so far")}</p>
    ${phase === "write" && of > 0 && html`<${AllDone} /><p class="right"><strong>${t("%(done)s of %(of)s", { done, of })}</strong> ${tn("is done", "are done", done)}</p>`}</footer>`;
}
