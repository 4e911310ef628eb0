// Which theme and page the wall shows; past the last page comes the next theme.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { themes } from "../screen/room.js";
import { pagesOf, scene, shownIdeas, wall, within } from "../screen/scene.js";
import { Button, Icon } from "../ui.js";
import { show } from "./wall.js";

const THEMELESS = ["qr", "lobby", "blank", "overview", "closed"];
const EVERY = ["question", "turnout", "write", "vote"]; // these may also show all themes
const PAGED = ["share", "reveal", "board"];

export function Pager() {
  const shown = scene(), { view } = wall(), steps = stepsOf(shown);
  const hasTheme = !THEMELESS.includes(shown.name) && shown.name !== "idea" && themes().length > 1;
  return html`<div class="pager">${steps && html`<${Turn} icon="left" label=${t("Page before")} to=${steps.before} />`}
    ${(hasTheme || steps) && html`<div class="place">${hasTheme && html`<${Theme} shown=${shown} view=${view} />`}${steps && html`<span class="num">${t("%(page)s of %(pages)s", steps)}</span>`}</div>`}
    ${steps && html`<${Turn} icon="right" label=${t("Page after")} to=${steps.after} />`}</div>`;
}

function Theme({ shown, view }) {
  const all = EVERY.includes(shown.name) && view !== "results", now = all ? (wall().theme ?? "") : shown.theme?.id;
  return html`<select aria-label=${t("Theme on the wall")} value=${now} onChange=${(event) => show({ view, theme: event.currentTarget.value || null })}>
    ${all && html`<option value="" selected=${now === ""}>${t("All themes")}</option>`}${themes().map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === now}>${one.title}</option>`)}</select>`;
}

const Turn = ({ icon, label, to }) => html`<${Button} kind="icon-only" disabled=${!to} aria-label=${label} onClick=${() => show(to)}><${Icon} name=${icon} /><//>`;

/** {page, pages, before, after}: where the wall is, and what to show for a step back or on (null: none); nothing where there are no steps. */
function stepsOf(shown) {
  const { view } = wall();
  const steps = shown.name === "idea" ? ideaSteps(shown)
    : shown.name === "overview" ? pageSteps(shown, (page) => ({ view, page }))
      : PAGED.includes(shown.name) ? themeSteps(shown, view) : null;
  return steps?.before || steps?.after ? steps : null;
}

function ideaSteps({ idea, theme }) {
  const ideas = shownIdeas(theme), at = ideas.findIndex((one) => one.id === idea.id), to = (one) => one && { view: "idea", idea: one.id };
  return { page: at + 1, pages: ideas.length, before: to(ideas[at - 1]), after: to(ideas[at + 1]) };
}

function pageSteps(shown, to) {
  const count = pagesOf(shown).length, at = within(shown.page, count);
  return { page: at + 1, pages: count, before: at > 0 ? to(at - 1) : null, after: at < count - 1 ? to(at + 1) : null };
}

/** Pages of one theme, and from its ends into the themes beside it. */
function themeSteps(shown, view) {
  const steps = pageSteps(shown, (page) => ({ view, theme: shown.theme?.id ?? null, page }));
  const all = themes(), place = all.findIndex((one) => one.id === shown.theme?.id), earlier = all[place - 1], later = all[place + 1];
  const last = (theme) => pagesOf({ name: view === "auto" ? theme.phase : shown.name, theme }).length - 1;
  return {
    ...steps,
    before: steps.before ?? (earlier ? { view, theme: earlier.id, page: last(earlier) } : null),
    after: steps.after ?? (later ? { view, theme: later.id } : null),
  };
}
