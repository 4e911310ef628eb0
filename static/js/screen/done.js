// Whose people have all said that they are done.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Icon } from "../ui.js";
import { nameOf, room } from "./room.js";

const AT_ONCE = 3;

/** Organisations whose people are all done, ticked: a few by name, the others counted. */
export function AllDone() {
  const { organisations = [] } = room.state.get("progress") ?? {};
  const ready = organisations.filter((one) => one.id && one.of && one.done === one.of), more = ready.length - AT_ONCE;
  if (!ready.length) return null;
  return html`<ul class="ready" aria-label=${t("All done")}>${ready.slice(0, AT_ONCE).map((one) => html`<li key=${one.id}><${Icon} name="check" /><span>${nameOf(one)}</span></li>`)}
    ${more > 0 && html`<li class="more">${tn("+ %(n)s more", "+ %(n)s more", more)}</li>`}</ul>`;
}
