// How we count, in one paragraph: the server's own words (rules/tally/how), fetched when somebody wants to read them.

import { html, signal, useState } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { t } from "../i18n.js";
import { fetchJson } from "../later.js";

const AGAIN_MS = 2000;
const how = signal(null); // {METHOD: {name, text}}
let asked = false;

async function fetchHow() {
  asked = true;
  try {
    how.value = await fetchJson(boot.later.how);
  } catch {
    setTimeout(fetchHow, AGAIN_MS);
  }
}

/** {name, text} of a method, or undefined until they are here. */
export function howWeCount(method) {
  if (!asked) queueMicrotask(() => asked || fetchHow());
  return how.value?.[method];
}

/** The paragraph, folded away. */
export function How({ method }) {
  const [open, unfold] = useState(false);
  return html`<details class="how" onToggle=${(event) => unfold(event.currentTarget.open)}><summary>${t("How we count")}</summary>${open && html`<${Paragraph} method=${method} />`}</details>`;
}

function Paragraph({ method }) {
  const found = howWeCount(method);
  return found ? html`<p><b>${found.name}.</b> ${found.text}</p>` : html`<p class="muted">${t("One moment…")}</p>`;
}
