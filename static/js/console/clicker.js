// The space bar and a presentation clicker's keys act as Next and back.

import { room } from "../screen/room.js";
import { settling } from "./moves.js";
import { backward, onward } from "./steps.js";

const ON = ["PageDown", "ArrowRight"], BACK = ["PageUp", "ArrowLeft"];
const TYPED_IN = "input, textarea, select, [contenteditable]"; // there keys mean letters and choices

export function listenToClicker() {
  addEventListener("keydown", (event) => {
    const way = wayOf(event);
    if (!way) return;
    event.preventDefault(); // neither scrolls the page
    if (!event.repeat && !settling.peek() && room.line.status.peek() === "live") way()?.go();
  });
}

function wayOf({ key, target, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented }) {
  const isElse = ctrlKey || metaKey || altKey || shiftKey || defaultPrevented;
  if (isElse || target.closest?.(TYPED_IN) || document.querySelector("dialog[open]")) return null;
  if (key === " ") return target === document.body ? onward : null; // a control with the focus is pressed by it
  return ON.includes(key) ? onward : BACK.includes(key) ? backward : null;
}
