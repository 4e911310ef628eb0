// Timers, shown by the server's clock.

import { signal } from "../vendor/preact.js";

const TICK = 250;
let ticking = 0;

/** Own time in epoch milliseconds, four times a second while anybody looks. */
export const now = signal(Date.now(), {
  watched() {
    now.value = Date.now();
    ticking = setInterval(() => { now.value = Date.now(); }, TICK);
  },
  unwatched() { clearInterval(ticking); },
});

/** Milliseconds left of a session's timer {ends_at, left}, or null where none is set. `offset` is server minus own clock. */
export function timeLeft(timer, offset = 0) {
  if (timer?.ends_at) return Math.max(0, timer.ends_at - offset - now.value);
  return timer?.left ?? null;
}

/** Milliseconds as m:ss, or h:mm:ss from an hour on; a begun second still counts. */
export function clock(ms) {
  const seconds = Math.ceil(ms / 1000), two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
