// The ballot of one theme: always sent whole, always shown as it stands.

import { html, signal } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Empty, Icon, Status, announce } from "../ui.js";
import { Experiences } from "./experience.js";
import { Body } from "./idea.js";
import { Recorded } from "./recorded.js";
import { ballotOf, choiceFor, ideaIds, room, session } from "./room.js";
import { shuffled } from "./shuffle.js";
import { Elsewhere } from "./tabs.js";
import { SoFar, TimeUp } from "./told.js";
import { evidence } from "./words.js";

const SETTLE_MS = 300; // taps in quick succession make one ballot
const refusal = signal(null); // {theme, message}: why the last tap did nothing
const open = signal(null);

export function View({ theme }) {
  const ids = shuffled(ideaIds(theme.id), `${room.state.get("mine/me")?.id}/${theme.id}/${theme.round}`);
  const ideas = ids.map((id) => room.state.get(`idea/${id}`)).filter(Boolean);
  const agree = session().method === "agree";
  if (!ideas.length) return html`<div class="view"><h1 tabindex="-1">${theme.title}</h1><${Empty} icon="bulb" title=${t("No ideas to vote on")}>${t("Nothing was shared in this theme.")}<//></div>`;
  return html`<div class="view"><${TimeUp} /><${SoFar} /><div><h1 tabindex="-1">${theme.title}</h1>
      <p class="muted">${theme.round > 1 && html`<b>${t("Round %(n)s.", { n: theme.round })} </b>`}${agree ? t("Say what you think of each. Totals stay hidden until the reveal.")
        : tn("Tick up to %(n)s. Totals stay hidden until the reveal.", "Tick up to %(n)s. Totals stay hidden until the reveal.", theme.budget)}</p></div>
    <ul class="list">${ideas.map((idea) => html`<${Candidate} key=${idea.id} theme=${theme} idea=${idea} agree=${agree} ideas=${ideas} />`)}</ul>
    <${Elsewhere} theme=${theme} /><${Recorded} theme=${theme} /></div>
    <${Dock} theme=${theme} ideas=${ideas} agree=${agree} />`;
}

/** The choices for the ideas that stand now; what was merged away counts for what it was merged into. */
function standing(choices, ideas) {
  return Object.fromEntries(ideas.map((idea) => [idea.id, choiceFor(choices, idea)]).filter(([, choice]) => choice !== undefined));
}

function choose(theme, ideas, idea, choice) {
  const { key, choices } = ballotOf(theme), next = standing(choices, ideas);
  if (next[idea] === choice) delete next[idea];
  else if (theme.budget && Object.keys(next).length >= theme.budget) return refuse(theme);
  else next[idea] = choice;
  refusal.value = null;
  room.outbox.put("ballot", key, "ballot.put", { theme: theme.id, round: theme.round, choices: next }, { delay: SETTLE_MS });
}

function refuse(theme) {
  const message = tn("You have %(n)s tick. Take one back to tick another.", "You have %(n)s ticks. Take one back to tick another.", theme.budget);
  refusal.value = { theme: theme.id, message };
  announce(message);
}

function Candidate({ theme, idea, agree, ideas }) {
  const choice = choiceFor(ballotOf(theme).choices, idea), unfolded = open.value === idea.id;
  const told = evidence(idea), more = told || idea.detail;
  const pick = (value) => choose(theme, ideas, idea.id, value);
  return html`<li class=${`card candidate ${choice === 1 ? "on" : ""}`}>
    ${agree ? html`<p class="title" id=${`c-${idea.id}`}>${idea.title}</p><${Grades} idea=${idea} choice=${choice} pick=${pick} />`
      : html`<button type="button" class="pick" role="checkbox" aria-checked=${choice === 1} onClick=${() => pick(1)}>
        <span class="title">${idea.title}</span><span class=${`tick ${choice === 1 ? "on" : ""}`}><${Icon} name="check" /></span></button>`}
    ${more && html`<button type="button" class="evidence" aria-expanded=${unfolded} aria-label=${t("About “%(title)s”: %(what)s", { title: idea.title, what: told || t("details") })} onClick=${() => { open.value = unfolded ? null : idea.id; }}>
      <span>${told || t("Details")}</span><${Icon} name=${unfolded ? "up" : "down"} /></button>`}
    ${unfolded && html`<div class="inside"><${Body} idea=${idea} /><${Experiences} idea=${idea} canAdd=${true} /></div>`}</li>`;
}

function Grades({ idea, choice, pick }) {
  const grades = [[1, t("Agree"), "check"], [0, t("Pass"), "minus"], [-1, t("Disagree"), "x"]];
  return html`<div class="stances" role="group" aria-labelledby=${`c-${idea.id}`}>${grades.map(([value, name, icon]) => html`
    <button type="button" key=${value} class=${`stance ${choice === value ? "on" : ""}`} aria-pressed=${choice === value} onClick=${() => pick(value)}><${Icon} name=${icon} />${name}</button>`)}</div>`;
}

function Dock({ theme, ideas, agree }) {
  const { key, recorded, choices } = ballotOf(theme), given = Object.keys(standing(choices, ideas)).length;
  const error = room.outbox.error(key), no = refusal.value?.theme === theme.id && refusal.value.message;
  return html`<footer class="dock ballot">
    ${(error || no) && html`<p class="refused" role=${error ? "alert" : null}><${Icon} name="info" /><span class="grow">${error?.message ?? no}</span>
      ${error && html`<button type="button" class="link" onClick=${() => room.outbox.discard(key)}>${t("OK")}</button>`}</p>`}
    ${agree ? html`<span class="num">${t("%(n)s of %(all)s answered", { n: given, all: ideas.length })}</span>` : html`<${Dots} given=${given} budget=${theme.budget} />`}
    <span role="status">${error ? null : given || recorded ? html`<${Status} state=${room.outbox.status(key)} words=${words(theme, given, agree)} />` : html`<span class="muted">${t("No ballot from you yet")}</span>`}</span></footer>`;
}

function words({ budget }, given, agree) {
  const left = agree || !budget ? "" : ` · ${tn("%(n)s left", "%(n)s left", budget - given)}`;
  return { saved: t("Ballot saved") + left, saving: t("Saving…") + left, waiting: t("Kept on this phone until the network is back") };
}

function Dots({ given, budget }) {
  if (budget > 10) return html`<span class="num">${given} / ${budget}</span>`;
  return html`<span class="dots" role="img" aria-label=${t("%(n)s of %(all)s ticks given", { n: given, all: budget })}>${Array.from({ length: budget }, (_, i) => html`<i key=${i} class=${i < given ? "on" : ""}></i>`)}</span>`;
}
