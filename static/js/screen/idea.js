// One idea, for talking about it.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { sizes, useFit } from "./fit.js";
import { Order } from "./order.js";
import { room } from "./room.js";
import { voiceOf } from "./words.js";

const STEPS = [...sizes(10.5, 5.7, "", 0.4), ...sizes(5.7, 3.4, "small", 0.2), ...sizes(5, 3.4, "alone", 0.2), [3.4, "flow"]];

export const Idea = (shown) => html`<${One} key=${shown.idea.id} ...${shown} />`;

function One({ idea, theme }) {
  const box = useFit(STEPS), turns = readOut(idea), voice = turns?.whose && voiceOf(turns.whose);
  return html`<main class="one"><div class="head"><p class="eyebrow tinted">${theme?.title}</p>${turns && html`<p class="count">${left(turns)}</p>`}</div>
    <div class="text" ref=${box}>
      ${voice && html`<p class="whose">${voice}</p>`}
      <h1>${idea.title}</h1>
      ${idea.detail && html`<p class="detail">${idea.detail}</p>`}
      ${idea.by && idea.by !== voice && html`<p class="by">${idea.by}</p>`}
      ${idea.merged.length > 0 && html`<ul class="merged">${idea.merged.map((part) => html`<li key=${part.id}>+ ${part.title}</li>`)}</ul>`}
    </div>
    <div class="heard"><${Latest} idea=${idea} /><${Stances} idea=${idea} /><${Order} turns=${turns} /></div></main>`;
}

/** Where the reading out stands, if this is the idea that is being read out. */
function readOut(idea) {
  const turns = room.state.get(`turns/${idea.theme}`);
  return [idea, ...idea.merged].some((one) => one.id === turns?.now) ? turns : null;
}

const left = (turns) => (turns.left ? tn("%(n)s idea left", "%(n)s ideas left", turns.left) : t("The last idea"));

/** What came of it where somebody does it: the newest result. */
function Latest({ idea }) {
  const told = room.state.all("experience/").filter((one) => one.idea === idea.id && one.result).sort((a, b) => a.at - b.at).at(-1);
  const from = told && [told.by, told.year].filter(Boolean).join(", ");
  return told && html`<p class="latest" key=${told.id}>${from && `${from}: `}<span>“${told.result}”</span></p>`;
}

function Stances({ idea: { stances, notes } }) {
  const parts = [
    [stances.do, tn("organisation does this", "organisations do this", stances.do)],
    [stances.would, tn("would do it", "would do it", stances.would)],
    [stances.not, tn("says: not for us", "say: not for us", stances.not)],
    [notes, tn("note", "notes", notes)],
  ].filter(([n]) => n);
  if (!parts.length) return html`<p class="stances quiet">${t("Do you do this? Say so on your phone.")}</p>`;
  return html`<ul class="stances">${parts.map(([n, what]) => html`<li key=${what}><b>${n}</b> ${what}</li>`)}</ul>`;
}
