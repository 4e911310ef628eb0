// What every view of the phone asks: the session, its themes, oneself, and one's own things with what still waits laid over.

import { computed, signal } from "../../vendor/preact.js";

/** Filled once by main.js: {code, state, outbox, line}. */
export const room = {};

export const STANCES = ["do", "would", "not"];

export const session = () => room.state.get("session");
export const me = () => room.state.get("mine/me");
export const themeOf = (id) => room.state.get(`theme/${id}`);
export const themes = () => (session()?.themes ?? []).map(themeOf).filter(Boolean);

/** The theme chosen on this phone (an id, or null before any choice). */
export const chosen = signal(null);

/** Whether one has gone to write before the day, instead of waiting in the lobby. */
export const early = signal(false);

/** The theme to show, or undefined while there is none. */
export const current = () => themes().find((theme) => theme.id === chosen.value) ?? themes()[0];

/** The theme in which there is most to do; the first of several, `before` where none beats it. */
export const mostUrgent = (before = themes()[0]) => themes().reduce((best, theme) => (urgency(theme) > urgency(best) ? theme : best), before);

/** How much a theme wants this participant: an open vote without a ballot most. */
export function urgency(theme) {
  if (theme.phase === "vote") return ballotOf(theme).recorded || !theme.ideas ? 1 : 4;
  return { write: 3, share: 2, reveal: 1 }[theme.phase] ?? 0;
}

const memo = new Map();

/** A computed made once per name: views ask for it at every drawing. */
function once(name, make) {
  if (!memo.has(name)) memo.set(name, computed(make));
  return memo.get(name).value;
}

/** Ids of the ideas seen in a theme, oldest first. Joined to one text, so that a change inside an idea redraws no list. */
export function ideaIds(theme) {
  const joined = once(`ideas/${theme}`, () => room.state.all("idea/").filter((idea) => idea.theme === theme)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map((idea) => idea.id).join());
  return joined ? joined.split(",") : [];
}

/** Others' and own experiences of an idea, oldest first. */
export function experiencesOf(idea) {
  return once("experiences", () => groupBy(room.state.all("experience/"), "idea")).get(idea) ?? [];
}

/** One's own ideas, newest first, as they will be when everything waiting has arrived. */
export function ownIdeas(theme) {
  const own = once("own ideas", () => overlay("mine/idea/", "idea"));
  return own.filter((idea) => idea.theme === theme && idea.state !== "withdrawn").sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** One's own experiences of an idea and of those merged into it, likewise. */
export function ownExperiences({ id, merged = [] }) {
  const own = once("own experiences", () => groupBy(overlay("mine/experience/", "experience"), "idea"));
  return [id, ...merged.map((part) => part.id)].flatMap((one) => own.get(one) ?? []).filter(({ state }) => state !== "withdrawn");
}

function overlay(prefix, kind) {
  const own = new Map(room.state.all(prefix).map((value) => [value.id, value]));
  for (const { kind: what, body, error } of room.outbox.items.value) {
    const id = body[kind], before = own.get(id);
    if (what === kind) own.set(id, { state: "active", ...before, ...body, id });
    if (what === `withdraw ${kind}` && before && !error) own.set(id, { ...before, state: body.withdrawn ? "withdrawn" : "active" });
  }
  return [...own.values()];
}

/** One's ballot in a theme: `choices` as ticked, `recorded` as the server has it (or null), `key` in the outbox. */
export function ballotOf(theme) {
  const key = `ballot/${theme.id}/${theme.round}`;
  const held = room.state.get(`mine/ballot/${theme.id}`), recorded = held?.round === theme.round ? held : null;
  const waiting = room.outbox.items.value.find((item) => item.key === key && !item.error);
  return { key, recorded, choices: waiting?.body.choices ?? recorded?.choices ?? {} };
}

function groupBy(values, field) {
  const groups = new Map();
  for (const value of values) groups.set(value[field], [...(groups.get(value[field]) ?? []), value]);
  return groups;
}
