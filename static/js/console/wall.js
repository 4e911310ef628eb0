// What the room sees, and how to change it.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { session, themes } from "../screen/room.js";
import { scene, shownIdeas, wall } from "../screen/scene.js";
import { Icon } from "../ui.js";
import { run } from "./act.js";
import { BlankHint } from "./blank.js";
import { focused } from "./focus.js";
import { Fold } from "./fold.js";
import { Pager } from "./pager.js";
import { Thumbnail } from "./thumbnail.js";

/** Show something on the wall; what is not said is as at the beginning. */
export const show = (choice) => run("screen.show", { view: "auto", theme: null, page: 0, idea: null, ...choice });

export function WallPanel() {
  return html`<section class="panel wall-panel" aria-labelledby="wall-title"><h2 class="eyebrow" id="wall-title">${t("On the wall")}</h2>
    <${Thumbnail} /><${Pager} /><${Ways} /><${BlankHint} /></section>`;
}

// Beside *Follow* and *Blank*, the view that a phase asks for most; the others are a fold away.
const USUAL = { lobby: "question", write: "question", share: "board", vote: "turnout", reveal: "overview", closed: "overview" };

function Ways() {
  const near = ["auto", USUAL[session().phase], "blank"], all = ways(), far = all.filter(([name]) => !near.includes(name));
  const shown = far.find(([name]) => name === wall().view)?.[1];
  return html`<div role="group" aria-label=${t("What the wall shows")}>
    <div class="ways">${near.map((name) => html`<${Way} key=${name} way=${all.find((one) => one[0] === name)} />`)}</div>
    <${Fold} name="ways" summary=${html`${t("Other views")}${shown && html` <span class="badge">${shown}</span>`}`}>
      <div class="ways">${far.map((way) => html`<${Way} key=${way[0]} way=${way} />`)}</div><${Switches} /><//></div>`;
}

function Way({ way: [name, label, icon] }) {
  const idea = name === "idea" && firstIdea();
  return html`<button type="button" class="button small" aria-pressed=${wall().view === name} disabled=${name === "idea" && !idea} onClick=${() => show(begin(name, idea))}><${Icon} name=${icon} />${label}</button>`;
}

function ways() {
  return [
    ["auto", t("Follow"), "screen"], ["qr", t("Lobby"), "qr"], ["question", t("Question"), "info"],
    ["idea", t("One idea"), "bulb"], ["board", t("Board"), "note"], ["turnout", t("Turnout"), "people"],
    ["results", t("Results"), "chart"], ["overview", t("Overview"), "menu"], ["blank", t("Blank"), "ban"],
  ];
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
