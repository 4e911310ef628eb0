// Dragging a card onto another groups them; onto a theme moves it. A mouse or pen takes the card anywhere, a finger by its
// grip, since elsewhere it scrolls; every card has selects for the same. What moves is a light copy: the board stays as it is.

import { useEffect } from "../../vendor/preact.js";
import { group, move } from "./actions.js";

const FAR = 8; // pixels before a press is a drag
const EDGE = 64, FASTEST = 18; // near the upper or lower edge the board scrolls: from how many pixels, and how many a frame

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
  if (!card || down.button || !down.isPrimary || !mayTake(down)) return;
  const listening = new AbortController(), on = (name, act) => addEventListener(name, act, { signal: listening.signal, capture: true });
  let drag = null;
  const stop = () => {
    listening.abort();
    drag?.end();
  };
  on("pointermove", (event) => {
    if (event.pointerId !== down.pointerId) return;
    if (!drag && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > FAR) drag = carry(card, down);
    drag?.to(event);
  });
  on("pointerup", (event) => {
    if (event.pointerId !== down.pointerId) return;
    const onto = drag?.target()?.dataset;
    stop();
    if (!drag) return;
    addEventListener("click", swallow, { capture: true, once: true }); // letting go must not open the card
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    if (onto?.idea) group(card.dataset.idea, onto.idea);
    else if (onto?.dropTheme) move(card.dataset.idea, onto.dropTheme);
  });
  on("pointercancel", stop);
  on("selectstart", (event) => event.preventDefault()); // a rule of CSS for it would have every card styled anew
  on("keydown", (event) => event.key === "Escape" && stop());
}

function mayTake({ target, pointerType }) {
  if (target.closest("[data-grip]")) return true;
  return pointerType !== "touch" && !target.closest("input, textarea, select, .inside, .edit");
}

/** Carry a copy of the card: to(event) once a frame at most, target() is what it is over, end() puts it away. */
function carry(card, { clientX, clientY }) {
  const ghost = copyOf(card), board = card.closest(".work");
  const area = board.getBoundingClientRect();
  let at = { x: clientX, y: clientY }, over = null, frame = 0;

  function draw() {
    frame = 0;
    ghost.style.transform = `translate3d(${at.x - clientX}px, ${at.y - clientY}px, 0) rotate(-1.2deg)`;
    const speed = at.x > area.left && at.x < area.right ? pull(at.y, area) : 0, before = board.scrollTop;
    board.scrollTop += speed;
    hover(under(at, card));
    if (board.scrollTop !== before) frame = requestAnimationFrame(draw);
  }

  function hover(found) {
    if (found === over) return;
    over?.classList.remove("target");
    over = found;
    over?.classList.add("target");
  }

  return {
    to(event) {
      at = { x: event.clientX, y: event.clientY };
      frame ||= requestAnimationFrame(draw);
    },
    target: () => under(at, card),
    end() {
      cancelAnimationFrame(frame);
      hover(null);
      ghost.remove();
      card.classList.remove("drag");
    },
  };
}

function copyOf(card) {
  const { left, top, width } = card.getBoundingClientRect(), ghost = document.createElement("div");
  ghost.className = "idea ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.textContent = card.querySelector("h3").textContent;
  Object.assign(ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  document.body.append(ghost);
  card.classList.add("drag");
  return ghost;
}

/** By how much the board scrolls in a frame: the nearer the edge, the faster. */
function pull(y, { top, bottom }) {
  const above = top + EDGE - y, below = y - (bottom - EDGE), share = Math.min(1, Math.max(above, below) / EDGE);
  return share > 0 ? Math.ceil(share * FASTEST) * (above > below ? -1 : 1) : 0;
}

function under({ x, y }, card) {
  const found = document.elementFromPoint(x, y)?.closest("[data-idea], [data-drop-theme]");
  return found === card ? null : found ?? null;
}

function swallow(event) {
  event.stopPropagation();
  event.preventDefault();
}
