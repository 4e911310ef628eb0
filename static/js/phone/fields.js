// Text fields that say how much still fits, and grow with what is in them.

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { tn } from "../i18n.js";
import { graphemes } from "../text.js";

/** How many characters are left, or too many. */
export function Counter({ text, limit }) {
  const left = limit - graphemes(text.trim());
  if (left < 0) return html`<span class="counter over" role="status">${tn("%(n)s too many", "%(n)s too many", -left)}</span>`;
  return html`<span class="counter">${tn("%(n)s left", "%(n)s left", left)}</span>`;
}

/** A text field that grows with its text. */
export function Grow({ value, ...rest }) {
  const field = useRef(null);
  useEffect(() => {
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight + 2}px`;
  }, [value]);
  return html`<textarea ref=${field} value=${value} ...${rest}></textarea>`;
}
