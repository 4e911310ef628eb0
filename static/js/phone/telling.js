// What somebody adds to an idea, on its way: what is being typed, and the outbox.

import { room, STANCES } from "./room.js";

export const isStance = (kind) => STANCES.includes(kind);

/** Whether it is the stance that one has: a hidden one is not taken up again. */
export const isMyStance = ({ kind, state }) => isStance(kind) && state !== "hidden";

/** What is being typed about an idea: {kind, text, result, year, id, idea, old}, or null. `year` is as typed; `old`: words are changed. */
export const draftOf = (idea) => room.outbox.draft(`note:${idea}`);

/** Under which key the stance waits. One given to an idea that was merged since stays with that one. */
export const stanceKey = (idea, own) => `stance/${own?.idea ?? idea.id}`;

/** Keep an experience under its key; a stance has one key per idea, so that a newer one replaces it. */
export function put(idea, kind, { text = "", result = "", year = null }, id) {
  const key = isStance(kind) ? `stance/${idea}` : `experience/${id}`;
  room.outbox.put("experience", key, "experience.put", { experience: id, idea, kind, text, result, year });
}

/** Begin to type: a new text of a kind, or a change of one's own (`from`). */
export function begin(idea, kind, from) {
  const { text = "", result = "", year = "", id, idea: about } = from ?? {};
  draftOf(idea).value = { kind, text, result: result ?? "", year: String(year ?? ""), id, idea: about, old: Boolean(id && (text || result || year)) };
  requestAnimationFrame(() => document.getElementById(`note-${idea}`)?.focus());
}
