// Sentences that several views of the phone share.

import { t, tn } from "../i18n.js";

/** The name of a phase, for headers and tabs. */
export const phaseName = (phase) => ({
  lobby: t("Lobby"), write: t("Write"), share: t("Share"), vote: t("Vote"), reveal: t("Results"), closed: t("Closed"),
})[phase];

/** What a kind of experience is called on a button and beside a text. */
export const kindName = (kind) => ({
  do: t("We do this"), would: t("We would"), not: t("Not for us"), obstacle: t("Obstacle"), measure: t("Measure"), comment: t("Comment"),
})[kind];

/** The same of others: "Does this: City, Bank". */
export const stanceTold = (kind) => ({ do: t("Does this"), would: t("Would"), not: t("Not for them") })[kind];

/** "5 organisations do this · 2 would · 1 note · 3 ideas merged", or nothing. */
export function evidence(idea) {
  const { do: does = 0, would = 0, not: never = 0 } = idea.stances ?? {};
  return [
    does && tn("%(n)s organisation does this", "%(n)s organisations do this", does),
    would && tn("%(n)s would", "%(n)s would", would),
    never && tn("not for %(n)s", "not for %(n)s", never),
    idea.notes && tn("%(n)s note", "%(n)s notes", idea.notes),
    idea.merged?.length && tn("%(n)s idea merged", "%(n)s ideas merged", idea.merged.length + 1),
  ].filter(Boolean).join(" · ");
}

/** The three ways of being quoted, as [value, name, what it means]. */
export const quotes = () => [
  ["name", t("Name and organisation"), t("Your name and organisation may stand beside what you write.")],
  ["organisation", t("Organisation only"), t("Only your organisation is named.")],
  ["anonymous", t("Anonymous"), t("Neither you nor your organisation is named.")],
];
