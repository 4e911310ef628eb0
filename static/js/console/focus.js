// What the facilitator looks at; nobody else sees it.

import { signal } from "../../vendor/preact.js";
import { themes } from "../screen/room.js";
import { wall } from "../screen/scene.js";

/** On a phone, the part shown: "work" | "agenda" | "wall" | "room". */
export const tab = signal("work");

/** The idea whose actions are open (an id, or null), and the one being edited. */
export const opened = signal(null);
export const edited = signal(null);

const chosen = signal(null);

/** Look at a theme. */
export function look(theme) {
  chosen.value = theme;
  opened.value = edited.value = null;
  tab.value = "work";
}

/** The theme looked at: the chosen one, the wall's, or the first. */
export function focused() {
  const all = themes();
  return all.find((theme) => theme.id === chosen.value) ?? all.find((theme) => theme.id === wall().theme) ?? all[0];
}
