// Sentences that screen and console share.

import { t, tn } from "../i18n.js";

/** The name of a phase. */
export const phaseName = (phase) => ({
  lobby: t("Lobby"), write: t("Write"), share: t("Share"), vote: t("Vote"), reveal: t("Results"), closed: t("Closed"),
})[phase];

/** "5 do this · 2 would · not for 1 · 3 notes", counted in organisations, or nothing. */
export function evidence({ stances, notes }) {
  const { do: does = 0, would = 0, not: never = 0 } = stances ?? {};
  return [
    does && tn("%(n)s does this", "%(n)s do this", does),
    would && tn("%(n)s would", "%(n)s would", would),
    never && tn("not for %(n)s", "not for %(n)s", never),
    notes && tn("%(n)s note", "%(n)s notes", notes),
  ].filter(Boolean).join(" · ");
}

/** Whose turn it is: an organisation's name; people without one, and anonymous ones, take turns as one. */
export const voiceOf = (one) => one.name || t("Others");

/** "12 ideas" */
export const ideasCount = (n) => tn("%(n)s idea", "%(n)s ideas", n);

/** "too close to no. 3, 4 to call": the better-placed neighbours of a line of a ranking, or nothing. */
export function tooClose({ ranking }, row) {
  const above = ranking.filter((other) => row.close_to?.includes(other.idea) && other.rank < row.rank);
  const places = [...new Set(above.map((other) => other.rank))];
  return places.length ? t("too close to no. %(place)s to call", { place: places.join(", ") }) : "";
}

/** Whether a rank is shared. */
export const tied = ({ ranking }, row) => ranking.filter((other) => other.rank === row.rank).length > 1;

/** How firm the first places are: [what, the rest of the sentence]. */
export function firmness({ stability }, list) {
  if (!stability?.top) return null;
  const { top, stable, changed_by: changed, small = 0 } = stability;
  if (stable) return [tn("First place holds", "Top %(n)s hold", top), t("whichever organisation is left out")];
  const names = changed.map((name) => name || t("those without organisation"));
  const told = !names.length ? tn("one small organisation", "one of %(n)s small organisations", small)
    : names.length > 3 ? t("any of %(n)s organisations", { n: names.length + small }) : list(names);
  return [tn("First place changes", "Top %(n)s change", top), t("without %(names)s", { names: told })];
}
