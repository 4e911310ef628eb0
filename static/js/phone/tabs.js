// The themes side by side, and a hint when another one wants this participant more.

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { chosen, mostUrgent, themes, urgency } from "./room.js";
import { phaseName } from "./words.js";

export function Tabs({ theme }) {
  const all = themes();
  if (all.length < 2) return null;
  const differ = new Set(all.map((one) => one.phase)).size > 1;
  return html`<nav class="tabs" aria-label=${t("Themes")}>${all.map((one) => html`<${Tab} key=${one.id} theme=${one} on=${one.id === theme.id} phase=${differ && one.phase} />`)}</nav>
    ${theme.phase !== "vote" && html`<${Elsewhere} theme=${theme} />`}`;
}

function Tab({ theme, on, phase }) {
  const tab = useRef(null);
  useEffect(() => { if (on) tab.current.scrollIntoView({ block: "nearest", inline: "center" }); }, [on]);
  return html`<button type="button" ref=${tab} class=${`chip ${on ? "on" : ""}`} data-tint=${theme.tint % 8} aria-current=${on ? "true" : null} onClick=${() => { chosen.value = theme.id; }}>
    <i class="tint-dot"></i><span>${theme.title}${phase && html`<small>${phaseName(phase)}</small>`}</span></button>`;
}

/** One obvious thing to do, also when it is in another theme. A voter finds it below the list: nothing may move under a finger. */
export function Elsewhere({ theme }) {
  const best = mostUrgent(theme);
  if (best.id === theme.id || urgency(best) < 2) return null;
  const said = { vote: t("Vote on “%(theme)s”", { theme: best.title }), write: t("Write about “%(theme)s”", { theme: best.title }), share: t("Share about “%(theme)s”", { theme: best.title }) };
  return html`<button type="button" class="elsewhere" data-tint=${best.tint % 8} onClick=${() => { chosen.value = best.id; }}>
    <span>${said[best.phase] ?? best.title}</span><${Icon} name="right" /></button>`;
}
