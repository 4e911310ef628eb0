// What people added to an idea: stances with words, obstacles, measures, comments.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room } from "../screen/room.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { hideExperience } from "./reasons.js";

export const kindName = (kind) => ({
  do: t("We do this"), would: t("We would"), not: t("Not for us"), obstacle: t("Obstacle"), measure: t("Measure"), comment: t("Comment"),
})[kind];

export function Said({ idea }) {
  const said = room.state.all("experience/").filter((one) => one.idea === idea.id && (one.text || one.result || one.year) && !["withdrawn", "held"].includes(one.state)).sort((a, b) => a.at - b.at);
  if (!said.length) return null;
  return html`<ul class="said" aria-label=${t("Experiences")}>${said.map((one) => html`<${Experience} key=${one.id} one=${one} />`)}</ul>`;
}

function Experience({ one }) {
  const hidden = one.state === "hidden", title = one.text || one.result || kindName(one.kind);
  const change = () => (hidden ? run("experience.hide", { experience: one.id, hidden: false, reason: "" }, t("Restored")) : hideExperience(one.id, one.text));
  return html`<li class=${hidden ? "hidden-one" : ""}><span class="grow"><b>${kindName(one.kind)}</b>${one.year && html` <span class="muted num">${one.year}</span>`} ${one.text}${one.result && html` <span class="result"><b>${t("Result")}:</b> ${one.result}</span>`}${one.by && html` <span class="muted">${one.by}</span>`}</span>
    <${Button} kind="small quiet" aria-label=${hidden ? t("Restore “%(title)s”", { title }) : t("Hide “%(title)s”", { title })} onClick=${change}>${hidden ? t("Restore") : t("Hide")}<//></li>`;
}
