// The frame of the phone: header, notices, theme tabs, and the view of the theme's phase.

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Announcer, Empty, Toasts, announce } from "../ui.js";
import { Header } from "./header.js";
import { Lobby, waits } from "./lobby.js";
import { Notices } from "./notices.js";
import { current, session } from "./room.js";
import { Tabs } from "./tabs.js";
import { PhaseView } from "./views.js";
import { phaseName } from "./words.js";

export function App() {
  return html`<${Frame} /><${Toasts} /><${Announcer} />`;
}

function Frame() {
  const theme = session() && current(), phase = theme?.phase ?? session()?.phase;
  usePhaseTold(phase, theme);
  if (!session()) return html`<${Header} /><main><${Notices} /><${Empty} icon="clock" title=${t("One moment…")}>${t("Your session is being fetched.")}<//></main>`;
  if (!theme || waits(theme)) return html`<${Header} phase=${session().phase} /><main><${Notices} /><${Lobby} /></main>`;
  return html`<${Header} phase=${phase} /><main data-tint=${theme.tint % 8}>
    <${Notices} theme=${theme} /><${Tabs} theme=${theme} /><${PhaseView} key=${theme.id} theme=${theme} /></main>`;
}

/** A new phase is said to those who do not see it, and starts at the top of the page. */
function usePhaseTold(phase, theme) {
  const before = useRef(null);
  useEffect(() => {
    const last = before.current;
    before.current = { phase, theme: theme?.id };
    if (!last || last.phase === phase || last.theme !== theme?.id) return;
    announce(t("Now: %(phase)s", { phase: phaseName(phase) }));
    scrollTo({ top: 0 });
    if (!document.activeElement || document.activeElement === document.body) document.querySelector("#app h1")?.focus();
  }, [phase, theme?.id]);
}
