// Before the day: a rehearsal, a look at the venue, and paper.

import { html, useState } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { room, session, themes } from "../screen/room.js";
import { ideasCount } from "../screen/words.js";
import { Button, Icon, toast } from "../ui.js";
import { ask } from "./act.js";
import { Fold, Panel } from "./fold.js";

const MOST = 200, USUAL = 20;

export function Prepare() {
  const isEarly = session().phase === "lobby" || Boolean(room.state.get("rehearsal"));
  return html`<${Panel} name="prepare" title=${t("Before the day")} open=${isEarly}><${Rehearsal} /><${Venue} /><${Paper} /><//>`;
}

/** Send; where the server wants to be told that it is meant, ask and send again. */
async function send(command, body, refusal, title, confirm) {
  const ack = await room.line.send(command, body);
  if (ack.ok) return;
  if (ack.error.code !== refusal) return toast(ack.error.message);
  if (await ask({ title, text: ack.error.message, confirm, danger: true })) send(command, { ...body, confirmed: true });
}

const start = (participants, pace) => send("rehearse.start", { participants, pace }, "real_people_here", t("Rehearse here?"), t("Rehearse anyway"));
const wipe = () => send("rehearse.wipe", {}, "real_answers", t("Wipe the rehearsal?"), t("Wipe"));

function Rehearsal() {
  const told = room.state.get("rehearsal");
  return html`<${Fold} name="rehearsal" open=${Boolean(told)} summary=${t("Rehearsal")}>${told ? html`<${Under} told=${told} />` : html`<${Start} />`}<//>`;
}

function Start() {
  const [count, setCount] = useState(USUAL), [pace, setPace] = useState("1"), n = Number(count), fits = Number.isInteger(n) && n >= 1 && n <= MOST;
  const go = (event) => {
    event.preventDefault();
    start(n, Number(pace));
  };
  return html`<form class="stack" onSubmit=${go}><p class="muted">${t("Made-up participants join, write, add experiences and vote, over real connections, until the results are shown. Then wipe it: nothing of it stays.")}</p>
    <div class="pair"><div class="field"><label for="rehearse-count">${t("Participants")}</label><input id="rehearse-count" type="number" inputmode="numeric" min="1" max=${MOST} value=${count} onInput=${(event) => setCount(event.currentTarget.value)} /></div>
    <div class="field"><label for="rehearse-pace">${t("Pace")}</label><select id="rehearse-pace" class="input" value=${pace} onChange=${(event) => setPace(event.currentTarget.value)}><option value="1">${t("A minute, like people")}</option><option value="0">${t("Fast")}</option></select></div></div>
    <${Button} kind="small" type="submit" icon="play" disabled=${!fits}>${t("Rehearse")}<//></form>`;
}

function Under({ told }) {
  const runs = told.state === "running", share = shareOf(told);
  const words = { running: stepName(told.step), done: t("Done."), stopped: t("Stopped."), failed: told.problem ? t("It could not go on: %(problem)s", { problem: told.problem }) : t("It ended by itself."), left: t("A rehearsal has not been wiped.") }[told.state];
  const counts = [t("%(joined)s of %(of)s joined", told), ideasCount(told.ideas), tn("%(n)s experience", "%(n)s experiences", told.experiences), tn("%(n)s ballot", "%(n)s ballots", told.ballots)];
  return html`<div class="stack rehearsal"><p role="status"><b>${words}</b></p>
    ${runs && html`<progress max="1" value=${share} aria-label=${t("How far the rehearsal is")}></progress>`}
    <p class="muted num">${counts.join(" · ")}</p>
    ${told.lost !== null && html`<p class=${`status ${told.lost ? "error" : ""}`} data-state=${told.lost ? "error" : "saved"}><${Icon} name=${told.lost ? "alert" : "check"} />${t("Lost words: %(n)s", { n: told.lost })}</p>`}
    <div class="row">${runs ? html`<${Button} kind="small" icon="x" onClick=${() => send("rehearse.stop", {})}>${t("Stop")}<//>` : html`<${Button} kind="small primary" icon="trash" onClick=${wipe}>${t("Wipe the rehearsal")}<//>`}</div></div>`;
}

const stepName = (step) => ({ joining: t("They join …"), writing: t("They write …"), sharing: t("They share …"), voting: t("They vote …") })[step] ?? t("It begins …");

/** Of four parts that are about as long, each as far as its count. */
function shareOf({ step, of, joined, ideas, experiences, ballots }) {
  const parts = ["joining", "writing", "sharing", "voting"], at = parts.indexOf(step);
  if (at < 0) return 0;
  const within = [joined / of, ideas / (1.4 * of), experiences / (1.4 * of), ballots / (of * Math.max(1, themes().length))][at];
  return (at + Math.min(1, within)) / parts.length;
}

function Venue() {
  const { check, check_qr: qr } = room.links;
  return html`<${Fold} name="venue" summary=${t("Venue check")}><div class="stack">
    <p class="muted">${t("In the venue, scan this with a phone in the Wi-Fi that people will use. It says whether phones will work there, and what to do if not.")}</p>
    ${qr && html`<div class="qr check-qr"><svg viewBox=${`0 0 ${qr.size} ${qr.size}`} role="img" aria-label=${t("QR code of the venue check")} shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff" /><path d=${qr.path} fill="#000" /></svg></div>`}
    <p class="muted">${t("If the page does not open at all, the network keeps devices apart (client isolation) or the address is another network's: ask for a network without it, or bring a router.")}</p>
    <div class="row"><a class="button small" href=${check && new URL(check).pathname} target="_blank" rel="noopener">${t("Check this computer")}</a></div></div><//>`;
}

const Paper = () => html`<${Fold} name="paper" summary=${t("On paper")}><div class="stack"><p class="muted">${t("Cards for the tables with the code, and ballots for who has no phone. Enter those under “For a table”.")}</p>
  <div class="row"><a class="button small" href=${room.links.cards} target="_blank" rel="noopener"><${Icon} name="file" />${t("Table cards")}</a>
  <a class="button small" href=${room.links.ballots} target="_blank" rel="noopener"><${Icon} name="file" />${t("Paper ballots")}</a></div></div><//>`;
