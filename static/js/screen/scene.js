// What the wall shows now: the facilitator's choice, or what the phase asks for. The console draws its preview from the same.

import { t } from "../i18n.js";
import { graded, pictured, placed, ranked, shared, under } from "./pages.js";
import { room, session, standing, themeOf, themes } from "./room.js";
import { promptFor } from "./step.js";

const AUTO = { view: "auto", theme: null, page: 0, idea: null };
const RULES = { adoption: graded, impact: pictured }; // how a method's lines go on pages, where not as the others'
const ONE_THEME = ["share", "reveal"]; // phases that show one theme at a time

export const wall = () => room.state.get("wall") ?? AUTO;

/** {name, theme, idea, page}: name is a phase, "qr", "idea" or "blank"; theme is undefined where all are meant. */
export function scene() {
  const { view, theme: chosen, page, idea } = wall();
  const shown = view === "idea" && room.state.get(`idea/${idea}`);
  if (shown) return { name: "idea", idea: shown, theme: themeOf(shown.theme), page: 0 };
  if (view === "blank" || view === "qr") return { name: view, page: 0 };
  const own = themeOf(chosen), name = own?.phase ?? session().phase;
  return { name, page, theme: own ?? (ONE_THEME.includes(name) ? first(name) : undefined) };
}

function first(phase) {
  const open = themes().filter((theme) => theme.phase === phase);
  return open.find((theme) => theme.ideas) ?? open[0] ?? themes()[0];
}

/** The pages of a scene, each a list of ideas or of lines of a ranking; at least one. After a ranking comes how it was counted. */
export function pagesOf({ name, theme }) {
  if (name === "share" && theme) return placed(standing(theme.id), under(promptFor(name, theme), shared));
  const results = name === "reveal" && theme && room.state.get(`results/${theme.id}`);
  if (!results) return [[]];
  const title = (row) => room.state.get(`idea/${row.idea}`)?.title ?? "";
  const lines = placed(results.ranking.map((row) => ({ ...row, title: title(row) })), under(promptFor(name, theme), RULES[results.method] ?? ranked));
  return results.voters ? [...lines, [{ how: true, title: t("How we count") }]] : lines;
}

/** `page` kept among `count`. */
export const within = (page, count) => Math.min(Math.max(page, 0), count - 1);
