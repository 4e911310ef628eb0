// Before the start: how people come in.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Qr } from "../screen/qr.js";
import { halves, room, session, themes } from "../screen/room.js";
import { Button, Icon, toast } from "../ui.js";
import { Early } from "./early.js";

export function Welcome() {
  const { joined = 0 } = room.state.get("room") ?? {};
  return html`<div class="welcome">
    ${room.join.qr && html`<${Qr} qr=${room.join.qr} />`}
    <div class="stack">
      <h2>${joined ? t("People are coming in") : t("Ready when you are")}</h2>
      <p class="lead">${joined ? t("The screen shows who has joined. Begin with Next when the room is ready.") : t("Open the screen on the projector. People scan the code, or type the address and the code.")}</p>
      ${session().locked && html`<p class="notice warn"><${Icon} name="lock" />${t("Joining is locked: nobody new can come in.")}</p>`}
      <p class="address"><b>${room.join.address}</b><b class="code">${halves(room.code).join("-")}</b></p>
      <div class="row"><a class="button primary" href=${room.links.screen} target="_blank" rel="noopener"><${Icon} name="screen" />${t("Open screen")}</a>
        <${Button} icon="copy" onClick=${copy}>${t("Copy link")}<//></div>
    </div>
    <${Early} /><${Plan} /></div>`;
}

function Plan() {
  const all = themes();
  return html`<section class="plan"><h3 class="eyebrow">${t("Themes today")}</h3><ul>${all.map((theme) => html`
    <li key=${theme.id} data-tint=${theme.tint % 8}><span class="dot"></span><span><b>${theme.title}</b>${theme.prompt && html`<br /><span class="muted">${theme.prompt}</span>`}</span></li>`)}</ul></section>`;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(room.join.url);
    toast(t("Link copied"));
  } catch {
    toast(room.join.url); // without a secure connection browsers do not copy: the link can be read off
  }
}
