// Who is here, by organisation.

import { html, useState } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { nameOf, room, session } from "../screen/room.js";
import { Icon } from "../ui.js";
import { Fold, Panel } from "./fold.js";
import { Persons, TakenOut } from "./persons.js";

export function People() {
  const { joined = 0, here = 0, organisations = [] } = room.state.get("room") ?? {};
  const come = organisations.filter((one) => one.joined), awaited = organisations.filter((one) => !one.joined);
  const note = here === joined ? here : t("%(here)s of %(joined)s", { here, joined });
  return html`<${Panel} name="people" title=${t("Who is here")} note=${note} open=${["lobby", "write"].includes(session().phase)}>
    ${come.length ? html`<ul class="who">${come.map((one) => html`<${House} key=${one.id ?? "none"} one=${one} />`)}</ul>` : html`<p class="muted">${t("Nobody yet. They appear here as they join.")}</p>`}
    ${awaited.length > 0 && html`<${Fold} name="awaited" summary=${html`${t("On their way")} <span class="muted num">${awaited.length}</span>`}><p class="muted">${awaited.map(nameOf).join(" · ")}</p><//>`}
    <${TakenOut} /><//>`;
}

function House({ one }) {
  const all = one.here === one.joined;
  return html`<li class=${one.here ? "" : "away"}><${Unfolds} one=${one}><b>${nameOf(one)}</b><${Done} id=${one.id} /><span class="num">${all ? one.here : t("%(here)s of %(joined)s", one)}</span><//></li>`;
}

function Unfolds({ one, children }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class="house" aria-expanded=${open} onClick=${() => setOpen(!open)}>${children}<${Icon} name=${open ? "up" : "down"} /></button>
    ${open && html`<${Persons} organisation=${one.id} />`}`;
}

/** How many of an organisation have said that they are done; a tick where all have. */
function Done({ id }) {
  const { done = 0, of = 0 } = room.state.get("progress")?.organisations?.find((one) => one.id === id) ?? {};
  if (!done) return null;
  return html`<span class=${`done ${done === of ? "all" : ""}`}>${done === of ? html`<${Icon} name="check" />${t("done")}` : tn("%(n)s of %(of)s is done", "%(n)s of %(of)s are done", done, { of })}</span>`;
}
