// Two people wrote at once: both texts side by side, and a decision. Whatever is chosen, both stay among the wordings.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Button, Icon } from "../ui.js";
import { settle, shown } from "./store.js";

export function Conflict({ section, theirs }) {
  const mine = shown(section).text, name = theirs.by || t("Somebody else");
  const join = section === "title" ? `${theirs.text} / ${mine}` : `${theirs.text}\n\n${mine}`;
  return html`<div class="conflict" role="group" aria-label=${t("Two wordings")}>
    <p class="notice warn" role="alert"><${Icon} name="alert" /><span>${t("%(name)s saved this while you were writing. Nothing is lost: both wordings are kept.", { name })}</span></p>
    <div class="both"><div><h3 class="eyebrow">${t("Yours")}</h3><p class="wording">${mine || "–"}</p><${Button} kind="small primary" onClick=${() => settle(section, mine, theirs)}>${t("Keep mine")}<//></div>
      <div><h3 class="eyebrow">${t("Theirs")}</h3><p class="wording">${theirs.text || "–"}</p><${Button} kind="small" onClick=${() => settle(section, null, theirs)}>${t("Take theirs")}<//></div></div>
    <${Button} kind="small" onClick=${() => settle(section, join, theirs)}>${t("Put both together")}<//></div>`;
}
