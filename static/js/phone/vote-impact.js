// Impact and effort: two scales for each idea. Only both together are an answer; one alone is kept on this phone.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room } from "./room.js";
import { Scale } from "./scale.js";
import { Answered, Ballot } from "./vote.js";

const STEPS = [1, 2, 3, 4, 5];

export const View = ({ theme }) => html`<${Ballot} theme=${theme} method=${impact} />`;

const impact = {
  Choice, Given: Answered,
  lead: () => t("How much would each change, and how much effort does it take? Totals stay hidden until the reveal."),
};

function Choice({ theme, idea, choice, set }) {
  const half = room.outbox.draft(`half:${theme.id}/${theme.round}/${idea.id}`);
  const chosen = choice === undefined ? half.value ?? {} : { impact: Math.floor(choice / 10), effort: choice % 10 };
  const pick = (which, value) => {
    const next = { ...chosen, [which]: value }, whole = next.impact && next.effort;
    half.value = whole ? null : next;
    if (whole) set(10 * next.impact + next.effort);
  };
  const scales = [["impact", t("Impact"), t("changes little"), t("changes a lot")], ["effort", t("Effort"), t("little work"), t("much work")]];
  const missing = (chosen.impact || chosen.effort) && !(chosen.impact && chosen.effort);
  return html`<p class="title" id=${`c-${idea.id}`}>${idea.title}</p>
    ${scales.map(([which, label, low, high]) => html`<div key=${which} class="measure"><p class="ends"><b id=${`${which}-${idea.id}`}>${label}<span class="visually-hidden"> ${idea.title}</span></b><span>1 ${low} – 5 ${high}</span></p>
      <${Scale} name=${`${theme.round}/${which}/${idea.id}`} labelledby=${`${which}-${idea.id}`} look="numbers" options=${STEPS.map((n) => [n, n])} value=${chosen[which]} onPick=${(value) => pick(which, value)} /></div>`)}
    ${missing && html`<p class="half">${chosen.impact ? t("Choose the effort too, and it counts.") : t("Choose the impact too, and it counts.")}</p>`}`;
}
