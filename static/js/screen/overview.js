// All themes: how many ideas, how far, and after the reveal what was chosen.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { sizes, useFit } from "./fit.js";
import { pagesOf, within } from "./scene.js";
import { Pages } from "./share.js";
import { turnout } from "./vote.js";
import { ideasCount, phaseName } from "./words.js";

const STEPS = sizes(6.2, 3.4, "", 0.2);

export function Overview({ page }) {
  const pages = pagesOf({ name: "overview" }), at = within(page, pages.length), box = useFit(STEPS);
  return html`<main class="overview"><div class="head"><h1>${t("All themes")}</h1><${Pages} at=${at} count=${pages.length} /></div>
    <ul ref=${box} key=${at}>${pages[at].map(({ theme, chosen }) => html`<${Line} key=${theme.id} theme=${theme} chosen=${chosen} />`)}</ul></main>`;
}

function Line({ theme, chosen }) {
  return html`<li data-tint=${theme.tint % 8}><p class="name">${theme.title}</p><p class="far">${[ideasCount(theme.ideas), howFar(theme)].join(" · ")}</p>
    ${chosen.length > 0 && html`<ul class="chosen">${chosen.map((title) => html`<li key=${title}><${Icon} name="check" label=${t("chosen")} /><span>${title}</span></li>`)}</ul>`}</li>`;
}

function howFar(theme) {
  if (theme.phase !== "vote") return phaseName(theme.phase);
  const { voted, of } = turnout(theme);
  return t("%(voted)s of %(of)s voted", { voted, of });
}
