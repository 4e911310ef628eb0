// The ballot of one theme: always sent whole, always shown as it stands. What can be chosen of an idea is the method's own.

import { html, signal } from "../../vendor/preact.js";
import { How } from "../counts/how.js";
import { t, tn } from "../i18n.js";
import { Empty, Icon, Status, announce } from "../ui.js";
import { standing } from "./choices.js";
import { Experiences } from "./experience.js";
import { Body } from "./idea.js";
import { Recorded } from "./recorded.js";
import { ballotOf, ideaIds, room, session } from "./room.js";
import { shuffled } from "./shuffle.js";
import { Prompt } from "./step.js";
import { Elsewhere } from "./tabs.js";
import { SoFar, TimeUp } from "./told.js";
import { evidence } from "./words.js";

const SETTLE_MS = 300; // taps in quick succession make one ballot
const refusal = signal(null); // {theme, message}: why the last tap did nothing
const open = signal(null);

/**
 * A ballot by `method`, an object of these: lead(theme) says what to do. Choice({theme, idea, choice, choices, set}) draws an idea with
 * what can be chosen of it; set(value) chooses, set(undefined) takes back. Given({theme, ideas, choices}) tells in the dock how far one is.
 * Perhaps: isOn(choice) makes the card stand out; left(theme, choices) is what is left of a budget.
 */
export function Ballot({ theme, method }) {
  const ids = shuffled(ideaIds(theme.id), `${room.state.get("mine/me")?.id}/${theme.id}/${theme.round}`);
  const ideas = ids.map((id) => room.state.get(`idea/${id}`)).filter(Boolean), choices = standing(ballotOf(theme).choices, ideas);
  if (!ideas.length) return html`<div class="view"><h1 tabindex="-1">${theme.title}</h1><${Empty} icon="bulb" title=${t("No ideas to vote on")}>${t("Nothing was shared in this theme.")}<//></div>`;
  return html`<div class="view"><${TimeUp} /><${SoFar} /><div><h1 tabindex="-1">${theme.title}</h1><${Prompt} theme=${theme} />
      <p class="muted">${theme.round > 1 && html`<b>${t("Round %(n)s.", { n: theme.round })} </b>`}${method.lead(theme)}</p></div>
    <ul class="list">${ideas.map((idea) => html`<${Candidate} key=${idea.id} theme=${theme} method=${method} idea=${idea} ideas=${ideas} choices=${choices} />`)}</ul>
    <${Elsewhere} theme=${theme} /><div><${Recorded} theme=${theme} /><${How} method=${session().method} /></div></div>
    <${Dock} theme=${theme} method=${method} ideas=${ideas} choices=${choices} />`;
}

function put(theme, choices) {
  refusal.value = null;
  room.outbox.put("ballot", ballotOf(theme).key, "ballot.put", { theme: theme.id, round: theme.round, choices }, { delay: SETTLE_MS });
}

/** Say why a tap does nothing. */
export function refuse(theme, message) {
  refusal.value = { theme: theme.id, message };
  announce(message);
}

function Candidate({ theme, method, idea, ideas, choices }) {
  const choice = choices[idea.id], unfolded = open.value === idea.id;
  const told = evidence(idea), more = told || idea.detail;
  const set = (value) => {
    const next = standing(ballotOf(theme).choices, ideas);
    if (value === undefined) delete next[idea.id]; else next[idea.id] = value;
    put(theme, next);
  };
  return html`<li class=${`card candidate ${method.isOn?.(choice) ? "on" : ""}`}>
    <${method.Choice} theme=${theme} idea=${idea} choice=${choice} choices=${choices} set=${set} />
    ${more && html`<button type="button" class="evidence" aria-expanded=${unfolded} aria-label=${t("About “%(title)s”: %(what)s", { title: idea.title, what: told || t("details") })} onClick=${() => { open.value = unfolded ? null : idea.id; }}>
      <span>${told || t("Details")}</span><${Icon} name=${unfolded ? "up" : "down"} /></button>`}
    ${unfolded && html`<div class="inside"><${Body} idea=${idea} /><${Experiences} idea=${idea} canAdd=${true} /></div>`}</li>`;
}

function Dock({ theme, method, ideas, choices }) {
  const { key, recorded } = ballotOf(theme), given = Object.keys(choices).length, error = room.outbox.error(key);
  const left = method.left?.(theme, choices), no = refusal.value?.theme === theme.id && refusal.value.message;
  return html`<footer class="dock ballot">
    ${error ? html`<${Refused} words=${error.message} act=${() => room.outbox.discard(key)} label=${t("OK")} role="alert" />`
      : left < 0 ? html`<${Refused} words=${t("Ideas were merged, so that a ballot now holds %(n)s. Begin yours anew.", { n: theme.budget })} act=${() => put(theme, {})} label=${t("Take all back")} />`
        : no && html`<${Refused} words=${no} />`}
    <${method.Given} theme=${theme} ideas=${ideas} choices=${choices} />
    <span role="status">${error ? null : given || recorded ? html`<${Status} state=${room.outbox.status(key)} words=${words(method.tellsLeft && left)} />` : html`<span class="muted">${t("No ballot from you yet")}</span>`}</span></footer>`;
}

function Refused({ words: said, act, label, role = null }) {
  return html`<p class="refused" role=${role}><${Icon} name="info" /><span class="grow">${said}</span>${act && html`<button type="button" class="link" onClick=${act}>${label}</button>`}</p>`;
}

function words(left) {
  const more = left >= 0 ? ` · ${tn("%(n)s left", "%(n)s left", left)}` : "";
  return { saved: t("Ballot saved") + more, saving: t("Saving…") + more, waiting: t("Kept on this phone until the network is back") };
}

/** How many of the ideas have an answer: for methods that answer on every idea. */
export function Answered({ ideas, choices }) {
  return html`<span class="num">${t("%(n)s of %(all)s answered", { n: Object.keys(choices).length, all: ideas.length })}</span>`;
}
