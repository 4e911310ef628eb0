// The theme's name and figures over its work.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { scene } from "../screen/scene.js";
import { ideasCount, phaseName } from "../screen/words.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { ThemeTools, ToolsDoor } from "./theming.js";

const PAGED = ["share", "reveal"]; // the wall shows one theme at a time
const SHOWING = [...PAGED, "board"];

export function Head({ theme }) {
  return html`<div class="work-head"><h2><span class="dot"></span>${theme.title}</h2>
    <p class="muted">${ideasCount(theme.ideas)}${theme.round > 1 && ` · ${t("Round %(n)s", { n: theme.round })}`}</p>
    ${theme.own && html`<span class="badge">${phaseName(theme.phase)}</span>`}
    <${OnWall} theme=${theme} /><${ToolsDoor} /></div><${ThemeTools} key=${theme.id} theme=${theme} />`;
}

function OnWall({ theme }) {
  const shown = scene();
  if (!PAGED.includes(theme.phase) || (SHOWING.includes(shown.name) && shown.theme?.id === theme.id)) return null;
  const show = () => run("screen.show", { view: "auto", theme: theme.id, page: 0, idea: null });
  return html`<${Button} kind="small quiet" icon="screen" onClick=${show}>${t("Show on the wall")}<//>`;
}
