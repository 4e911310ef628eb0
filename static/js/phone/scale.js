// One answer out of several, as radios: arrow keys go from one to the next, a thumb hits each.

import { html } from "../../vendor/preact.js";

/** options: [[value, what stands there, its full name where that is shorter], …]; `look` is a class of the group. */
export function Scale({ name, labelledby, look, options, value, onPick }) {
  return html`<div class=${`scale ${look}`} role="radiogroup" aria-labelledby=${labelledby}>${options.map(([one, shown, full]) => html`
    <label key=${one} class=${value === one ? "on" : ""}><input type="radio" name=${name} value=${one} checked=${value === one} aria-label=${full} onChange=${() => onPick(one)} /><span>${shown}</span></label>`)}</div>`;
}
