// What the wall shows now: the facilitator's choice, or what the phase asks for. The console pages by the same rules.

import { t } from "../i18n.js";
import { graded, pictured, boarded, placed, ranked, shared, under, summed } from "./pages.js";
import { room, session, stands, standing, themeOf, themes } from "./room.js";
import { promptFor } from "./step.js";

const AUTO = { view: "auto", theme: null, page: 0, idea: null, corner: true, sound: true };
const RULES = { adoption: graded, impact: pictured }; // how a method's lines go on pages, where not as the others'
const ONE_THEME = ["share", "reveal"]; // phases that show one theme at a time
const PUBLIC = ["share", "vote", "reveal", "closed"]; // everybody sees the ideas, as workshop/rules/phases.py says

export const wall = () => room.state.get("wall") ?? AUTO;

/** Whether a theme's ideas may be seen. The wall has no others; the console has, and must not count on them here. */
export const isPublic = (theme) => PUBLIC.includes(theme?.phase) || (theme?.phase === "write" && !session().hide_ideas);

/** The ideas of a theme that the wall may show, oldest first. */
export const shownIdeas = (theme) => (isPublic(theme) ? standing(theme.id) : []);

const CHOSEN = {
  blank: () => ({ name: "blank" }),
  qr: () => ({ name: "qr" }),
  overview: () => ({ name: "overview" }),
  question: (own) => ({ name: "question", theme: own }),
  board: (own) => ({ name: "board", theme: own ?? themes().find((theme) => shownIdeas(theme).length) ?? themes()[0] }),
  turnout: (own) => ({ name: "turnout", theme: own }),
  results: (own) => {
    const theme = own ?? themes().find((one) => one.revealed);
    return { name: theme?.revealed ? "reveal" : "turnout", theme };
  },
};

/** {name, theme, idea, page}: name is a phase or a view; theme is undefined where all are meant. */
export function scene() {
  const { view, theme: chosen, page, idea } = wall(), own = themeOf(chosen);
  const large = view === "idea" && room.state.get(`idea/${idea}`);
  if (large && stands(large) && isPublic(themeOf(large.theme))) return { name: "idea", idea: large, theme: themeOf(large.theme), page: 0 };
  return { page, ...(CHOSEN[view] ?? followed)(own) };
}

function followed(own) {
  const name = own?.phase ?? session().phase;
  return { name, theme: own ?? (ONE_THEME.includes(name) ? first(name) : undefined) };
}

function first(phase) {
  const open = themes().filter((theme) => theme.phase === phase);
  return open.find((theme) => theme.ideas) ?? open[0] ?? themes()[0];
}

/** The pages of a scene, each a list of ideas, of lines of a ranking, or of themes; at least one. After a ranking comes how it was counted. */
export function pagesOf({ name, theme }) {
  if (name === "share" && theme) return placed(shownIdeas(theme), under(promptFor(name, theme), shared));
  if (name === "board") return placed(shownIdeas(theme), boarded);
  if (name === "overview") return placed(themes().map((one) => ({ theme: one, chosen: chosenOf(one) })), summed);
  const results = name === "reveal" && theme && room.state.get(`results/${theme.id}`);
  if (!results) return [[]];
  const rules = under(promptFor(name, theme), RULES[results.method] ?? ranked);
  const lines = placed(results.ranking.map((row) => ({ ...row, title: titleOf(row) })), rules);
  return results.voters ? [...lines, [{ how: true, title: t("How we count") }]] : lines;
}

const titleOf = (row) => room.state.get(`idea/${row.idea}`)?.title ?? "";

/** The titles of what a revealed theme chose. */
function chosenOf(theme) {
  return (room.state.get(`results/${theme.id}`)?.ranking ?? []).filter((row) => row.chosen).map(titleOf);
}

/** `page` kept among `count`. */
export const within = (page, count) => Math.min(Math.max(page, 0), count - 1);
