// What screen and console both ask of the state: the session, its themes, the ideas that stand.

import { t } from "../i18n.js";

/** Filled once by main.js: {code, state, line, join}. */
export const room = {};

export const session = () => room.state.get("session");
export const themes = () => (session()?.themes ?? []).map((id) => room.state.get(`theme/${id}`)).filter(Boolean);
export const themeOf = (id) => (id ? room.state.get(`theme/${id}`) : undefined);

/** Whether an idea stands by itself: not hidden, not withdrawn, not merged (a screen is given no others). */
export const stands = (idea) => (idea.state ?? "active") === "active" && !idea.into;

/** The ideas that stand in a theme, oldest first. */
export function standing(theme) {
  const found = room.state.all("idea/").filter((idea) => idea.theme === theme && stands(idea));
  return found.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** An organisation's name; people without one are named as such. */
export const nameOf = (organisation) => organisation.name || t("Without organisation");

/** A join code as people read it: in two halves. */
export const halves = (code = "") => [code.slice(0, 3), code.slice(3)];
