// What was just done, with undo.

import { html } from "../../vendor/preact.js";
import { clockTime, t, tn } from "../i18n.js";
import { room } from "../screen/room.js";
import { phaseName } from "../screen/words.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { Fold } from "./fold.js";
import { holdSaid } from "./gate.js";
import { AllOfIt } from "./history.js";
import { reasonSaid } from "./reasons.js";

export function JustNow() {
  const { entries = [] } = room.state.get("log") ?? {}, [last, ...earlier] = entries;
  return html`<section class="panel log-panel" aria-labelledby="log-title"><h2 class="eyebrow" id="log-title">${t("Just now")}</h2>
    ${last ? html`<${Entries} entries=${[last]} /><${Fold} name="earlier" summary=${t("Earlier")}><${Entries} entries=${earlier} /><${AllOfIt} /><//>`
      : html`<p class="muted">${t("What you change is listed here and can be undone.")}</p>`}</section>`;
}

/** Entries of the log, each with undo where it can be undone. */
export const Entries = ({ entries }) => html`<ol class="log">${entries.map((entry) => html`<${Entry} key=${entry.id} entry=${entry} />`)}</ol>`;

function Entry({ entry }) {
  const words = sentence(entry);
  return html`<li class=${entry.undone ? "undone" : ""}><span class="grow"><span class="done">${words}</span>${entry.was && html` <span class="muted">${t("as written: “%(text)s”", { text: entry.was })}</span>`}
    <span class="muted by">${entry.who && `${entry.who} · `}<time class="num">${clockTime(entry.at)}</time></span></span>
    ${entry.undone ? html`<span class="muted">${t("undone")}</span>` : entry.undoable && html`<${Button} kind="small quiet" aria-label=${t("Undo: %(what)s", { what: words })} onClick=${() => run("undo", { log: entry.id })}>${t("Undo")}<//>`}</li>`;
}

function sentence({ action, what, after = {} }) {
  const title = { title: what }, hidden = after.state === "hidden";
  const why = after.reason ? ` (${reasonSaid(after.reason)})` : "", name = what || t("somebody without a name");
  const words = {
    "phase.set": () => (what ? t("%(theme)s: %(phase)s", { theme: what, phase: phaseName(after.phase) }) : t("Now: %(phase)s", { phase: phaseName(after.phase) })),
    "round.next": () => (what ? t("New round: %(theme)s", { theme: what }) : t("New round")),
    "idea.edit": () => t("Changed “%(title)s”", title),
    "idea.hide": () => (hidden ? t("Hid “%(title)s”", title) : t("Restored “%(title)s”", title)) + why,
    "held.decide": () => decided(what, hidden, after.count) + why,
    "hold.set": () => holdSaid(after.hold),
    "join.lock": () => (after.locked ? t("Locked joining") : t("Opened joining again")),
    "participant.host": () => (after.host ? t("Made %(name)s a host", { name }) : t("%(name)s is no host any more", { name })),
    "participant.remove": () => (after.removed ? t("Took out %(name)s", { name }) : t("Put back %(name)s", { name })),
    "recent.remove": () => t("Took back the last minutes: %(what)s", { what: counted(after) }),
    "idea.move": () => t("Moved “%(title)s”", title),
    "idea.merge": () => t("Grouped “%(title)s”", title),
    "idea.split": () => t("Took out “%(title)s”", title),
    "turn.next": () => t("Read out “%(title)s”", title),
    "turn.back": () => t("Back from “%(title)s”", title),
    "idea.lead": () => t("“%(title)s” leads its group", title),
    "alike.dismiss": () => (after.dismissed ? t("Not the same: “%(title)s” and another", title) : t("To be suggested again: “%(title)s”", title)),
    "theme.add": () => t("Added the theme “%(title)s”", { title: after.title ?? what }),
    "theme.edit": () => t("Renamed “%(before)s” to “%(title)s”", { before: after.old, title: after.title }),
    "theme.split": () => t("Split off the theme “%(title)s”", title),
    "experience.hide": () => (hidden ? t("Hid an experience") : t("Restored an experience")) + why,
    "step.go": () => t("Step: %(title)s", title),
    "step.skip": () => (after.skipped ? t("Skipped “%(title)s”", title) : t("“%(title)s” is not skipped", title)),
    "step.add": () => t("Added “%(title)s”", title),
    "step.edit": () => t("Changed “%(title)s”", title),
    "step.remove": () => t("Removed “%(title)s”", title),
    "step.move": () => t("Moved “%(title)s”", title),
    "agenda.use": () => (after.steps ? t("Another agenda") : t("No agenda")),
    "agenda.save": () => t("Kept the agenda as “%(name)s”", after),
    "agenda.forget": () => t("Forgot the agenda “%(name)s”", after),
    "early.open": () => (after.open ? t("Opened writing before the day") : t("Closed writing before the day")),
    "proxy.put": () => t("Entering for %(table)s", { table: after.proxy }),
    "proxy.idea": () => t("For %(table)s: “%(title)s”", { table: after.proxy, title: what }),
    "proxy.ballot": () => t("Ballot of %(table)s: %(theme)s", { table: after.proxy, theme: what }),
    undo: () => (what ? t("Undid a change of “%(title)s”", title) : t("Undid a change")),
  };
  return words[action]?.() ?? what ?? action;
}

function decided(what, hidden, n) {
  if (what) return hidden ? t("Hid “%(title)s”", { title: what }) : t("Approved “%(title)s”", { title: what });
  return hidden ? tn("Hid %(n)s that waited", "Hid %(n)s that waited", n) : tn("Approved %(n)s that waited", "Approved %(n)s that waited", n);
}

const counted = ({ ideas, experiences, people }) => [
  ideas && tn("%(n)s idea", "%(n)s ideas", ideas), experiences && tn("%(n)s experience", "%(n)s experiences", experiences),
  people && tn("%(n)s newcomer", "%(n)s newcomers", people),
].filter(Boolean).join(" · ");
