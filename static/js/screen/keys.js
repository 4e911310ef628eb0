// F fills the screen, T changes between dark and light; a moving mouse says so.

import { signal } from "../../vendor/preact.js";

const KEPT = "workshop:screen-theme";
const SHOWN_MS = 3500;

/** Whether to say which keys there are. */
export const hinting = signal(false);

export function listenToKeys() {
  restore();
  addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey) return;
    if (key.toLowerCase() === "f") fill();
    if (key.toLowerCase() === "t") changeTheme();
  });
  addEventListener("storage", ({ key }) => key === KEPT && restore()); // the console's small picture of the wall changes with it
  let timer = 0;
  addEventListener("pointermove", () => {
    clearTimeout(timer);
    hinting.value = true;
    timer = setTimeout(() => { hinting.value = false; }, SHOWN_MS);
  });
}

/** Into full screen, or out of it. */
export function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

/** From dark to light or back; this browser remembers. */
export function changeTheme() {
  const { dataset } = document.documentElement;
  dataset.theme = dataset.theme === "light" ? "dark" : "light";
  try { localStorage.setItem(KEPT, dataset.theme); } catch { /* a private window forgets */ }
}

function restore() {
  const { dataset } = document.documentElement;
  dataset.theme ??= "dark";
  try { dataset.theme = localStorage.getItem(KEPT) ?? dataset.theme; } catch { /* stays dark */ }
}
