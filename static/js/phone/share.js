// Ideas of the room, and what this participant knows about them.

import { html, signal, useEffect } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Button, Empty, Icon } from "../ui.js";
import { First, ToWall, useFirst } from "./aloud.js";
import { Done } from "./done.js";
import { Experiences } from "./experience.js";
import { Form, send } from "./form.js";
import { Body } from "./idea.js";
import { OwnIdeas } from "./own.js";
import { chosen, ideaIds, room } from "./room.js";
import { draftOf } from "./telling.js";
import { Prompt } from "./step.js";
import { SoFar, TimeUp } from "./told.js";
import { evidence } from "./words.js";

const open = signal(null); // the idea that is unfolded
const adding = signal(false);

export function View({ theme }) {
  const typing = adding.value || (open.value && draftOf(open.value).value), shown = useFirst(theme, typing);
  const ids = ideaIds(theme.id).filter((id) => id !== shown?.id);
  useEffect(() => { if (room.outbox.draft(`edit:${theme.id}`).peek()) adding.value = true; }, []);
  return html`<div class="view"><${TimeUp} /><${SoFar} /><div><h1 tabindex="-1">${theme.title}</h1><${Prompt} theme=${theme} />
      <p class="muted">${t("Open an idea and add what you know: do you do it, would you, what stands in the way?")}</p></div>
    ${shown && html`<${First} key=${shown.id} idea=${shown} />`}
    ${ids.length ? html`<ul class="list" aria-label=${t("Ideas")}>${ids.map((id) => html`<${Shared} key=${id} id=${id} />`)}</ul>`
      : !shown && html`<${Empty} icon="bulb" title=${t("No ideas here yet")}>${t("They appear as they are shared. You can add one at any time.")}<//>`}
    <${Add} theme=${theme} /><${Done} theme=${theme} kind="wide" />
  </div><${ToWall} shown=${shown} onGo=${(id) => { if (id && draftOf(id).peek()) open.value = id; }} />`;
}

function Shared({ id }) {
  const idea = room.state.get(`idea/${id}`), unfolded = open.value === id;
  if (!idea) return null;
  const own = room.state.get(`mine/idea/${id}`), told = evidence(idea);
  return html`<li class=${`card shared arrive ${unfolded ? "open" : ""}`}>
    <button type="button" class="fold" data-shared=${id} aria-expanded=${unfolded} onClick=${() => { open.value = unfolded ? null : id; }}>
      <span class="grow"><b>${idea.title}</b><small>${[idea.by, told].filter(Boolean).join(" · ") || t("Be the first to add an experience")}</small></span>
      ${own && html`<span class="badge">${t("Yours")}</span>`}<${Icon} name=${unfolded ? "up" : "down"} /></button>
    ${unfolded && html`<div class="inside"><${Body} idea=${idea} /><${Experiences} idea=${idea} canAdd=${true} /></div>`}</li>`;
}

function Add({ theme }) {
  const editing = room.outbox.draft(`edit:${theme.id}`).value;
  if (!adding.value && !editing) return html`<${Button} kind="wide" icon="plus" onClick=${() => { adding.value = true; }}>${t("Add an idea")}<//><${OwnIdeas} theme=${theme} />`;
  const cancel = () => { room.outbox.draft(`edit:${theme.id}`).value = null; adding.value = false; };
  const done = () => { if (send(theme)) adding.value = false; };
  const instead = ({ id, theme: place }) => {
    adding.value = false; // what is typed stays in its draft
    chosen.value = place;
    open.value = id;
    requestAnimationFrame(() => document.querySelector(`[data-shared="${id}"]`)?.focus());
  };
  return html`<section class="stack"><h2>${editing ? t("Change your idea") : t("Add an idea")}</h2>
    <${Form} theme=${theme} hint=${t("Everybody sees this once it is sent")} onSend=${done} onTwin=${instead} />
    <div class="row"><${Button} kind="primary grow" onClick=${done}>${editing ? t("Save change") : t("Send idea")}<//><${Button} onClick=${cancel}>${t("Cancel")}<//></div></section>
    <${OwnIdeas} theme=${theme} />`;
}
