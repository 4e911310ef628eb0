// One view per phase, fetched when its phase comes: the first visit stays light.

import { html, signal } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Empty } from "../ui.js";

const FILES = {
  write: () => import("./write.js"),
  share: () => import("./share.js"),
  vote: () => import("./vote.js"),
  reveal: () => import("./reveal.js"),
  closed: () => import("./closed.js"),
};
const AGAIN_MS = 2000, PATIENCE = 3;
const got = Object.fromEntries(Object.keys(FILES).map((phase) => [phase, signal(null)])); // {View} | {failed: times}

async function fetchView(phase, failed = 0) {
  got[phase].value = { failed };
  try {
    got[phase].value = { View: (await FILES[phase]()).View };
  } catch {
    got[phase].value = { failed: failed + 1 };
    setTimeout(() => fetchView(phase, failed + 1), AGAIN_MS);
  }
}

/** The view of a theme's phase, or what to say until it is here. */
export function PhaseView({ theme }) {
  if (!FILES[theme.phase]) return html`<${NotOpen} theme=${theme} />`;
  const found = got[theme.phase].value;
  if (!found) queueMicrotask(() => got[theme.phase].peek() ?? fetchView(theme.phase));
  if (found?.View) return html`<${found.View} theme=${theme} />`;
  if (found?.failed >= PATIENCE) return html`<${Empty} icon="offline" title=${t("This part could not be fetched")}><a href="">${t("Load the page again")}</a>. ${t("Nothing you wrote is lost.")}<//>`;
  return html`<${Empty} icon="clock" title=${t("One moment…")} />`;
}

function NotOpen({ theme }) {
  return html`<div class="view"><h1 tabindex="-1">${theme.title}</h1><${Empty} icon="clock" title=${t("Not open yet")}>${t("The facilitator opens this theme soon.")}<//></div>`;
}
