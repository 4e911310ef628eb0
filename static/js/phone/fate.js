// What may happen to a thing of one's own: it is taken back, or the server refuses it.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Icon, toast } from "../ui.js";
import { room } from "./room.js";

/** Take back an own idea or experience; the toast can undo it. */
export function withdraw(kind, { id }) {
  const put = (withdrawn) => room.outbox.put(`withdraw ${kind}`, `withdraw/${id}`, `${kind}.withdraw`, { [kind]: id, withdrawn });
  put(true);
  toast(kind === "idea" ? t("Idea withdrawn.") : t("Taken back."), { undo: () => put(false) });
}

/** Why the server refused what waits under `id`, and the two ways on. The text is kept until one is chosen. */
export function Refused({ id, error }) {
  return html`<p class="error" role="alert"><${Icon} name="alert" /><span>${error.message}</span></p>
    <div class="row"><button type="button" class="link" onClick=${() => room.outbox.retry(id)}>${t("Try again")}</button>
      <button type="button" class="link" onClick=${() => room.outbox.discard(id)}>${t("Discard")}</button></div>`;
}

/** What the facilitator did with it, or has still to do; nothing where it goes its way. */
export function fate({ state, into, reason }) {
  if (state === "held") return t("Waiting for the facilitator");
  if (state === "hidden") return reason ? t("The facilitator took this off the board: %(reason)s", { reason: reasonSaid(reason) }) : t("The facilitator took this off the board");
  return into ? t("Merged with a similar idea") : "";
}

const reasonSaid = (kept) => ({
  duplicate: t("it is there already"), personal: t("it names a person"), off_theme: t("it belongs to another theme"), test: t("it was only a test"),
})[kept] ?? kept;
