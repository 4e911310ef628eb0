// The figures of an idea in a ranking, by method: the same on phone, screen and console.

import { GRADES, gradeName } from "./counts/grades.js";
import { list, t, tn } from "./i18n.js";

/** A share 0…1 as "63 %". */
export const share = (value) => `${Math.round(value * 100)} %`;

/** A mean of the scales as "3.4". */
export const mean = (value) => value.toFixed(1);

/** The fields of the picture of impact and effort. */
export const fieldName = (quadrant) => ({
  quick_win: t("Quick win"), big_bet: t("Big bet"), fill_in: t("Fill-in"), hard_slog: t("Hard slog"),
})[quadrant] ?? t("No answer");

/** The figure that matters most, where it is no share of 100: the grade, or the field; nothing by the other methods. */
export const verdict = ({ method }, row) => ({ adoption: () => gradeName(row.grade), impact: () => fieldName(row.quadrant) })[method]?.() ?? "";

/** Whether the bar of a score means something: by the other methods a picture stands in its place. */
export const hasBar = ({ method }) => !["adoption", "impact"].includes(method);

/** What a full bar is: everything, but by dots, of which nobody gets nearly all, what the best idea got. */
export const fullBar = ({ method, ranking }) => (method === "dots" && Math.max(...ranking.flatMap(({ score, raw }) => [score, raw]))) || 1;

/** The figures as parts of a line: "63 % across organisations", "16 of 20 organisations", "74 of 180 voters". */
export function figures(results, row) {
  return OF[results.method](results, row, t("%(reach)s of %(organisations)s organisations", { reach: row.reach, organisations: results.organisations }));
}

/** The same on one line of the wall: without the passes or the sum of the dots, and where the bar says itself how many gave which grade. */
export function wallFigures(results, row) {
  const left = LEFT_OUT[results.method];
  if (left) return figures(results, row).filter((_, i) => i !== left);
  if (results.method !== "adoption" || !row.graded) return figures(results, row);
  const [reached] = figures(results, row), { doing = [], doing_small: small = 0 } = row;
  return [reached, doing.length > 0 && t("done already by %(names)s", { names: someOf(doing, small) })].filter(Boolean);
}

const LEFT_OUT = { agree: 2, dots: 1 }; // places in the figures of a method
const ROOM = 16; // letters of names in a line of the wall

function someOf(doing, small) {
  const names = doing.map((name) => name || t("people without an organisation"));
  const shown = names.filter((_, i) => !i || names.slice(0, i + 1).join(", ").length <= ROOM), others = names.length - shown.length + small;
  return list(others ? [...shown, tn("%(n)s other", "%(n)s others", others)] : shown);
}

const OF = {
  approval: ({ voters }, { score, approvals }, reached) => [
    t("%(share)s across organisations", { share: share(score) }), reached, t("%(approvals)s of %(voters)s voters", { approvals, voters }),
  ],
  dots: ({ voters }, { score, approvals, dots }, reached) => [
    t("%(share)s of the dots across organisations", { share: share(score) }), tn("%(n)s dot", "%(n)s dots", dots), reached,
    t("%(approvals)s of %(voters)s voters", { approvals, voters }),
  ],
  agree: (_results, { score, agree, passes, disagree }, reached) => [
    t("%(share)s consensus", { share: share(score) }), t("%(n)s agree", { n: agree }), t("%(n)s pass", { n: passes }),
    t("%(n)s disagree", { n: disagree }), reached,
  ],
  adoption: (_results, { reach, graded, grades, doing = [], doing_small: small }) => [
    graded ? t("%(reach)s of %(graded)s organisations do or would adopt it", { reach, graded }) : t("no organisation gave a grade"),
    list(GRADES.filter((name) => grades[name]).map((name) => `${grades[name]} ${gradeName(name).toLocaleLowerCase()}`)),
    doing.length + (small ?? 0) > 0 && t("done already by %(names)s", { names: whoDoes(doing, small) }),
  ].filter(Boolean),
  impact: ({ voters }, { impact, effort, answers, approvals }) => (answers ? [
    t("impact %(n)s", { n: mean(impact) }), t("effort %(n)s", { n: mean(effort) }), t("%(approvals)s of %(voters)s see more impact than effort", { approvals, voters }),
  ] : [t("nobody answered")]),
};

function whoDoes(doing, small) {
  const names = doing.map((name) => name || t("people without an organisation"));
  return list(small ? [...names, tn("%(n)s small organisation", "%(n)s small organisations", small)] : names);
}
