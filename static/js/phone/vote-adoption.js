// Adoption grades: what one's own organisation would do with each idea.

import { html } from "../../vendor/preact.js";
import { GRADES, gradeName } from "../counts/grades.js";
import { t } from "../i18n.js";
import { Scale } from "./scale.js";
import { Answered, Ballot } from "./vote.js";

export const View = ({ theme }) => html`<${Ballot} theme=${theme} method=${adoption} />`;

const adoption = {
  Choice, Given: Answered,
  lead: () => t("What would your organisation do with each? Totals stay hidden until the reveal."),
};

function Choice({ theme, idea, choice, set }) {
  const options = GRADES.map((grade, i) => [GRADES.length - 1 - i, gradeName(grade)]);
  return html`<p class="title" id=${`c-${idea.id}`}>${idea.title}</p>
    <${Scale} name=${`${theme.round}/${idea.id}`} labelledby=${`c-${idea.id}`} look="grades" options=${options} value=${choice} onPick=${set} />`;
}
