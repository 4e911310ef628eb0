// What becomes of the practice: whether it is good practice, and its versions; and the day when it is looked at next.

import { html, useState } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { t } from "../i18n.js";
import { Button, ConfirmDialog, Icon, toast } from "../ui.js";
import { post } from "./line.js";
import { frozen, labels, missing, outbox, practice, said, take } from "./store.js";

async function tell(path, body) {
  const answer = await post(path, body);
  if (answer.ok) take(answer);
  else toast(answer.error.message || t("Not saved: the network is away."));
  return answer;
}

export function Standing() {
  return html`<section class="standing" id="section-standing" aria-labelledby="standing"><h2 id="standing">${t("Standing")}</h2><${Good} /><${Version} /></section>`;
}

/** When the practice is looked at next; it stands with its owner. */
export function ReviewDay() {
  if (frozen.value && !practice.value.review_on) return null;
  return html`<div class="owner"><label for="review-on">${t("To be reviewed on")}</label>
    <input id="review-on" class="input" type="date" value=${practice.value.review_on} disabled=${frozen.value} onChange=${(event) => tell("review-on", { day: event.currentTarget.value })} /></div>`;
}

function Good() {
  const { confirmed } = practice.value, [reason, setReason] = useState(""), [wrong, setWrong] = useState("");
  const confirm = async (event) => {
    event.preventDefault();
    const answer = await post("confirm", { reason });
    setWrong(answer.ok ? "" : answer.error.message || t("Not saved: the network is away."));
    if (answer.ok) take(answer);
  };
  if (confirmed) return html`<div class="confirming"><p class="notice good"><${Icon} name="check" /><span><b>${labels.maturity.good}</b><br />${confirmed}</span></p>
    ${!frozen.value && html`<${Button} kind="small" onClick=${() => tell("confirm", { reason: null })}>${t("Take it back")}<//>`}</div>`;
  if (frozen.value) return null;
  return html`<form class="confirming" onSubmit=${confirm}><p>${t("By what the room said it is:")} <b>${labels.maturity[said.value.maturity]}</b></p>
    <div class="field"><label for="reason">${t("Why this is good practice")}</label><textarea id="reason" rows="2" value=${reason} maxlength="2000" aria-describedby="reason-hint" onInput=${(event) => setReason(event.currentTarget.value)}></textarea>
    <p class="hint" id="reason-hint">${t("Only you can say so, and your reason is printed with the practice.")}</p>${wrong && html`<p class="error"><${Icon} name="alert" />${wrong}</p>`}</div>
    <div><${Button} type="submit" kind="small" icon="flag">${t("Confirm as good practice")}<//></div></form>`;
}

function Version() {
  const { number, state } = practice.value, [asking, setAsking] = useState(false);
  const freeze = async (confirmed) => {
    setAsking(false);
    if (!confirmed) return;
    const answer = await tell("freeze", {});
    if (answer.ok) location.reload();
  };
  if (frozen.value) return html`<${Next} />`;
  return html`<div class="row">${boot.me.freezes ? html`<${Button} icon="lock" kind="primary" disabled=${outbox.items.value.length > 0 || state === "aside"} onClick=${() => setAsking(true)}>${t("Freeze version %(number)s", { number })}<//>` : html`<p class="muted">${t("An organizer freezes version %(number)s.", { number })}</p>`}
    ${state === "aside" ? html`<${Button} icon="undo" onClick=${() => tell("standing", { state: "draft" })}>${t("Take up again")}<//>`
      : html`<${Button} kind="quiet" onClick=${() => tell("standing", { state: "aside" })}>${t("Set aside")}<//>`}
    <${ConfirmDialog} open=${asking} title=${t("Freeze version %(number)s?", { number })} confirm=${t("Freeze")} onClose=${freeze}>
      <p>${t("It does not change any more and gets a fingerprint of its content. Names stay as each person agrees, also later.")}</p>
      ${missing.value.length > 0 && html`<p><b>${t("Still to complete: %(sections)s.", { sections: missing.value.map((section) => labels.titles[section]).join(", ") })}</b></p>`}<//></div>`;
}

function Next() {
  const begin = async (large) => {
    const answer = await tell("version", { large });
    if (answer.ok) location.assign(answer.url);
  };
  const [major, minor] = practice.value.number.split(".").map(Number);
  return html`<div class="row"><${Button} icon="pencil" kind="primary" onClick=${() => begin(false)}>${t("Begin version %(number)s", { number: `${major}.${minor + 1}` })}<//>
    <${Button} onClick=${() => begin(true)}>${t("Begin version %(number)s", { number: `${major + 1}.0` })}<//></div>`;
}
