// A ballot as it stands on paper, by every method. The server checks it as it checks a phone's.

import { html, useState } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Button } from "../ui.js";

const FIVE = [1, 2, 3, 4, 5];
const grades = (method) => (method === "agree" ? [[1, t("Agree")], [0, t("Pass")], [-1, t("Disagree")]]
  : [[4, t("Already do")], [3, t("Would adopt")], [2, t("With changes")], [1, t("Not for us")], [0, t("Don't know")]]);

/** onCast hears the choices {idea: value}, or null where one of the two numbers of an idea is missing. */
export function BallotForm({ method, theme, cap, ideas, onCast, children }) {
  const [marks, setMarks] = useState({}), Field = { approval: Tick, dots: Dots, impact: Both }[method] ?? Grade;
  const mark = (idea, value) => setMarks((held) => ({ ...held, [idea]: value }));
  const cast = (event) => {
    event.preventDefault();
    onCast(choicesOf(method, ideas, marks));
  };
  return html`<form class="stack paper-ballot" onSubmit=${cast}><p class="muted" id="ballot-how">${how(method, theme, cap)}</p>
    <ul>${ideas.map((idea) => html`<li key=${idea.id}><${Field} idea=${idea} method=${method} most=${cap ?? theme.budget} value=${marks[idea.id]} mark=${(value) => mark(idea.id, value)} /></li>`)}</ul>
    ${children}<${Button} kind="primary" type="submit">${t("Enter the ballot")}<//></form>`;
}

function choicesOf(method, ideas, marks) {
  const given = ideas.filter(({ id }) => marks[id] !== undefined && marks[id] !== "").map(({ id }) => [id, marks[id]]);
  if (method !== "impact") return Object.fromEntries(given.map(([id, value]) => [id, Number(value)]).filter(([, value]) => value || !["approval", "dots"].includes(method)));
  const pairs = given.filter(([, both]) => both.impact || both.effort);
  return pairs.some(([, both]) => !both.impact || !both.effort) ? null : Object.fromEntries(pairs.map(([id, both]) => [id, 10 * both.impact + Number(both.effort)]));
}

function how(method, { budget }, cap) {
  if (method === "approval") return tn("Tick %(n)s at most.", "Tick up to %(n)s.", budget);
  if (method === "dots") return tn("%(n)s dot in all.", "%(n)s dots in all.", budget) + (cap ? ` ${tn("At most %(n)s on one idea.", "At most %(n)s on one idea.", cap)}` : "");
  return method === "impact" ? t("Impact and effort, 1 is very little and 5 very much.") : t("One answer for each idea; leave out what has none.");
}

const Tick = ({ idea, value, mark }) => html`<label class="choice"><input type="checkbox" checked=${value === 1} onChange=${(event) => mark(event.currentTarget.checked ? 1 : "")} /><span>${idea.title}</span></label>`;

const Dots = ({ idea, most, value, mark }) => html`<label class="mark"><span class="grow">${idea.title}</span>
  <input type="number" class="input" inputmode="numeric" min="0" max=${most} value=${value ?? ""} onInput=${(event) => mark(event.currentTarget.value)} /></label>`;

const Grade = ({ idea, method, value, mark }) => html`<label class="mark"><span class="grow">${idea.title}</span>
  <select class="input" value=${value ?? ""} onChange=${(event) => mark(event.currentTarget.value)}><option value="">–</option>${grades(method).map(([grade, name]) => html`<option key=${grade} value=${grade}>${name}</option>`)}</select></label>`;

function Both({ idea, value = {}, mark }) {
  const one = (name, label) => html`<label>${label} <select class="input" value=${value[name] ?? ""} onChange=${(event) => mark({ ...value, [name]: event.currentTarget.value })}><option value="">–</option>${FIVE.map((n) => html`<option key=${n} value=${n}>${n}</option>`)}</select></label>`;
  return html`<fieldset class="mark"><legend>${idea.title}</legend>${one("impact", t("Impact"))}${one("effort", t("Effort"))}</fieldset>`;
}
