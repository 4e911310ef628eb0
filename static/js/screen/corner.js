// How to come in, small in the corner, for late-comers.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Qr } from "./qr.js";
import { room, session } from "./room.js";
import { wall } from "./scene.js";

const WITHOUT = ["lobby", "qr", "blank", "closed"]; // these show it large, or nobody should come any more

/** Whether a scene leaves room for the corner: not while joining is locked. */
export const cornered = ({ name }) => wall().corner && !session().locked && Boolean(room.join?.qr) && !WITHOUT.includes(name);

export function Corner() {
  return html`<aside class="corner" aria-label=${t("Join")}><${Qr} qr=${room.join.qr} /><p>${t("Join")}</p></aside>`;
}
