// The idea that the wall shows large stands first here. It waits where it would move what somebody reads further down, or types.

import { html, signal, useEffect } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon } from "../ui.js";
import { Experiences } from "./experience.js";
import { Body } from "./idea.js";
import { chosen, room } from "./room.js";
import { draftOf } from "./telling.js";
import { evidence } from "./words.js";

const READING = 120; // pixels down the page, from which on its top is out of sight
const LONG = 160; // letters of a text, from which on it would push the buttons out of sight
const first = signal(null); // the idea that stands first: the wall's, or still the one before

const onWall = () => room.state.get(`idea/${room.state.get("wall")?.idea}`);

/** The idea that stands first in the theme, or undefined. `typing`: whether something is being typed elsewhere on the page. */
export function useFirst(theme, typing) {
  const now = onWall(), next = now?.theme === theme.id ? now.id : null, held = first.value;
  const busy = typing || (held && draftOf(held).value);
  useEffect(() => { if (next !== held && !busy && scrollY < READING) first.value = next; });
  const idea = held ? room.state.get(`idea/${held}`) : undefined;
  return idea?.theme === theme.id ? idea : undefined;
}

export function First({ idea }) {
  const still = onWall()?.id === idea.id, own = room.state.get(`mine/idea/${idea.id}`);
  return html`<section class="aloud" aria-labelledby="aloud-title"><h2 class="eyebrow" id="aloud-title"><${Icon} name="screen" />${still ? t("Now on the wall: add your experience") : t("Was on the wall")}</h2>
    <article class="card open"><div class="grow"><b class="title">${idea.title}</b><small class="muted">${[idea.by, evidence(idea)].filter(Boolean).join(" · ")}</small></div>${own && html`<span class="badge">${t("Yours")}</span>`}
      <div class="inside"><${Text} idea=${idea} /><${Experiences} idea=${idea} canAdd=${true} /></div></article></section>`;
}

/** The wall shows the long text, too: here it is folded, so that what there is to do stays in sight. */
function Text({ idea }) {
  if (idea.detail.length < LONG && !idea.merged.length) return html`<${Body} idea=${idea} />`;
  return html`<details class="whole"><summary>${t("The whole idea")}</summary><div class="stack"><${Body} idea=${idea} /></div></details>`;
}

/** The way to the wall's idea while another stands first, or another theme is looked at. `onGo` hears which stood first. */
export function ToWall({ shown, onGo }) {
  const idea = onWall();
  if (!idea || idea.id === shown?.id) return null;
  const go = () => {
    onGo(shown?.id ?? null);
    first.value = idea.id;
    chosen.value = idea.theme;
    scrollTo({ top: 0 });
  };
  return html`<div class="dock to-wall"><button type="button" class="button grow" aria-label=${t("Now on the wall: “%(title)s”", { title: idea.title })} onClick=${go}><${Icon} name="screen" /><span class="clip"><small>${t("Now on the wall")}</small>${idea.title}</span></button></div>`;
}
