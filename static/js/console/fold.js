// Parts that fold away. This browser keeps what somebody opened or closed; until then the phase decides.

import { html, signal } from "../../vendor/preact.js";

const KEPT = "workshop:folds";
const chosen = signal(load()); // {name: open}

/** `children`, drawn only while unfolded; `open` until somebody has chosen, and the choice is kept under `name`. */
export function Fold({ name, summary, open = false, children }) {
  const unfolded = Boolean(chosen.value[name] ?? open);
  const toggled = ({ currentTarget }) => currentTarget.open === unfolded || choose(name, currentTarget.open);
  return html`<details class="folded" open=${unfolded} onToggle=${toggled}><summary>${summary}</summary>${unfolded && children}</details>`;
}

/** A part of the side that folds: a region with its heading, and beside that a word on what is inside. */
export function Panel({ name, title, note, open, children }) {
  const id = `${name}-title`;
  return html`<section class=${`panel ${name}-panel`} aria-labelledby=${id}>
    <${Fold} name=${name} open=${open} summary=${html`<h2 class="eyebrow" id=${id}>${title}</h2>${note && html` <span class="note num">${note}</span>`}`}>${children}<//></section>`;
}

function choose(name, open) {
  chosen.value = { ...chosen.peek(), [name]: open };
  try { localStorage.setItem(KEPT, JSON.stringify(chosen.peek())); } catch { /* a private window forgets */ }
}

function load() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}
