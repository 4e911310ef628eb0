// What was just done, with undo.

import { html } from "../../vendor/preact.js";
import { clockTime, t } from "../i18n.js";
import { room } from "../screen/room.js";
import { phaseName } from "../screen/words.js";
import { Button } from "../ui.js";
import { run } from "./act.js";

const AT_ONCE = 4;

export function JustNow() {
  const { entries = [] } = room.state.get("log") ?? {}, earlier = entries.slice(AT_ONCE);
  return html`<section class="panel log-panel" aria-labelledby="log-title"><h2 class="eyebrow" id="log-title">${t("Just now")}</h2>
    ${entries.length ? html`<${Entries} entries=${entries.slice(0, AT_ONCE)} />` : html`<p class="muted">${t("What you change is listed here and can be undone.")}</p>`}
    ${earlier.length > 0 && html`<details class="folded"><summary>${t("Earlier")}</summary><${Entries} entries=${earlier} /></details>`}</section>`;
}

const Entries = ({ entries }) => html`<ol class="log">${entries.map((entry) => html`<${Entry} key=${entry.id} entry=${entry} />`)}</ol>`;

function Entry({ entry }) {
  const words = sentence(entry);
  return html`<li class=${entry.undone ? "undone" : ""}><span class="grow">${words} <time class="muted num">${clockTime(entry.at)}</time></span>
    ${entry.undone ? html`<span class="muted">${t("undone")}</span>` : entry.undoable && html`<${Button} kind="small quiet" aria-label=${t("Undo: %(what)s", { what: words })} onClick=${() => run("undo", { log: entry.id })}>${t("Undo")}<//>`}</li>`;
}

function sentence({ action, what, after = {} }) {
  const title = { title: what }, hidden = after.state === "hidden";
  const words = {
    "phase.set": () => (what ? t("%(theme)s: %(phase)s", { theme: what, phase: phaseName(after.phase) }) : t("Now: %(phase)s", { phase: phaseName(after.phase) })),
    "round.next": () => (what ? t("New round: %(theme)s", { theme: what }) : t("New round")),
    "idea.edit": () => t("Changed “%(title)s”", title),
    "idea.hide": () => (hidden ? t("Hid “%(title)s”", title) : t("Restored “%(title)s”", title)),
    "idea.move": () => t("Moved “%(title)s”", title),
    "idea.merge": () => t("Grouped “%(title)s”", title),
    "idea.split": () => t("Took out “%(title)s”", title),
    "experience.hide": () => (hidden ? t("Hid an experience") : t("Restored an experience")),
    "proxy.put": () => t("Entering for %(table)s", { table: after.proxy }),
    "proxy.idea": () => t("For %(table)s: “%(title)s”", { table: after.proxy, title: what }),
    "proxy.ballot": () => t("Ballot of %(table)s: %(theme)s", { table: after.proxy, theme: what }),
    undo: () => (what ? t("Undid a change of “%(title)s”", title) : t("Undid a change")),
  };
  return words[action]?.() ?? what ?? action;
}
