// Going from phase to phase: what it would close, the question to ask then, and the command.

import { signal } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { room, session, themes } from "../screen/room.js";
import { ask, run } from "./act.js";

const ORDER = ["lobby", "write", "share", "vote", "reveal", "closed"];
const SETTLE_MS = 700; // a double click must not go two phases on

/** Whether a move is under way, or so fresh that a second click may belong to the first: *Next* waits for that, the agenda does not. */
export const settling = signal(false);
const moving = signal(false);
let settled = 0;

/** Whether a move has not been answered yet. */
export const isBusy = () => moving.peek();

export const phases = () => ORDER;
export const isPast = (phase, now) => ORDER.indexOf(phase) < ORDER.indexOf(now);

/** Set the phase of the session, or of one theme, after asking where it closes something for people. */
export async function moveTo(phase, theme = null) {
  if (moving.peek()) return false;
  const words = doubt(phase, theme ? [theme] : themes());
  if (words && !(await ask(words))) return false;
  return held(run("phase.set", { phase, theme: theme?.id ?? null, seconds: null }));
}

/** A new round of the vote in a theme, after the one that was seen when it was asked for. */
export async function voteAgain({ id, round }) {
  const sure = await ask(ofNewRound());
  return sure && held(run("round.next", { theme: id, seen: round }));
}

/** The question that a new round raises. */
export const ofNewRound = () => ({
  title: t("Vote again?"), confirm: t("Vote again"),
  text: t("A new round begins with empty ballots, and the results are hidden until the next reveal. The earlier round stays on record."),
});

/** Keep *Next* waiting until `promise` has come and settled; promises what it does. */
export async function held(promise) {
  moving.value = settling.value = true;
  const done = await promise;
  moving.value = false;
  settle();
  return done;
}

/** Keep *Next* waiting for a moment: what is pressed now was meant for what stood there before. */
export function settle() {
  settling.value = true;
  clearTimeout(settled);
  settled = setTimeout(() => { settling.value = moving.peek(); }, SETTLE_MS);
}

/** The question that a move raises, or null. */
export function doubt(phase, touched) {
  if (phase !== "vote" && touched.some((theme) => theme.phase === "vote")) return ofVoting(phase, touched);
  if (phase === "closed") {
    return { title: t("Close the session?"), confirm: t("Close"), text: t("Nobody can write or vote any more; everything stays readable. You can open it again.") };
  }
  if (isPast(phase, "reveal") && touched.some((theme) => theme.revealed)) {
    return { title: t("Hide the results again?"), confirm: t("Go back"), text: t("Phones and screen lose the results until the next reveal. Ballots are kept.") };
  }
  return null;
}

function ofVoting(phase, touched) {
  const { n, of } = missing(touched), reveals = phase === "reveal";
  if (reveals && !n) return null;
  const text = tn("%(n)s of %(of)s has not voted yet.", "%(n)s of %(of)s have not voted yet.", n, { of });
  if (reveals) return { title: t("Reveal the results?"), confirm: t("Reveal"), text: `${text} ${t("Reveal anyway?")}` };
  return { title: t("Stop the vote?"), confirm: t("Stop the vote"), text: `${text} ${t("Ballots are kept, and you can open the vote again.")}` };
}

/** How many have not voted, in the theme where most are missing: {n, of}. */
export function missing(touched) {
  const open = touched.filter((theme) => theme.phase === "vote").map((theme) => room.state.get(`turnout/${theme.id}`)).filter(Boolean);
  const { voted, of } = open.reduce((a, b) => (b.of - b.voted > a.of - a.voted ? b : a), { voted: 0, of: 0 });
  return { n: of - voted, of };
}

/** What the one obvious button says: [phase, words], or null after the last phase. Themes left behind catch up first. */
export function nextMove() {
  const { phase } = session(), behind = themes().some((theme) => isPast(theme.phase, phase)), next = behind ? phase : session().next;
  const words = { write: t("Next: write"), share: t("Next: share"), vote: t("Next: vote"), reveal: t("Next: reveal"), closed: t("Next: close") };
  return next && [next, words[next]];
}
