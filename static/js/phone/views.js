// One view per phase, and one ballot per method, fetched when its time comes: the first visit stays light.

import { html, signal } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { laterParts } from "../later.js";
import { Empty } from "../ui.js";
import { session } from "./room.js";

const FILES = {
  write: () => import("./write.js"),
  share: () => import("./share.js"),
  approval: () => import("./vote-approval.js"),
  dots: () => import("./vote-dots.js"),
  agree: () => import("./vote-agree.js"),
  adoption: () => import("./vote-adoption.js"),
  impact: () => import("./vote-impact.js"),
  reveal: () => import("./reveal.js"),
  closed: () => import("./closed.js"),
};
const AGAIN_MS = 2000, PATIENCE = 3;
const got = Object.fromEntries(Object.keys(FILES).map((name) => [name, signal(null)])); // {View} | {failed: times}

async function fetchView(name, failed = 0) {
  got[name].value = { failed };
  try {
    const [{ View }] = await Promise.all([FILES[name](), laterParts()]);
    got[name].value = { View };
  } catch {
    got[name].value = { failed: failed + 1 };
    setTimeout(() => fetchView(name, failed + 1), AGAIN_MS);
  }
}

/** The view of a theme's phase, or what to say until it is here. */
export function PhaseView({ theme }) {
  const name = theme.phase === "vote" ? session().method : theme.phase;
  if (!FILES[name]) return html`<${NotOpen} theme=${theme} />`;
  const found = got[name].value;
  if (!found) queueMicrotask(() => got[name].peek() ?? fetchView(name));
  if (found?.View) return html`<${found.View} theme=${theme} />`;
  if (found?.failed >= PATIENCE) return html`<${Empty} icon="offline" title=${t("This part could not be fetched")}><a href="">${t("Load the page again")}</a>. ${t("Nothing you wrote is lost.")}<//>`;
  return html`<${Empty} icon="clock" title=${t("One moment…")} />`;
}

function NotOpen({ theme }) {
  return html`<div class="view"><h1 tabindex="-1">${theme.title}</h1><${Empty} icon="clock" title=${t("Not open yet")}>${t("The facilitator opens this theme soon.")}<//></div>`;
}
