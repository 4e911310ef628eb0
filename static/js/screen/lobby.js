// The lobby: how to come in, and who is here.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Arrivals } from "./arrivals.js";
import { sizes, useFit } from "./fit.js";
import { Qr } from "./qr.js";
import { Icon } from "../ui.js";
import { halves, room, session } from "./room.js";
import { Prompt } from "./step.js";

const STEPS = sizes(9.2, 4.2, "", 0.4);

export function Lobby() {
  const side = useFit(STEPS), { address, qr } = room.join ?? {};
  return html`<main class="lobby">
    ${qr && html`<${Qr} qr=${qr} />`}
    <div class="come" ref=${side}>
      <h1>${session().title}</h1><${Prompt} phase="lobby" />
      <p class="lead">${t("Scan, or open on your phone")}</p>
      ${session().locked && html`<p class="locked"><${Icon} name="lock" />${t("Joining is closed at the moment")}</p>`}
      <p class="address">${address}</p>
      <${Tiles} />
    </div>
    <${Arrivals} />
  </main>`;
}

function Tiles() {
  const [left, right] = halves(room.code).map((half) => [...half].map((letter, i) => html`<b key=${i}>${letter}</b>`));
  return html`<p class="tiles" role="img" aria-label=${t("Code %(code)s", { code: [...room.code].join(" ") })}>${left}<i></i>${right}</p>`;
}
