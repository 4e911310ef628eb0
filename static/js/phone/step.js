// What the step of the agenda asks, under the theme's title.

import { html } from "../../vendor/preact.js";
import { room } from "./room.js";

export function Prompt({ theme }) {
  const now = room.state.get("step");
  const isMeant = now?.prompt && now.phase === theme.phase && (!now.themes.length || now.themes.includes(theme.id));
  return isMeant ? html`<p class="prompt">${now.prompt}</p>` : null;
}
