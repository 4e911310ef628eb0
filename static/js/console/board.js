// The ideas of a theme as cards; those hidden or withdrawn below.

import { html, useRef } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room, standing } from "../screen/room.js";
import { Empty } from "../ui.js";
import { Alike } from "./alike.js";
import { Card, Gone } from "./card.js";
import { useDrag } from "./drag.js";
import { Fold } from "./fold.js";

export function Board({ theme, newest, suggest, empty }) {
  const board = useRef(null);
  useDrag(board);
  const ideas = standing(theme.id), shown = newest ? [...ideas].reverse() : ideas;
  return html`<div class="board-box" ref=${board}>
    ${suggest && html`<${Alike} ideas=${ideas} />`}
    ${shown.length ? html`<ul class="board">${shown.map((idea) => html`<${Card} key=${idea.id} id=${idea.id} />`)}</ul>`
      : html`<${Empty} icon="bulb" title=${t("No ideas yet")}>${empty}<//>`}
    <${Aside} theme=${theme} /></div>`;
}

function Aside({ theme }) {
  const gone = room.state.all("idea/").filter((idea) => idea.theme === theme.id && !["active", "held"].includes(idea.state));
  if (!gone.length) return null;
  return html`<${Fold} name="gone" summary=${html`${t("Hidden and withdrawn")} <span class="muted num">${gone.length}</span>`}>
    <ul class="gone">${gone.map((idea) => html`<${Gone} key=${idea.id} idea=${idea} />`)}</ul><//>`;
}

/** The board of a theme, folded away. */
export function Folded({ theme }) {
  return html`<${Fold} name=${`ideas ${theme.id}`} summary=${html`${t("Ideas")} <span class="muted num">${theme.ideas}</span>`}><${Board} theme=${theme} /><//>`;
}
