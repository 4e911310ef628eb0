// The wall in small: the screen's own page in a frame. It gets what the screen gets and nothing of what the console knows,
// so that it cannot show what the wall does not.

import { html, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room } from "../screen/room.js";

const WIDTH = 1280; // pixels of the page inside, whatever the room it is shown in

export function Thumbnail() {
  const box = useRef(null);
  useEffect(() => {
    const watch = new ResizeObserver(() => box.current.style.setProperty("--scale", box.current.clientWidth / WIDTH));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return html`<div class="thumb" ref=${box}><iframe src=${room.links.screen} title=${t("What the wall shows")} loading="lazy" tabindex="-1"></iframe></div>`;
}
