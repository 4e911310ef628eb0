// What the views say above their work: that the time is up, and to those who come late what happened so far.

import { html, useEffect } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { timeLeft } from "../time.js";
import { Button, Icon } from "../ui.js";
import { room, session, themes } from "./room.js";

/** The time is up, and nothing else happens: what is being typed can be finished. */
export function TimeUp() {
  const { timer } = session(), over = timer.ends_at && timeLeft(timer, room.line.offset.value) === 0;
  return html`<div role="status">${over && html`<div class="notice warn"><${Icon} name="clock" /><div><b>${t("Time is up")}.</b> ${t("Finish your sentence.")}</div></div>`}</div>`;
}

const told = () => room.outbox.draft("told-so-far");

/** Whoever is here while people write needs no telling. */
export function useHere() {
  useEffect(() => { told().value = true; }, []);
}

/** For those who come late, once: what happened so far. */
export function SoFar() {
  if (told().value || room.state.keys("mine/idea/").length) return null;
  const ideas = themes().reduce((sum, theme) => sum + theme.ideas, 0);
  return html`<section class="card on stack"><h2>${t("What happened so far")}</h2>
    <p>${t("Ideas written: %(n)s. Read them and add what you know.", { n: ideas })}</p>
    <${Button} kind="small" onClick=${() => { told().value = true; }}>${t("Close")}<//></section>`;
}
