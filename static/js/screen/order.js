// Who speaks next. The server tells it where the session shows authors.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { voiceOf } from "./words.js";

const NAMED = 3;

export function Order({ turns }) {
  if (!turns?.order.length) return null;
  const names = turns.order.slice(0, NAMED).map(voiceOf), more = turns.order.length - NAMED;
  return html`<p class="order">${t("Next:")} <b>${names[0]}</b>${names.slice(1).map((name) => html` · ${name}`)}${more > 0 && ` · ${tn("+ %(n)s more", "+ %(n)s more", more)}`}</p>`;
}
