// The session is closed: take the outcome home.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room, session } from "../screen/room.js";
import { Icon } from "../ui.js";
import { Head } from "./head.js";
import { Results } from "./ranking.js";

export function Ending({ theme }) {
  return html`${session().phase === "closed" && html`<section class="card ending"><div><h2>${t("Well done.")}</h2>
      <p class="muted">${t("The report has the ranking of every theme and a draft practice for each chosen idea, with what is still to complete.")}</p></div>
      <a class="button" href=${`${room.links.event}/practices`}><${Icon} name="file" />${t("Draft practices")}</a>
      <a class="button primary" href=${room.links.export} download><${Icon} name="download" />${t("Download the outcome")}</a></section>`}
    <${Head} theme=${theme} />${theme.revealed ? html`<${Results} theme=${theme} />` : html`<p class="muted">${t("This theme was closed without a reveal. Go back to the results to show them.")}</p>`}`;
}
