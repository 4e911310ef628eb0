// The page: what stands above all sections, the way through them, and the sections themselves.

import { html } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { list, t, tn } from "../i18n.js";
import { Announcer, Button, Icon, Status, Toasts } from "../ui.js";
import { HistoryDialog, openHistory } from "./history.js";
import { Quote } from "./sources.js";
import { Section } from "./section.js";
import { Conflict } from "./conflict.js";
import { complete, edit, frozen, here, labels, late, missing, online, outbox, practice, said, shown, signedOut, standing } from "./store.js";
import { Standing } from "./standing.js";

export function App() {
  return html`<${Head} /><div class="desk-grid"><${Rail} /><main id="main" class="sheet" tabindex="-1">
      ${signedOut.value && html`<p class="notice warn" role="alert"><${Icon} name="alert" /><span>${t("You are signed out. What you typed is kept on this computer and is saved once you are back.")} <a href="/sign-in" target="_blank">${t("Sign in in a new tab")}</a></span></p>`}
      ${frozen.value && html`<${Frozen} />`}
      ${labels.sections.map((section) => html`<${Section} key=${section} section=${section} />`)}
      <${AlsoSaid} /><${Standing} />
    </main></div><${HistoryDialog} /><${Toasts} /><${Announcer} />`;
}

function Head() {
  const { theme, state, number } = practice.value, maturity = practice.value.confirmed ? "good" : said.value.maturity;
  const states = { draft: t("Draft"), review: t("In review"), frozen: t("Version %(number)s", { number }), aside: t("Laid aside") };
  return html`<header class="head">
    <div class="crumbs"><a href=${boot.links.list}>← ${t("Practices")}</a><span class="muted">${theme}</span><${Others} /><${Keeping} /></div>
    <${Title} />
    <div class="facts-row"><span class="badge" title=${labels.maturity[maturity]}>${labels.maturity[maturity].split(":")[0]}</span>
      <span class="badge plain">${states[state]}</span><${Completeness} />
      ${standing("title").rev > 0 && html`<${Button} kind="quiet small" icon="clock" onClick=${() => openHistory("title")}>${t("Earlier titles")}<//>`}
      <a class="button quiet small" href=${boot.links.lineage}><${Icon} name="split" />${t("Where it comes from")}</a>
      <a class="button quiet small" href=${boot.links.review}><${Icon} name="check" />${t("Review")}</a></div>
  </header>`;
}

function Title() {
  const { text } = shown("title"), conflict = outbox.error("title");
  if (conflict?.code === "overtaken") return html`<${Conflict} section="title" theirs=${conflict.theirs} />`;
  return html`<div class="title"><h1 class="visually-hidden">${text}</h1><label class="visually-hidden" for="title">${t("Title of the practice")}</label>
    <textarea id="title" rows="1" value=${text} readOnly=${frozen.value} onInput=${(event) => edit("title", { text: event.currentTarget.value.replace(/\n/g, " ") })}></textarea>
    ${conflict && html`<p class="error">${conflict.message}</p>`}</div>`;
}

/** Whether everything typed has arrived; said in words, not by a colour. */
function Keeping() {
  const waiting = outbox.items.value, worst = waiting.some((item) => item.error) ? "error" : waiting.length ? (online.value === "live" ? "saving" : "waiting") : "saved";
  const words = { saved: t("All saved"), waiting: t("Not saved yet — kept on this computer"), error: t("Needs your decision") };
  return html`<span class="keeping"><${Status} state=${worst} words=${words} /></span>`;
}

function Others() {
  const names = [...new Set(here.value.map((one) => one.name))];
  if (!names.length) return null;
  return html`<span class="chip on others"><${Icon} name="people" />${t("Also here: %(names)s", { names: list(names) })}</span>`;
}

function Completeness() {
  const all = labels.sections.length, open = missing.value, filled = all - open.length;
  return html`<span class="filled"><span class="bar" aria-hidden="true"><i style=${{ "--share": filled / all }}></i></span>
    <b class="num">${t("%(filled)s of %(all)s sections", { filled, all })}</b>
    ${!frozen.value && html`<${Button} kind="small" icon="right" onClick=${() => goTo(nextOpen(open))}>${t("Next: %(section)s", { section: labels.titles[nextOpen(open)] ?? t("Standing") })}<//>`}</span>`;
}

/** The next empty section after the one with the cursor, else the first; what is left when all are filled is the freezing. */
function nextOpen(open) {
  const at = labels.sections.indexOf(document.activeElement?.dataset?.section);
  return open.find((section) => labels.sections.indexOf(section) > at) ?? open[0] ?? "standing";
}

function goTo(section) {
  const place = document.getElementById(`section-${section}`);
  place.scrollIntoView({ block: "start" });
  (document.getElementById(`text-${section}`) ?? place.querySelector("textarea, button"))?.focus({ preventScroll: true });
}

function Rail() {
  const who = (section) => here.value.filter((one) => one.section === section).map((one) => one.name);
  return html`<nav class="rail" aria-label=${t("Sections")}><ol>${labels.sections.map((section) => html`<li key=${section}>
    <a href=${`#section-${section}`} class=${complete(section) ? "done" : ""} onClick=${(event) => { event.preventDefault(); goTo(section); }}>
      <${Icon} name=${complete(section) ? "check" : "minus"} /><span>${labels.titles[section]}${!complete(section) && html`<span class="visually-hidden"> — ${t("to complete")}</span>`}</span>
      ${who(section).length > 0 && html`<i class="who">${list(who(section))}</i>`}</a></li>`)}
    <li><a href="#section-standing" onClick=${(event) => { event.preventDefault(); goTo("standing"); }}><${Icon} name="flag" />${t("Standing")}</a></li></ol></nav>`;
}

function Frozen() {
  return html`<p class="notice"><${Icon} name="lock" /><span>${t("Version %(number)s is frozen: it does not change any more. To go on working, make a new version below.", { number: practice.value.number })}
    ${boot.hash && html`<br /><code>${boot.hash}</code>`}</span></p>
    ${late.value.map(({ key, body }) => html`<div class="late notice warn" key=${key}><${Icon} name="alert" /><div><b>${t("Not in this version: %(section)s", { section: labels.titles[key] ?? t("Title") })}</b>
      <p class="wording">${body.text}</p><p>${t("These words came after it was frozen. Copy them into the next version.")}</p>
      <${Button} kind="small" onClick=${() => outbox.discard(key)}>${t("I have them")}<//></div></div>`)}`;
}

function AlsoSaid() {
  const { comments, merged } = said.value;
  if (!comments.length && !merged.length) return null;
  return html`<section class="also" aria-labelledby="also"><h2 id="also">${t("Also said")}</h2>
    ${merged.length > 0 && html`<p class="muted">${tn("%(n)s idea is merged into this one.", "%(n)s ideas are merged into this one.", merged.length)}</p>`}
    <div class="quotes">${[...merged, ...comments].map((source) => html`<${Quote} key=${source.id} source=${source} />`)}</div></section>`;
}
