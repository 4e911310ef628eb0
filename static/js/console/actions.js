// What can be done with one idea. All of it works by keyboard, and all of it can be undone.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { standing, themes } from "../screen/room.js";
import { wall } from "../screen/scene.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { Choice } from "./choice.js";
import { edited } from "./focus.js";
import { hideIdea } from "./reasons.js";

export function Actions({ idea }) {
  const shown = wall().view === "idea" && wall().idea === idea.id;
  const siblings = standing(idea.theme).filter((one) => one.id !== idea.id), elsewhere = themes().filter((theme) => theme.id !== idea.theme);
  return html`<div class="actions">
    ${siblings.length > 0 && html`<${Choice} id=${`group-${idea.id}`} label=${t("Group with…")} confirm=${t("Group")} options=${[{ id: "", title: t("Group with…") }, ...siblings]} onChoose=${(into) => group(idea.id, into)} />`}
    ${elsewhere.length > 0 && html`<${Choice} id=${`move-${idea.id}`} label=${t("Move to…")} confirm=${t("Move")} options=${[{ id: "", title: t("Move to…") }, ...elsewhere]} onChoose=${(theme) => move(idea.id, theme)} />`}
    <${Button} kind="small" icon="pencil" onClick=${() => { edited.value = idea.id; }}>${t("Edit")}<//>
    <${Button} kind="small" icon="eye-off" onClick=${() => hideIdea(idea.id, idea.title)}>${t("Hide")}<//>
    <${Button} kind="small" icon="screen" aria-pressed=${shown} onClick=${() => show(shown ? null : idea.id)}>${t("On the wall")}<//></div>`;
}

export const group = (idea, into) => run("idea.merge", { idea, into }, t("Grouped. Texts, authors and votes are kept."));
export const move = (idea, theme) => run("idea.move", { idea, theme }, t("Moved"));
const show = (idea) => run("screen.show", { view: idea ? "idea" : "auto", theme: null, page: 0, idea });
