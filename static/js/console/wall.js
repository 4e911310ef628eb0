// What the room sees, and how to change it.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { halves, room, session, themes } from "../screen/room.js";
import { pagesOf, scene, wall, within } from "../screen/scene.js";
import { ideasCount, phaseName } from "../screen/words.js";
import { Button, Icon } from "../ui.js";
import { run } from "./act.js";
import { BlankHint } from "./blank.js";

const show = (changes) => run("screen.show", { view: "auto", theme: wall().theme, page: 0, idea: null, ...changes });

export function WallPanel() {
  const shown = scene(), { view } = wall();
  const ways = [["auto", t("Follow"), "screen"], ["qr", t("QR"), "qr"], ["blank", t("Blank"), "ban"]];
  return html`<section class="panel wall-panel" aria-labelledby="wall-title"><h2 class="eyebrow" id="wall-title">${t("On the wall")}</h2>
    <div class="preview" data-theme="dark" data-tint=${shown.theme ? shown.theme.tint % 8 : null}><${Preview} shown=${shown} /></div>
    <div class="ways">${ways.map(([name, label, icon]) => html`<button type="button" key=${name} class="button small" aria-pressed=${view === name} onClick=${() => show({ view: name })}><${Icon} name=${icon} />${label}</button>`)}</div>
    <${BlankHint} />
    ${view === "auto" && html`<${Pager} shown=${shown} />`}</section>`;
}

function Preview({ shown }) {
  const { name, theme, idea } = shown;
  if (name === "blank") return html`<p class="quiet">${t("Blank")}</p>`;
  if (name === "idea") return html`<b>${idea.title}</b><p>${idea.by}</p>`;
  if (name === "qr" || name === "lobby") return html`<b>${session().title}</b><p>${t("QR code and %(code)s", { code: halves(room.code).join("-") })}</p>`;
  const { lines } = content(shown);
  return html`<b>${theme?.title ?? phaseName(name)}</b>${lines.length ? html`<ol>${lines.map((line, i) => html`<li key=${i}>${line}</li>`)}</ol>` : html`<p>${about(shown)}</p>`}`;
}

function content(shown) {
  const pages = pagesOf(shown), at = within(shown.page, pages.length);
  return { lines: pages[at].map((one) => one.title), at, count: pages.length };
}

function about({ name, theme }) {
  const ideas = (theme ? [theme] : themes()).reduce((sum, one) => sum + one.ideas, 0);
  return { write: ideasCount(ideas), vote: t("How many have voted"), closed: t("Thank you!") }[name] ?? "";
}

/** Which theme and page: past the last page comes the next theme. */
function Pager({ shown }) {
  const all = themes(), paged = ["share", "reveal"].includes(shown.name), { at, count } = content(shown);
  if (all.length < 2 && count < 2) return null;
  const place = all.findIndex((one) => one.id === shown.theme?.id), before = all[place - 1], after = all[place + 1];
  const turn = (step) => {
    if (at + step >= 0 && at + step < count) return show({ theme: shown.theme?.id ?? null, page: at + step });
    const other = step > 0 ? after : before;
    if (other) show({ theme: other.id, page: step > 0 ? 0 : pagesOf({ name: other.phase, theme: other }).length - 1 });
  };
  return html`<div class="pager">
    ${all.length > 1 && html`<select aria-label=${t("Theme on the wall")} value=${paged ? shown.theme?.id : (wall().theme ?? "")} onChange=${(event) => show({ theme: event.currentTarget.value || null })}>
      ${!paged && html`<option value="">${t("All themes")}</option>`}${all.map((one) => html`<option key=${one.id} value=${one.id}>${one.title}</option>`)}</select>`}
    ${paged && html`<div class="turn"><${Button} kind="icon-only" disabled=${at === 0 && !before} aria-label=${t("Page before")} onClick=${() => turn(-1)}><${Icon} name="left" /><//>
      <span class="num">${t("%(page)s of %(pages)s", { page: at + 1, pages: count })}</span>
      <${Button} kind="icon-only" disabled=${at === count - 1 && !after} aria-label=${t("Page after")} onClick=${() => turn(1)}><${Icon} name="right" /><//></div>`}</div>`;
}
