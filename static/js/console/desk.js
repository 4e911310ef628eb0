// The frame of the console: where we are (left), the work (middle), the room (right; what the phase needs comes first), the clock and what comes next (below).

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { session } from "../screen/room.js";
import { Announcer, ConfirmDialog, Empty, Toasts } from "../ui.js";
import { answer, question } from "./act.js";
import { Agenda } from "./agenda.js";
import { Dock } from "./dock.js";
import { Editor, editing } from "./editor.js";
import { tab } from "./focus.js";
import { Gate } from "./gate.js";
import { Header } from "./header.js";
import { History } from "./history.js";
import { JustNow } from "./log.js";
import { People } from "./people.js";
import { Queue } from "./queue.js";
import { Prepare } from "./prepare.js";
import { Entering, ForTable } from "./proxy.js";
import { Tabs } from "./tabs.js";
import { Turns } from "./turns.js";
import { WallPanel } from "./wall.js";
import { Work } from "./work.js";

export function Desk() {
  if (!session()) return html`<main class="desk-empty"><h1 class="visually-hidden">${t("Console")}</h1><${Empty} icon="clock" title=${t("One moment…")}>${t("The session is being fetched.")}<//></main>`;
  return html`<div class="desk" data-tab=${tab.value} data-phase=${session().phase}>
    <${Header} />
    <main>
      <nav class="agenda" aria-label=${t("Agenda")}><${Agenda} /></nav>
      <div class="work"><${Queue} />${editing.value ? html`<${Editor} />` : html`<${Work} />`}</div>
      <section class="side" aria-label=${t("The room")}><${Turns} /><${WallPanel} /><${JustNow} /><${People} /><${ForTable} /><${Gate} /><${Prepare} /></section>
    </main>
    <${Dock} /><${Tabs} /></div>
    <${Entering} /><${Question} /><${History} /><${Toasts} /><${Announcer} />`;
}

function Question() {
  const asked = question.value;
  return html`<${ConfirmDialog} open=${Boolean(asked)} title=${asked?.title} confirm=${asked?.confirm} danger=${asked?.danger} onClose=${answer}>${asked?.body ? html`<${asked.body} />` : html`<p>${asked?.text}</p>`}<//>`;
}
