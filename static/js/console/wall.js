// What the room sees, and how to change it.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { themes } from "../screen/room.js";
import { scene, shownIdeas, wall } from "../screen/scene.js";
import { Icon } from "../ui.js";
import { run } from "./act.js";
import { BlankHint } from "./blank.js";
import { focused } from "./focus.js";
import { Pager } from "./pager.js";
import { Thumbnail } from "./thumbnail.js";

/** Show something on the wall; what is not said is as at the beginning. */
export const show = (choice) => run("screen.show", { view: "auto", theme: null, page: 0, idea: null, ...choice });

export function WallPanel() {
  return html`<section class="panel wall-panel" aria-labelledby="wall-title"><h2 class="eyebrow" id="wall-title">${t("On the wall")}</h2>
    <${Thumbnail} /><${Pager} /><${Ways} /><${BlankHint} /><${Switches} /></section>`;
}

function Ways() {
  const { view } = wall(), idea = firstIdea();
  const ways = [
    ["auto", t("Follow"), "screen"], ["qr", t("Lobby"), "qr"], ["question", t("Question"), "info"],
    ["idea", t("One idea"), "bulb"], ["board", t("Board"), "note"], ["turnout", t("Turnout"), "people"],
    ["results", t("Results"), "chart"], ["overview", t("Overview"), "menu"], ["blank", t("Blank"), "ban"],
  ];
  return html`<div class="ways" role="group" aria-label=${t("What the wall shows")}>${ways.map(([name, label, icon]) => html`
    <button type="button" key=${name} class="button small" aria-pressed=${view === name} disabled=${name === "idea" && !idea} onClick=${() => show(begin(name, idea))}><${Icon} name=${icon} />${label}</button>`)}</div>`;
}

/** A view begins with what is worked on or already shown. */
function begin(view, idea) {
  if (view === "idea") return { view, idea: idea.id };
  if (view === "board" || view === "results") return { view, theme: scene().theme?.id ?? focused()?.id ?? null };
  return { view };
}

function firstIdea() {
  const { idea, theme } = scene();
  return idea ?? [theme, focused(), ...themes()].map((one) => one && shownIdeas(one)[0]).find(Boolean);
}

function Switches() {
  const { corner, sound } = wall();
  const set = (name) => (event) => run("screen.switch", { corner: null, sound: null, [name]: event.currentTarget.checked });
  return html`<div class="switches">
    <label class="switch"><input type="checkbox" checked=${corner} onChange=${set("corner")} />${t("QR in the corner")}</label>
    <label class="switch"><input type="checkbox" checked=${sound} onChange=${set("sound")} />${t("Sound when the time is up")}</label></div>`;
}
