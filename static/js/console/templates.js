// Agendas to choose from, those that come with the product and one's own; and keeping this one.

import { html, signal, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room } from "../screen/room.js";
import { Button, toast } from "../ui.js";
import { run } from "./act.js";
import { hasAgenda } from "./steps.js";

const offered = signal([]); // [{id, name, steps, minutes, own}]

async function fetchOffers() {
  try {
    const answer = await fetch(`/console/${room.code}/agendas`, { headers: { Accept: "application/json" } });
    if (answer.ok) offered.value = (await answer.json()).templates;
  } catch {
    toast(t("The templates could not be fetched. Try again in a moment."));
  }
}

export function Templates() {
  useEffect(() => { fetchOffers(); }, []);
  const [picked, pick] = useState(""), own = offered.value.filter((one) => one.own), ours = offered.value.filter((one) => !one.own);
  const use = async (event) => {
    event.preventDefault();
    if (await run("agenda.use", { template: picked === "none" ? null : picked }, t("This is the agenda now"))) pick("");
  };
  const chosen = own.find((one) => one.id === picked);
  return html`<div class="card templates"><form class="template-line" onSubmit=${use}><label for="template">${t("Template")}</label>
      <select id="template" value=${picked} onChange=${(event) => pick(event.currentTarget.value)}><option value="">${t("Choose…")}</option>
        ${own.length > 0 && html`<optgroup label=${t("Your own")}>${own.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</optgroup>`}
        <optgroup label=${t("Ready-made")}>${ours.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</optgroup>
        ${hasAgenda() && html`<option value="none">${t("No agenda: phases by hand")}</option>`}</select>
      <${Button} kind="small" type="submit" disabled=${!picked}>${t("Use")}<//>
      ${chosen && html`<${Button} kind="small quiet danger" onClick=${() => forget(chosen, pick)}>${t("Forget it")}<//>`}</form>
    ${hasAgenda() && html`<${Keep} />`}</div>`;
}

async function forget({ id, name }, pick) {
  if (!(await run("agenda.forget", { template: id }))) return;
  toast(t("“%(name)s” is forgotten", { name }));
  pick("");
  fetchOffers();
}

/** Under the name of one that there is, this agenda takes its place. */
function Keep() {
  const [name, setName] = useState("");
  const save = async (event) => {
    event.preventDefault();
    if (!(await run("agenda.save", { name }))) return;
    toast(t("Kept as “%(name)s” for later sessions", { name: name.trim() }));
    setName("");
    fetchOffers();
  };
  return html`<form class="template-line" onSubmit=${save}><label for="keep-as">${t("Keep this one as")}</label>
    <input id="keep-as" class="input" value=${name} maxlength="200" placeholder=${t("For example: our half day")} onInput=${(event) => setName(event.currentTarget.value)} />
    <${Button} kind="small" type="submit" disabled=${!name.trim()}>${t("Keep")}<//></form>`;
}
