// What a ballot says of an idea. What was said of ideas merged into it counts for it, as the server folds it (rules/tally/merging).

import { session } from "./room.js";

/** The choice for an idea, or undefined. */
export function choiceFor(choices, idea) {
  const { method, idea_cap: cap } = session(), own = choices[idea.id];
  const parts = (idea.merged ?? []).map((part) => choices[part.id]).filter((choice) => choice !== undefined);
  if (own === undefined && !parts.length) return undefined;
  return (RULES[method] ?? sided)(own, parts, cap);
}

/** The choices for `ideas` as they stand now. */
export function standing(choices, ideas) {
  return Object.fromEntries(ideas.map((idea) => [idea.id, choiceFor(choices, idea)]).filter(([, choice]) => choice !== undefined));
}

export const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

const RULES = { dots: added, adoption: graded, impact: weighed };

const sided = (own, parts) => own ?? Math.sign(sum(parts));

function added(own, parts, cap) {
  return Math.min((own ?? 0) + sum(parts), cap ?? Infinity);
}

function graded(own, parts) {
  return own || lowerMedian(parts.filter(Boolean)) || 0;
}

function weighed(own, parts) {
  return own ?? 10 * lowerMedian(parts.map((part) => Math.floor(part / 10))) + lowerMedian(parts.map((part) => part % 10));
}

function lowerMedian(numbers) {
  return [...numbers].sort((a, b) => a - b)[(numbers.length - 1) >> 1];
}
