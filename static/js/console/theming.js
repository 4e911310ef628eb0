// A theme in the middle of the day: another name, two out of one, one more.

import { html, signal, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { session, standing, themes } from "../screen/room.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { look } from "./focus.js";

const TITLE = 140, PROMPT = 300; // as workshop/model.py and service/plans.py say
const open = signal(false); // whether the tools are looked at
const tool = signal(null); // null, "rename", "split" or "add"
const awaited = signal(null); // the themes there were when one more was asked for

const TOOLS = () => [["rename", t("Rename"), "pencil"], ["split", t("Split"), "split"], ["add", t("Add a theme"), "plus"]];

/** The way to the tools, beside a theme's name. */
export function ToolsDoor() {
  const words = t("Change the themes"), flip = () => { open.value = !open.peek(); tool.value = null; };
  return html`<${Button} kind="small quiet tools-door" icon="pencil" aria-label=${words} title=${words} aria-expanded=${open.value} onClick=${flip} />`;
}

/** The tools below a theme's name, where they are looked at, and below them what was chosen. */
export function ThemeTools({ theme }) {
  useNewTheme();
  useEffect(() => () => { tool.value = null; open.value = false; }, []);
  const shown = tool.value, Form = { rename: Rename, split: Split, add: Add }[shown];
  return open.value && html`<div class="theme-tools" role="group" aria-label=${t("Change the themes")}>${TOOLS().map(([name, words, icon]) => html`
      <${Button} key=${name} kind="small quiet" icon=${icon} aria-expanded=${shown === name} onClick=${() => { tool.value = shown === name ? null : name; }}>${words}<//>`)}</div>
    ${Form && html`<${Form} key=${shown} theme=${theme} />`}`;
}

/** Look at the new theme as soon as it is here. */
function useNewTheme() {
  const ids = session().themes, before = awaited.value, made = before && ids.find((id) => !before.includes(id));
  useEffect(() => {
    if (!made) return;
    awaited.value = null;
    look(made);
  }, [made]);
}

const close = () => { tool.value = null; };

async function make(command, body, said) {
  awaited.value = [...session().themes];
  if (await run(command, body, said)) close();
  else awaited.value = null;
}

function Rename({ theme }) {
  const [title, setTitle] = useState(theme.title), [prompt, setPrompt] = useState(theme.prompt);
  const save = async () => { if (await run("theme.edit", { theme: theme.id, title, prompt }, t("Changed"))) close(); };
  return html`<${Panel} onSubmit=${save} confirm=${t("Save")}>
    <${Field} id="theme-title" label=${t("Name of the theme")} value=${title} limit=${TITLE} onInput=${setTitle} first=${true} />
    <${Field} id="theme-prompt" label=${t("Question to the room")} value=${prompt} limit=${PROMPT} onInput=${setPrompt} /><//>`;
}

function Add() {
  const [title, setTitle] = useState("");
  return html`<${Panel} onSubmit=${() => make("theme.add", { title, prompt: "" }, t("Theme added"))} confirm=${t("Add")}>
    <p class="muted">${tn("It comes last, and phones and screen show it at once. There is %(n)s theme now; 30 fit.", "It comes last, and phones and screen show it at once. There are %(n)s themes now; 30 fit.", themes().length)}</p>
    <${Field} id="theme-title" label=${t("Name of the new theme")} value=${title} limit=${TITLE} onInput=${setTitle} first=${true} /><//>`;
}

function Split({ theme }) {
  const [title, setTitle] = useState(""), [chosen, choose] = useState(new Set()), ideas = standing(theme.id);
  const taken = ideas.filter((idea) => chosen.has(idea.id)).map((idea) => idea.id);
  const turn = (id) => choose((held) => { const next = new Set(held); if (!next.delete(id)) next.add(id); return next; });
  if (!ideas.length) return html`<p class="theme-panel muted">${t("There is nothing to split yet.")}</p>`;
  return html`<${Panel} onSubmit=${() => make("theme.split", { theme: theme.id, title, ideas: taken }, t("Split in two"))} confirm=${tn("Move %(n)s idea", "Move %(n)s ideas", taken.length)} disabled=${!taken.length}>
    <${Field} id="theme-title" label=${t("Name of the new theme")} value=${title} limit=${TITLE} onInput=${setTitle} first=${true} />
    <fieldset><legend>${t("Ideas that move there")}</legend><ul class="taken">${ideas.map((idea) => html`<li key=${idea.id}><label>
      <input type="checkbox" checked=${chosen.has(idea.id)} onChange=${() => turn(idea.id)} /><span>${idea.title}</span></label></li>`)}</ul></fieldset><//>`;
}

function Panel({ children, confirm, disabled, onSubmit }) {
  const submit = (event) => { event.preventDefault(); onSubmit(); };
  return html`<form class="theme-panel stack" onSubmit=${submit} onKeyDown=${(event) => event.key === "Escape" && close()}>${children}
    <div class="row"><${Button} kind="primary small" type="submit" disabled=${disabled}>${confirm}<//><${Button} kind="small" onClick=${close}>${t("Cancel")}<//></div></form>`;
}

function Field({ id, label, value, limit, onInput, first }) {
  const input = useRef(null);
  useEffect(() => { if (first) input.current.focus(); }, []);
  return html`<div class="field"><label for=${id}>${label}</label><input id=${id} ref=${input} maxlength=${limit} value=${value} onInput=${(event) => onInput(event.currentTarget.value)} /></div>`;
}
