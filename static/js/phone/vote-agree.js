// Agree, pass or disagree: one answer to each idea.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { Answered, Ballot } from "./vote.js";

export const View = ({ theme }) => html`<${Ballot} theme=${theme} method=${agree} />`;

const agree = {
  Choice, Given: Answered,
  lead: () => t("Say what you think of each. Totals stay hidden until the reveal."),
  isOn: (choice) => choice === 1,
};

function Choice({ idea, choice, set }) {
  const answers = [[1, t("Agree"), "check"], [0, t("Pass"), "minus"], [-1, t("Disagree"), "x"]];
  return html`<p class="title" id=${`c-${idea.id}`}>${idea.title}</p>
    <div class="stances" role="group" aria-labelledby=${`c-${idea.id}`}>${answers.map(([value, name, icon]) => html`
      <button type="button" key=${value} class=${`stance ${choice === value ? "on" : ""}`} aria-pressed=${choice === value} onClick=${() => set(choice === value ? undefined : value)}><${Icon} name=${icon} />${name}</button>`)}</div>`;
}
