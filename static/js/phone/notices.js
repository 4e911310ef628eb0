// What may stand between a person and being heard, said plainly: the network, the storage, a text not sent.

import { html, useEffect, useState } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Button, Icon } from "../ui.js";
import { room } from "./room.js";

const PATIENCE_MS = 1500; // a line that is back sooner was never worth a word

export function Notices({ theme }) {
  return html`<div class="notices" role="status"><${Line} /><${Storage} />${theme && html`<${Unsent} theme=${theme} />`}</div>`;
}

function Line() {
  const { status, bye } = room.line, [late, setLate] = useState(false), state = status.value;
  useEffect(() => {
    setLate(false);
    const timer = state === "live" ? 0 : setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  if (state === "ended") return html`<div class="notice bad"><${Icon} name="alert" /><div class="grow"><b>${bye.value?.message || (bye.value?.reason === "sent_out" ? t("The facilitator has taken this phone out of the session. Please speak to them: they can let you in again.") : t("This phone is not part of the session any more."))}</b>
    <p>${kept()}</p></div><a class="button small" href="">${t("Come back in")}</a></div>`;
  if (state === "live" || !late) return null;
  return html`<div class="notice warn"><${Icon} name="offline" /><div><b>${t("No network right now.")}</b> ${kept()}</div></div>`;
}

function kept() {
  const waiting = room.outbox.items.value.length, safe = room.outbox.kept.value;
  const count = waiting ? `${tn("%(n)s thing waits to be sent.", "%(n)s things wait to be sent.", waiting)} ` : "";
  return count + (safe ? t("What you write is kept on this phone.") : t("What you write is kept only while this page stays open."));
}

function Storage() {
  if (room.outbox.kept.value || room.line.status.value !== "live") return null;
  return html`<div class="notice"><${Icon} name="info" /><span>${t("This browser keeps nothing when the page is closed (private mode, or its storage is full). Leave it open until everything says “Saved”.")}</span></div>`;
}

/** A text begun while writing was open, and not sent before it ended. */
function Unsent({ theme }) {
  const draft = room.outbox.draft(`idea:${theme.id}`), text = draft.value?.title?.trim();
  if (!text || theme.phase === "write" || theme.phase === "share") return null;
  return html`<div class="notice warn"><${Icon} name="pencil" /><div class="grow"><b>${t("Not sent:")}</b> “${text}”
    <p>${t("Writing is closed in this theme. The text stays on this phone; ask the facilitator to open writing again.")}</p></div>
    <${Button} kind="small" onClick=${() => { draft.value = null; }}>${t("Discard")}<//></div>`;
}
