// Approval: ticks, up to the budget.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Icon } from "../ui.js";
import { Ballot, refuse } from "./vote.js";

export const View = ({ theme }) => html`<${Ballot} theme=${theme} method=${approval} />`;

const left = ({ budget }, choices) => budget - Object.keys(choices).length;

const approval = {
  left, tellsLeft: true, Choice, Given,
  lead: ({ budget }) => tn("Tick up to %(n)s. Totals stay hidden until the reveal.", "Tick up to %(n)s. Totals stay hidden until the reveal.", budget),
  isOn: (choice) => choice === 1,
};

function Choice({ theme, idea, choice, choices, set }) {
  const pick = () => {
    if (choice === 1) return set(undefined);
    if (left(theme, choices) > 0) return set(1);
    return refuse(theme, tn("You have %(n)s tick. Take one back to tick another.", "You have %(n)s ticks. Take one back to tick another.", theme.budget));
  };
  return html`<button type="button" class="pick" role="checkbox" aria-checked=${choice === 1} onClick=${pick}>
    <span class="title">${idea.title}</span><span class=${`tick ${choice === 1 ? "on" : ""}`}><${Icon} name="check" /></span></button>`;
}

function Given({ theme: { budget }, choices }) {
  const given = Object.keys(choices).length;
  if (budget > 10) return html`<span class="num">${given} / ${budget}</span>`;
  return html`<span class="dots" role="img" aria-label=${t("%(n)s of %(all)s ticks given", { n: given, all: budget })}>${Array.from({ length: budget }, (_, i) => html`<i key=${i} class=${i < given ? "on" : ""}></i>`)}</span>`;
}
