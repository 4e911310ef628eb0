// Organisations light up as their people arrive. The newest come first; what has no room is counted.

import { html, useEffect, useLayoutEffect, useRef, useState } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { onRoomChanged } from "./fit.js";
import { nameOf, room } from "./room.js";

/** People in all, and chips of organisations in as many lines as there is room for. */
export function Arrivals() {
  const { joined = 0, organisations = [] } = room.state.get("room") ?? {};
  const chips = useOrder(organisations), [box, shown] = useRoomFor(chips);
  const rest = chips.slice(shown), here = rest.filter((one) => one.joined).length, missing = rest.length - here;
  return html`<footer class="arrivals" ref=${box} aria-label=${t("Who is here")}>
    <p class="total"><b key=${joined}>${joined}</b> ${tn("person joined", "people joined", joined)}</p>
    ${chips.slice(0, shown).map((one) => html`<span key=${one.id ?? "none"} class=${`org ${one.joined ? "on" : ""}`}>${nameOf(one)}${one.joined ? html` <b>${one.joined}</b>` : ""}</span>`)}
    ${here > 0 && html`<span class="org on">${t("+ %(n)s more here", { n: here })}</span>`}
    ${missing > 0 && html`<span class="org">${t("+ %(n)s on their way", { n: missing })}</span>`}
  </footer>`;
}

/** Those here before those awaited; of those here, the one that somebody joined last comes first. */
function useOrder(organisations) {
  const seen = useRef(new Map()), turn = useRef(0);
  for (const { id, joined } of organisations) {
    const before = seen.current.get(id);
    if (before?.joined !== joined) seen.current.set(id, { joined, turn: before && joined > before.joined ? (turn.current += 1) : (before?.turn ?? 0) });
  }
  const rank = (one) => (one.joined ? 1 + seen.current.get(one.id).turn : 0);
  return organisations.map((one, i) => [one, i]).sort(([a, i], [b, j]) => rank(b) - rank(a) || i - j).map(([one]) => one);
}

/** [ref, how many chips fit]: all at first, then fewer until nothing overflows. */
function useRoomFor(chips) {
  const box = useRef(null), [held, hold] = useState({ key: "", shown: Infinity });
  const key = `${chips.map((one) => nameOf(one) + one.joined).join()}`;
  const shown = held.key === key ? held.shown : chips.length;
  useLayoutEffect(() => {
    const overflows = box.current.scrollHeight > box.current.clientHeight + 1;
    if (overflows && shown > 0) hold({ key, shown: shown - 1 });
    else if (held.key !== key) hold({ key, shown });
  });
  useEffect(() => onRoomChanged(box.current, () => hold({ key: "", shown: Infinity })), []);
  return [box, Math.min(shown, chips.length)];
}
