// What one may do with one's own words once they may stand in a practice.

import { html } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { me } from "./room.js";

/** The way to one's own words; nothing for those who have not joined. */
export function OwnWords() {
  return me() && html`<section class="card after" aria-labelledby="after-title"><h2 id="after-title" class="eyebrow">${t("Your own words")}</h2>
    <p class="muted">${t("See what you said that stands in a practice, put it right, and change how you are named.")}</p>
    <a class="button" href=${`/${boot.code}/words`}><${Icon} name="pencil" />${t("My own words")}</a></section>`;
}
