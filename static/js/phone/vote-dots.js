// Dots: a budget to spread, one by one. More than there are cannot be put; what is refused says why.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Icon } from "../ui.js";
import { sum } from "./choices.js";
import { session } from "./room.js";
import { Ballot, refuse } from "./vote.js";

const PICTURED = 10; // more dots are a number

export const View = ({ theme }) => html`<${Ballot} theme=${theme} method=${dots} />`;

const left = ({ budget }, choices) => budget - sum(Object.values(choices));

const dots = { left, lead, Choice, Given, isOn: (choice) => choice > 0 };

function lead({ budget }) {
  const cap = session().idea_cap, spread = tn("Spread %(n)s dot.", "Spread %(n)s dots.", budget);
  const most = cap && cap < budget ? tn("At most %(n)s on one idea.", "At most %(n)s on one idea.", cap) : t("As many on one idea as you like.");
  return `${spread} ${most} ${t("Totals stay hidden until the reveal.")}`;
}

function Choice({ theme, idea, choice = 0, choices, set }) {
  const why = fullBecause(theme, choice, choices);
  const more = () => (why ? refuse(theme, why) : set(choice + 1));
  const less = () => choice > 0 && set(choice - 1 || undefined);
  return html`<div class="dotted"><p class="title" id=${`c-${idea.id}`}>${idea.title}</p>
    <div class="stepper" role="group" aria-labelledby=${`c-${idea.id}`}>
      <button type="button" class="step" aria-label=${t("One dot less")} aria-disabled=${!choice} onClick=${less}><${Icon} name="minus" /></button>
      <output class="num" aria-label=${tn("%(n)s dot", "%(n)s dots", choice)}>${choice}</output>
      <button type="button" class="step" aria-label=${t("One dot more")} aria-disabled=${Boolean(why)} onClick=${more}><${Icon} name="plus" /></button></div></div>`;
}

/** Why no more dot goes on an idea that has `choice`, or nothing. */
function fullBecause(theme, choice, choices) {
  const cap = session().idea_cap;
  if (cap && choice >= cap) return tn("At most %(n)s dot fits on one idea.", "At most %(n)s dots fit on one idea.", cap);
  if (left(theme, choices) <= 0) return t("All your dots are given. Take one back to put it elsewhere.");
  return "";
}

function Given({ theme, choices }) {
  const { budget } = theme, rest = Math.max(0, left(theme, choices));
  return html`<span class="given">${budget <= PICTURED && html`<span class="dots" aria-hidden="true">${Array.from({ length: budget }, (_, i) => html`<i key=${i} class=${i < budget - rest ? "on" : ""}></i>`)}</span>`}
    <span class="num">${t("%(n)s of %(all)s dots left", { n: rest, all: budget })}</span></span>`;
}
