// How it was counted, as a page of its own.

import { html } from "../../vendor/preact.js";
import { howWeCount } from "../counts/how.js";
import { t } from "../i18n.js";
import { sizes, useFit } from "./fit.js";

const STEPS = sizes(5.2, 3.4, "", 0.2);

export function HowPage({ method }) {
  const box = useFit(STEPS), found = howWeCount(method);
  return html`<section class="howpage" ref=${box}><h2>${t("How we count")}${found && html`<small>${found.name}</small>`}</h2><p>${found?.text ?? t("One moment…")}</p></section>`;
}
