// Oneself: the return code, the name, and how one is quoted.

import { html, useEffect, useId, useRef, useState } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { t } from "../i18n.js";
import { Icon, Status } from "../ui.js";
import { me, room } from "./room.js";
import { quotes } from "./words.js";

const NAME_LIMIT = 80;

/** What brings one back on another phone; worth writing down. */
export function ReturnCode() {
  return html`<section class="card return" aria-label=${t("Your return code")}>
    <div><span class="eyebrow">${t("Your return code")}</span>
      <p class="muted">${t("Write it down: it brings you back if this phone dies.")}</p></div>
    <span class="code num">${me()?.return_code}</span></section>`;
}

/** Name and consent, saved at every change. */
export function MeForm() {
  const waiting = room.outbox.items.value.find((item) => item.key === "me");
  const { name, quote } = waiting?.body ?? me(), [typed, type] = useState(name), id = useId();
  const refused = room.outbox.error("me");
  const save = (change) => room.outbox.put("me", "me", "me.put", { name: typed.trim(), quote, ...change }, { delay: 300 });
  return html`${me().host && html`<p class="notice"><${Icon} name="info" /><span>${t("You are here as a host. Hosts’ ballots are not counted unless the session says so.")}</span></p>`}
  <form class="stack" onSubmit=${(event) => event.preventDefault()}>
    <div class="field"><label for=${id}>${t("Your name (optional)")}</label>
      <input id=${id} value=${typed} autocomplete="name" enterkeyhint="done" maxlength=${NAME_LIMIT} onInput=${(event) => type(event.target.value)} onChange=${() => save({})} /></div>
    <fieldset class="field"><legend>${t("How may you be quoted?")}</legend>
      <div class="choices">${quotes().map(([value, title, means]) => html`<label class="choice" key=${value}>
        <input type="radio" name=${`quote-${id}`} value=${value} checked=${quote === value} onChange=${() => save({ quote: value })} />
        <span><b>${title}</b><br /><span class="hint">${means}</span></span></label>`)}</div></fieldset>
    ${refused ? html`<p class="error" role="alert"><${Icon} name="alert" />${refused.message}</p>` : html`<${Status} state=${room.outbox.status("me")} />`}
  </form>`;
}

/** The languages this page can be read in; what is typed stays. */
function Languages() {
  const all = Object.entries(boot.languages ?? {});
  return all.length > 1 && html`<nav class="row languages" aria-label=${t("Language")}><${Icon} name="globe" />${all.map(([code, name]) => html`
    <a key=${code} lang=${code} href=${`/language/${code}?next=/${boot.code}`} aria-current=${code === boot.locale ? "true" : null}>${name}</a>`)}</nav>`;
}

export function MeDialog({ open, onClose }) {
  const dialog = useRef(null);
  useEffect(() => { if (open) dialog.current.showModal(); }, [open]);
  const close = () => dialog.current.close();
  return open && html`<dialog class="dialog sheet" ref=${dialog} aria-labelledby="me-title" onClose=${onClose} onClick=${(event) => event.target === dialog.current && close()}>
    <div class="spread"><h2 id="me-title">${me().organisation?.name ?? t("You")}</h2>
      <button type="button" class="button quiet icon-only" onClick=${close}><${Icon} name="x" label=${t("Close")} /></button></div>
    <${ReturnCode} /><${MeForm} /><${Languages} />
  </dialog>`;
}
