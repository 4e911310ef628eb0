// Small pieces that every page uses; their looks are in css/base.css.

import { html, signal, useEffect, useRef } from "../vendor/preact.js";
import { t } from "./i18n.js";

const SPRITE = new URL("../img/icons.svg", import.meta.url).href;
const TOAST_MS = 7000, SPOKEN_MS = 3000;

/** A picture of the sprite static/img/icons.svg; decorative unless `label` is given. */
export function Icon({ name, label }) {
  const said = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return html`<svg class="icon" ...${said}><use href=${`${SPRITE}#${name}`} /></svg>`;
}

/** A button; `kind`: "primary" | "quiet" | "danger" | "" and more classes; `icon` stands before the words. */
export function Button({ kind = "", icon, children, ...rest }) {
  return html`<button type="button" class=${`button ${kind}`} ...${rest}>${icon && html`<${Icon} name=${icon} />`}${children}</button>`;
}

/** The state of something typed; `state` as outbox.status gives it. `words` may replace the sentence of a state. */
export function Status({ state, words = {} }) {
  const icon = { saved: "check", saving: "refresh", waiting: "clock", error: "alert" }[state];
  const said = {
    saved: t("Saved"), saving: t("Saving…"), waiting: t("Waiting for network — kept on this phone"), error: t("Not accepted"),
  };
  return html`<span class="status" data-state=${state}><${Icon} name=${icon} />${words[state] ?? said[state]}</span>`;
}

/** A sentence in place of content that is not there yet. */
export function Empty({ icon, title, children }) {
  return html`<div class="empty">${icon && html`<${Icon} name=${icon} />`}<strong>${title}</strong>${children && html`<p>${children}</p>`}</div>`;
}

/** A modal question. Open while `open`; `onClose(confirmed)` hears Escape too. */
export function ConfirmDialog({ open, title, children, confirm, danger, onClose }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  const cancelled = (event) => { event.preventDefault(); onClose(false); };
  return html`<dialog class="dialog" ref=${dialog} aria-labelledby="confirm-title" onCancel=${cancelled}>
    <h2 id="confirm-title">${title}</h2>
    <div>${children}</div>
    <div class="actions">
      <${Button} onClick=${() => onClose(false)}>${t("Cancel")}<//>
      <${Button} kind=${`primary ${danger ? "danger" : ""}`} onClick=${() => onClose(true)}>${confirm}<//>
    </div>
  </dialog>`;
}

const toasts = signal([]);
let counter = 0;

/** Say something that passes; `undo`, where given, is offered as a button and takes it back. Returns how to remove it. */
export function toast(message, { undo } = {}) {
  const id = (counter += 1);
  const remove = () => { toasts.value = toasts.peek().filter((held) => held.id !== id); };
  toasts.value = [...toasts.peek().slice(-2), { id, message, remove, undo }];
  setTimeout(remove, TOAST_MS);
  return remove;
}

/** Where toasts appear: once per page. */
export function Toasts() {
  return html`<div class="toasts" role="status">${toasts.value.map(({ id, message, remove, undo }) => html`
    <div class="toast" key=${id}><span class="grow">${message}</span>
      ${undo && html`<button type="button" onClick=${() => { remove(); undo(); }}>${t("Undo")}</button>`}</div>`)}</div>`;
}

const spoken = signal("");

/** Say something to a screen reader alone. Wiped afterwards, so that the same words are heard again next time. */
export function announce(message) {
  spoken.value = message;
  setTimeout(() => { if (spoken.peek() === message) spoken.value = ""; }, SPOKEN_MS);
}

/** Where announcements are heard: once per page. */
export function Announcer() {
  return html`<div class="visually-hidden" role="status" aria-live="polite">${spoken.value}</div>`;
}
