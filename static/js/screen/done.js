// Whose people have all said that they are done.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Icon } from "../ui.js";
import { nameOf, room } from "./room.js";

const ROOM = 34, ASIDE = 4.3; // letters: of the names together, and what a tick and its distance take

/** Organisations whose people are all done, ticked: a few by name, the others counted. */
export function AllDone() {
  const { organisations = [] } = room.state.get("progress") ?? {};
  const ready = organisations.filter((one) => one.id && one.of && one.done === one.of), named = inRoom(ready), more = ready.length - named.length;
  if (!ready.length) return null;
  return html`<ul class="ready" aria-label=${t("All done")}>${named.map((one) => html`<li key=${one.id}><${Icon} name="check" /><span>${nameOf(one)}</span></li>`)}
    ${more > 0 && html`<li class="more">${tn("+ %(n)s more", "+ %(n)s more", more)}</li>`}</ul>`;
}

/** As many as are named whole on one line, and at least one. */
function inRoom(ready) {
  let taken = 0;
  return ready.filter((one, at) => (taken += nameOf(one).length + ASIDE) <= ROOM || !at);
}
