// Putting an idea's words right. What the author wrote stays in the log.

import { html, useState } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { graphemes } from "../text.js";
import { Button } from "../ui.js";
import { run } from "./act.js";
import { edited } from "./focus.js";

const TITLE = 140, DETAIL = 1000; // graphemes, as workshop/model.py says

export function Edit({ idea }) {
  const [title, setTitle] = useState(idea.title), [detail, setDetail] = useState(idea.detail);
  const close = () => { edited.value = null; };
  const save = async (event) => {
    event.preventDefault();
    if (await run("idea.edit", { idea: idea.id, title, detail }, t("Changed"))) close();
  };
  const bad = !title.trim() || graphemes(title) > TITLE || graphemes(detail) > DETAIL;
  return html`<form class="edit stack" onSubmit=${save} onKeyDown=${(event) => event.key === "Escape" && close()}>
    <div class="field"><label for="edit-title">${t("Title")}</label><input id="edit-title" value=${title} onInput=${(event) => setTitle(event.currentTarget.value)} autofocus /><${Counter} text=${title} limit=${TITLE} /></div>
    <div class="field"><label for="edit-detail">${t("Detail")}</label><textarea id="edit-detail" rows="3" onInput=${(event) => setDetail(event.currentTarget.value)} value=${detail}></textarea><${Counter} text=${detail} limit=${DETAIL} /></div>
    <div class="row"><${Button} kind="primary small" type="submit" disabled=${bad}>${t("Save")}<//><${Button} kind="small" onClick=${close}>${t("Cancel")}<//></div></form>`;
}

function Counter({ text, limit }) {
  const n = graphemes(text);
  return html`<span class=${`counter ${n > limit ? "over" : ""}`}>${n} / ${limit}</span>`;
}
