// "I'm done" with the phase tells the facilitator how many are still at it; it closes nothing.

import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Button } from "../ui.js";
import { me, room } from "./room.js";

export function Done({ theme, kind = "" }) {
  const waiting = room.outbox.items.value.find((item) => item.key === "done" && !item.error);
  const done = waiting ? waiting.body.done && waiting.body.phase === theme.phase : me()?.done === theme.phase;
  const flip = () => room.outbox.put("done", "done", "done", { phase: theme.phase, done: !done });
  return html`<${Button} kind=${`${kind} ${done ? "on" : ""}`} icon=${done && "check"} aria-pressed=${done} onClick=${flip}>${t("I’m done")}<//>`;
}
