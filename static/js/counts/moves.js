// A second round beside the first: what moved.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";

/** How an idea moved since the round before: {look, shown, said}, or null where it did not, or there was none. */
export function moveOf({ before }, idea) {
  const move = before?.moves.find((one) => one.idea === idea);
  if (!move) return null;
  if (move.rank === null) return { look: "new", shown: t("new"), said: t("new since round %(n)s", { n: before.round }) };
  const n = Math.abs(move.places);
  if (!n) return null;
  return move.places > 0 ? { look: "up", shown: `↑${n}`, said: tn("up %(n)s place", "up %(n)s places", n) } : { look: "down", shown: `↓${n}`, said: tn("down %(n)s place", "down %(n)s places", n) };
}

/** The mark of it, with words for those who do not see it. */
export function Moved({ results, idea }) {
  const move = moveOf(results, idea);
  return move && html`<span class="moved" data-look=${move.look}><span aria-hidden="true">${move.shown}</span><span class="visually-hidden">${move.said}</span></span>`;
}

/** What moved since the round before, in a sentence; nothing where there was none. */
export function movedSentence({ before }) {
  if (!before) return "";
  const moved = before.moves.filter(({ places, rank }) => places || rank === null).length;
  if (!moved) return t("The order is that of round %(n)s.", { n: before.round });
  return tn("%(n)s idea moved since round %(round)s.", "%(n)s ideas moved since round %(round)s.", moved, { round: before.round });
}
