// What waits for approval: one by one or all at once, by mouse, finger or the keys A and H.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { room, themeOf } from "../screen/room.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { refuse } from "./reasons.js";
import { kindName } from "./said.js";

const AT_ONCE = 20;

/** Ideas and experiences that wait, the oldest first. */
function waiting() {
  const held = (prefix, kind) => room.state.all(prefix).filter((one) => one.state === "held").map((one) => ({ ...one, kind, what: one.kind }));
  return [...held("idea/", "ideas"), ...held("experience/", "experiences")].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

const named = (all) => ({ ideas: idsOf(all, "ideas"), experiences: idsOf(all, "experiences") });
const idsOf = (all, kind) => all.filter((one) => one.kind === kind).map((one) => one.id);
const approve = (all) => run("held.decide", { ...named(all), approve: true, reason: "" }, tn("%(n)s approved", "%(n)s approved", all.length));

export function Queue() {
  const all = waiting();
  if (!all.length) return null;
  const hideAll = () => refuse(named(all), tn("Hide %(n)s that waits?", "Hide all %(n)s that wait?", all.length));
  return html`<section class="queue" aria-labelledby="queue-title">
    <div class="queue-head"><h2 id="queue-title">${tn("%(n)s waits for you", "%(n)s wait for you", all.length)}</h2>
      <p class="hint keys-hint"><kbd>A</kbd> ${t("approve")} <kbd>H</kbd> ${t("hide")}</p>
      ${all.length > 1 && html`<${Button} kind="small" icon="check" onClick=${() => approve(all)}>${t("Approve all")}<//><${Button} kind="small quiet" onClick=${hideAll}>${t("Hide all…")}<//>`}</div>
    <ul>${all.slice(0, AT_ONCE).map((one) => html`<${Waiting} key=${one.id} one=${one} />`)}</ul>
    ${all.length > AT_ONCE && html`<p class="muted">${t("and %(n)s more", { n: all.length - AT_ONCE })}</p>`}</section>`;
}

function Waiting({ one }) {
  const title = one.title ?? one.text, theme = themeOf(one.theme ?? room.state.get(`idea/${one.idea}`)?.theme);
  const about = one.kind === "ideas" ? [theme?.title, one.by] : [kindName(one.what), room.state.get(`idea/${one.idea}`)?.title, one.by];
  const yes = (event) => { moveOn(event.currentTarget); approve([one]); };
  const no = async (event) => { const here = event.currentTarget; if (await refuse(named([one]), t("Hide “%(title)s”?", { title }))) moveOn(here); };
  const key = (event) => {
    const act = { a: yes, h: no }[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(event);
  };
  return html`<li data-tint=${theme ? theme.tint % 8 : null} onKeyDown=${key}><div class="grow"><p class="said-words">${title}</p>
      ${one.detail && html`<p class="muted detail">${one.detail}</p>`}<p class="muted">${about.filter(Boolean).join(" · ")}</p></div>
    <${Button} kind="small primary" aria-keyshortcuts="A" aria-label=${t("Approve “%(title)s”", { title })} onClick=${yes}>${t("Approve")}<//>
    <${Button} kind="small" aria-keyshortcuts="H" aria-label=${t("Hide “%(title)s”", { title })} onClick=${no}>${t("Hide")}<//></li>`;
}

/** The line is about to go: the keyboard goes on with the next one, or the one before. */
function moveOn(inside) {
  const line = inside.closest("li"), next = line?.nextElementSibling ?? line?.previousElementSibling;
  next?.querySelector("button").focus();
}
