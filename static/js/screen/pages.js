// How many ideas go on one page of the wall. By counting letters, not pixels, so that screen and console agree on the
// pages whatever the projector; useFit then finds the largest type in which a page fits. Heights in vh.

import { t } from "../i18n.js";
import { evidence } from "./words.js";

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/g; // letters as wide as they are high

/** Shared ideas: five to seven a page, fewer only where even the smallest type would not do. */
export const shared = {
  min: 5, max: 7, room: 66,
  likes: (idea) => lines(idea.title, 54) * 6.5 + (idea.by || evidence(idea) ? 6.4 : 2),
  needs: (idea) => lines(`${idea.title} ${idea.by ?? ""} ${evidence(idea)}`, 78) * 4 + 1.6,
};

/** Lines of a ranking: up to five a page. */
export const ranked = {
  min: 3, max: 5, room: 66,
  likes: (row) => lines(row.title, 60) * 4.8 + 8.2,
  needs: (row) => lines(`${row.title} ${closeness(row)}`, 62) * 4 + 8.2,
};

/** The words that may stand behind a line, at their longest. */
const closeness = (row) => (row.close_to?.length ? t("too close to no. %(place)s to call", { place: 10 }) : "");

/** The measures of `rule` on pages that have the `prompt` of a step above them. */
export const under = (prompt, rule) => (prompt ? { ...rule, room: rule.room - lines(prompt, 86) * 4.2 - 1 } : rule);

/** Lines with bars of grades, which are higher: up to four a page. */
export const graded = {
  min: 3, max: 4, room: 60,
  likes: (row) => lines(row.title, 52) * 4.8 + 10.4,
  needs: (row) => lines(`${row.title} ${closeness(row)}`, 56) * 4 + 10.4,
};

/** Lines beside the picture of impact and effort: up to seven a page. Under a title stand the figures, and what is too close takes a line more. */
export const pictured = {
  min: 4, max: 7, room: 66,
  likes: (row) => lines(row.title, 32) * 4.4 + (closeness(row) ? 8.8 : 4.6),
  needs: (row) => lines(row.title, 35) * 3.8 + (closeness(row) ? 8.4 : 4.4),
};

/** Cards of a board, in two columns: four to eight a page. */
export const boarded = {
  min: 4, max: 8, room: 122,
  likes: (idea) => lines(idea.title, 32) * 4.9 + (idea.by || evidence(idea) ? 9.4 : 5),
  needs: (idea) => lines(idea.title, 36) * 4 + (idea.by || evidence(idea) ? 8.6 : 4.4),
};

/** Themes with what became of them: as many as fit. */
export const summed = {
  min: 2, max: 7, room: 66,
  likes: ({ theme, chosen }) => lines(theme.title, 34) * 5.6 + 5.4 + chosen.reduce((sum, title) => sum + lines(title, 70) * 4.4, 0),
  needs: ({ theme, chosen }) => lines(theme.title, 50) * 4.2 + 4 + chosen.reduce((sum, title) => sum + lines(title, 70) * 4.1, 0),
};

/** `items` in pages by the measures of `rule`, the last pages evened out. */
export function placed(items, rule) {
  const pages = [];
  let page = [], likes = 0, needs = 0;
  for (const item of items) {
    likes += rule.likes(item);
    needs += rule.needs(item);
    const full = page.length === rule.max || needs > rule.room || (page.length >= rule.min && likes > rule.room);
    if (full || !pages.length) {
      pages.push(page = []);
      [likes, needs] = [rule.likes(item), rule.needs(item)];
    }
    page.push(item);
  }
  return evened(pages, rule);
}

// One idea left over for a page of its own looks like a mistake: the page before gives what it can spare.
function evened(pages, { min }) {
  const last = pages.at(-1) ?? [], before = pages.at(-2) ?? [];
  while (before.length > Math.max(min, last.length + 1)) last.unshift(before.pop());
  return pages.length ? pages : [[]];
}

function lines(text, width) {
  return Math.max(1, Math.ceil((text.length + (text.match(WIDE)?.length ?? 0)) / width));
}
