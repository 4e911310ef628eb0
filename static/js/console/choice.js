// A select that acts when confirmed, not at every arrow key that passes an option.

import { html, useState } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Button } from "../ui.js";

/** options: [{id, title}]; `value` is what holds now. Once another is chosen a button with the words `confirm` does it. */
export function Choice({ id, label, options, value = "", confirm, onChoose, shown }) {
  const [picked, pick] = useState(null), chosen = picked ?? value;
  const submit = async (event) => {
    event.preventDefault();
    await onChoose(chosen);
    pick(null);
  };
  return html`<form class="choice-line" onSubmit=${submit}><label class=${shown ? "" : "visually-hidden"} for=${id}>${label}</label>
    <select id=${id} value=${chosen} onChange=${(event) => pick(event.currentTarget.value)}>${options.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === chosen}>${one.title}</option>`)}</select>
    ${chosen !== value && html`<${Button} kind="small primary" type="submit">${confirm ?? t("OK")}<//>`}</form>`;
}
