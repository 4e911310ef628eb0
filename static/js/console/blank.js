// B makes the wall blank, as the dot of a presentation clicker does; any letter, or the dot again, brings back what was there.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { wall } from "../screen/scene.js";
import { run } from "./act.js";

const TYPING = "input, textarea, select, [contenteditable], dialog[open]";
let before = null; // what the wall showed, for this console

/** Listen before anybody else does: what brings the wall back does nothing more. */
export function listenForBlank() {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isBusy(event)) return;
    const blank = wall().view === "blank", wished = blank ? brings(event) : [".", "b", "B"].includes(event.key);
    if (!wished) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (blank) bringBack(); else makeBlank();
  }, { capture: true });
}

// Typing is not meant for the wall, nor are the queue's own two keys.
const isBusy = ({ key, target }) => target.closest?.(TYPING) || (/^[ah]$/i.test(key) && target.closest?.(".queue"));

// Tab, arrows, Enter and the space bar on a button still work: an idea can be hidden while the wall is blank.
function brings({ key, target }) {
  return /^[\p{L}\p{N}.,]$/u.test(key) || (["PageDown", "PageUp", " "].includes(key) && (target === document.body || key !== " "));
}

function makeBlank() {
  before = wall();
  run("screen.show", { view: "blank", theme: before.theme, page: before.page, idea: before.idea });
}

/** Show again what was there before. */
export function bringBack() {
  const { theme, page, idea } = wall();
  run("screen.show", { view: before?.view ?? "auto", theme, page, idea });
  before = null;
}

/** The hint beside the wall. */
export function BlankHint() {
  return html`<p class="hint keys-hint">${wall().view === "blank" ? t("The room sees nothing. Any letter key brings the wall back.") : html`<kbd>B</kbd> ${t("makes the wall blank at once")}`}</p>`;
}
