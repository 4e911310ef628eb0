// Adoption grades: their names, and the bar of how many people gave which.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";

/** From the best to the worst; "unknown" is no grade. */
export const GRADES = ["do", "would", "changes", "not", "unknown"];

export const gradeName = (grade) => ({
  do: t("Already do"), would: t("Would adopt"), changes: t("With changes"), not: t("Not for us"), unknown: t("Don’t know"),
})[grade] ?? t("No grade");

/** One part for each grade that somebody gave; the one in which the organisations' middle lies is marked. */
export function GradeBar({ row: { grades, grade }, look = "" }) {
  const all = GRADES.reduce((sum, name) => sum + grades[name], 0) || 1;
  return html`<span class=${`gradebar ${look}`} aria-hidden="true">${GRADES.filter((name) => grades[name]).map((name) => html`
    <i key=${name} data-grade=${name} class=${name === grade ? "middle" : ""} style=${{ "--share": grades[name] / all }}><b>${grades[name]}</b></i>`)}</span>`;
}

/** What the parts of the bar mean. */
export function GradeLegend() {
  return html`<span class="gradekey">${GRADES.map((name) => html`<span key=${name}><i data-grade=${name}></i> ${gradeName(name)}</span>`)}</span>`;
}
