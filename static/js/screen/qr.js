// The QR that lets people in: dark on white whatever the theme, quiet zone included.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";

export function Qr({ qr }) {
  return html`<div class="qr"><svg viewBox=${`0 0 ${qr.size} ${qr.size}`} role="img" aria-label=${t("QR code to join")} shape-rendering="crispEdges"><path d=${qr.path} /></svg></div>`;
}
