// Type as large as the wall allows, and nothing cut.

import { useEffect, useLayoutEffect, useRef } from "../../vendor/preact.js";

/**
 * A ref for a box of fixed size: sets --fit (in vh) and data-fit to the first of `steps` ([size, mode], largest
 * first) in which nothing overflows, else to the last; anew at every drawing, resize and arrival of a font.
 */
export function useFit(steps) {
  const box = useRef(null);
  const fit = () => box.current && choose(box.current, steps);
  useLayoutEffect(fit);
  useEffect(() => box.current && onRoomChanged(box.current, fit), [Boolean(box.current)]);
  return box;
}

/** Call `then` whenever `box` gets another size or a font has arrived. Returns how to stop. */
export function onRoomChanged(box, then) {
  const watch = new ResizeObserver(then);
  watch.observe(box);
  document.fonts.addEventListener("loadingdone", then);
  return () => {
    watch.disconnect();
    document.fonts.removeEventListener("loadingdone", then);
  };
}

/** Sizes from `from` down to `to` in equal steps, all of one mode. */
export function sizes(from, to, mode = "", step = 0.3) {
  const count = Math.round((from - to) / step);
  return Array.from({ length: count + 1 }, (_, i) => [from - ((from - to) * i) / (count || 1), mode]);
}

function choose(box, steps) {
  for (const [size, mode] of steps) {
    box.style.setProperty("--fit", `${size}rem`);
    box.dataset.fit = mode;
    if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) return;
  }
}
