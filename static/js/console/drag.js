// Dragging a card onto another groups them; onto a theme moves it. For mouse and pen: fingers scroll, and every card
// has selects for the same.

import { useEffect } from "../../vendor/preact.js";
import { group, move } from "./actions.js";

const FAR = 8; // pixels before a press is a drag

/** Cards (`data-idea`) inside the element of `ref` can be dragged. */
export function useDrag(ref) {
  useEffect(() => {
    const box = ref.current, press = (event) => start(event);
    box.addEventListener("pointerdown", press);
    return () => box.removeEventListener("pointerdown", press);
  }, []);
}

function start(down) {
  const card = down.target.closest("[data-idea]");
  if (!card || down.button || down.pointerType === "touch" || down.target.closest("input, textarea, select, .inside, .edit")) return;
  const listening = new AbortController(), on = (name, act) => addEventListener(name, act, { signal: listening.signal, capture: true });
  let dragged = false, target = null;

  const stop = () => {
    listening.abort();
    card.classList.remove("drag");
    target?.classList.remove("target");
    card.style.removeProperty("transform");
  };
  on("pointermove", (event) => {
    const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY];
    dragged ||= Math.hypot(x, y) > FAR;
    if (!dragged) return;
    card.classList.add("drag");
    card.style.setProperty("transform", `translate(${x}px, ${y}px) rotate(-1.2deg)`);
    target?.classList.remove("target");
    target = under(event, card);
    target?.classList.add("target");
  });
  on("pointerup", () => {
    const { idea } = card.dataset, onto = target?.dataset;
    stop();
    if (!dragged) return;
    addEventListener("click", swallow, { capture: true, once: true }); // letting go must not open the card
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    if (onto?.idea) group(idea, onto.idea);
    else if (onto?.dropTheme) move(idea, onto.dropTheme);
  });
  on("pointercancel", stop);
  on("keydown", (event) => event.key === "Escape" && stop());
}

function under({ clientX, clientY }, card) {
  const found = document.elementFromPoint(clientX, clientY)?.closest("[data-idea], [data-drop-theme]");
  return found === card ? null : found;
}

function swallow(event) {
  event.stopPropagation();
  event.preventDefault();
}
