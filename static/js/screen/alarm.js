// The end of the time: a colour and, on the wall itself, a soft sound. It closes nothing.

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { timeLeft } from "../time.js";
import { audible, chime } from "./chime.js";
import { framed } from "./frame.js";
import { room, session } from "./room.js";
import { wall } from "./scene.js";

export function Alarm({ blank }) {
  const { timer } = session(), left = timeLeft(timer, room.line.offset.value), over = left === 0 && Boolean(timer.ends_at);
  useEnd(over, timer.ends_at, () => wall().sound && !framed && chime());
  const asks = timer.ends_at && !over && wall().sound && !framed && !audible.value;
  return html`${over && !blank && html`<i class="over-time" aria-hidden="true"></i>`}
    ${asks && html`<aside class="sound">${t("Click once for sound")}</aside>`}`;
}

/** Call `then` when the time is up before one's eyes: not for a timer that was over when the page came. */
function useEnd(over, which, then) {
  const seen = useRef(null);
  useEffect(() => {
    if (over && seen.current === which) then();
    seen.current = over ? null : which;
  }, [over, which]);
}
