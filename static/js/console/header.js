// Which session this is, whether the line holds, who is here, and the two doors out: screen and documents.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { halves, room, session } from "../screen/room.js";
import { Icon } from "../ui.js";

export function Header() {
  const { title, event } = session();
  return html`<header class="bar-top">
    <div class="what"><h1>${title}</h1><p>${event.name}</p></div>
    <${Live} />
    <span class="grow"></span>
    <span class="code" title=${room.join.url}>${halves(room.code).join("-")}</span>
    <span class="doors">${room.links.event && html`<a class="button small" href=${room.links.event} aria-label=${t("Event")}><${Icon} name="settings" /><span>${t("Event")}</span></a>`}
    <a class="button small" href=${room.links.screen} target="_blank" rel="noopener" aria-label=${t("Open screen")}><${Icon} name="screen" /><span>${t("Open screen")}</span></a>
    <a class="button small" href=${room.links.export} download aria-label=${t("Export")}><${Icon} name="download" /><span>${t("Export")}</span></a></span>
  </header>`;
}

function Live() {
  const { status, bye } = room.line;
  if (status.value === "ended") return html`<p class="live bad" role="status"><${Icon} name="alert" />${bye.value?.message || t("Disconnected. Reload this page.")}</p>`;
  if (status.value === "waiting") return html`<p class="live warn" role="status"><${Icon} name="offline" />${t("Reconnecting…")}</p>`;
  const { here = 0, organisations = [] } = room.state.get("room") ?? {};
  const houses = organisations.filter((one) => one.id && one.here).length;
  return html`<p class="live"><i></i>${tn("%(n)s here", "%(n)s here", here)}<span> · ${tn("%(n)s organisation", "%(n)s organisations", houses)}</span></p>`;
}
