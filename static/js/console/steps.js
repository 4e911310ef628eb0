// The agenda's steps: where the room is, what comes next and what came before, and going there. Without an agenda: the phases.

import { effect } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room, session, themes } from "../screen/room.js";
import { ask, run } from "./act.js";
import { doubt, held, isBusy, isPast, moveTo, nextMove, ofNewRound, phases, settle } from "./moves.js";

const NONE = { steps: [], now: null, next: null, back: null };

export const agenda = () => room.state.get("agenda") ?? NONE;
export const hasAgenda = () => agenda().steps.length > 0;
export const stepOf = (id) => agenda().steps.find((step) => step.id === id);

/** Go to a step, or run the present one again, after asking where that closes something for people. */
export async function goTo(step) {
  if (isBusy()) return false;
  const { now: seen } = agenda(), words = questionOf(step);
  if (words && !(await ask(words))) return false;
  return held(run("step.go", { step: step.id, seen }));
}

function questionOf(step) {
  return startsRound(step) ? ofNewRound() : doubt(step.phase, touchedBy(step));
}

const touchedBy = (step) => themes().filter((theme) => !step.themes.length || step.themes.includes(theme.id));

/** Whether a step votes on what has been shown before. */
const startsRound = (step) => step.phase === "vote" && place(step.id) > place(agenda().now) && touchedBy(step).some((theme) => theme.revealed);

const place = (id) => agenda().steps.findIndex((step) => step.id === id);

/** What the one obvious button says and does: {words, follows, go}, or null after the end; `follows` is what the room will see of it. */
export function onward() {
  const step = coming();
  if (step) return { words: nextWords(step), follows: startsRound(step) ? t("Then a second vote begins; the first stays on record.") : follows(step.phase), go: () => goTo(step) };
  const next = nextMove(); // without an agenda, or past its end
  return next && { words: next[1], follows: follows(next[0]), go: () => moveTo(next[0]) };
}

const follows = (phase) => ({
  lobby: t("Then the wall shows how to join."), write: t("Then phones open for writing."), share: t("Then everybody sees the ideas and adds to them."),
  vote: t("Then phones get the ballot; totals stay hidden."), reveal: t("Then wall and phones show the results."), closed: t("Then nothing more comes in; all stays readable."),
})[phase];

/** Whenever *Next* comes to mean something else, by whoever's doing, let it settle: two facilitators may press it at once. */
export function guardNext() {
  let before = null;
  effect(() => {
    const meant = session() && `${agenda().now} ${onward()?.words}`;
    if (before && meant !== before) settle();
    before = meant;
  });
}

/** The step to go to next: the one that is run, while a theme of it is behind (voted on again, say), or the one after it. */
export function coming() {
  const now = stepOf(agenda().now), behind = now && touchedBy(now).some((theme) => isPast(theme.phase, now.phase));
  return behind ? now : stepOf(agenda().next);
}

/** The way back: {title, go}, or null at the beginning. */
export function backward() {
  const now = stepOf(agenda().now), isAway = now && !now.themes.length && session().phase !== now.phase;
  const step = isAway ? now : stepOf(agenda().back);
  if (step) return { title: step.title, go: () => goTo(step) };
  const before = hasAgenda() ? null : phases()[phases().indexOf(session().phase) - 1];
  return before ? { go: () => moveTo(before) } : null;
}

function nextWords({ title, minutes }) {
  return minutes ? t("Next: %(title)s, %(n)s min", { title, n: minutes }) : t("Next: %(title)s", { title });
}
