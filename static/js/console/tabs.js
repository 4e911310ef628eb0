// On a phone the parts of the console share one place.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { tab } from "./focus.js";

export function Tabs() {
  const parts = [["work", t("Work"), "bulb"], ["agenda", t("Agenda"), "menu"], ["wall", t("Wall"), "screen"], ["room", t("Room"), "people"]];
  return html`<nav class="tabs" aria-label=${t("Parts of the console")}>${parts.map(([name, label, icon]) => html`
    <button type="button" key=${name} aria-current=${tab.value === name ? "true" : null} onClick=${() => { tab.value = name; }}><${Icon} name=${icon} />${label}</button>`)}</nav>`;
}
