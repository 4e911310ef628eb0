// Ideas that look alike are suggested, never grouped by the machine.

import { html, signal, useMemo } from "../../vendor/preact.js";
import { list, t } from "../i18n.js";
import { likeness } from "../text.js";
import { Button } from "../ui.js";
import { group } from "./actions.js";

const ALIKE = 0.5;
const MOST = 150; // comparing every idea with every other: beyond this it would be felt
const apart = signal(new Set()); // pairs that the facilitator said are not alike

export function Alike({ ideas }) {
  const key = ideas.map((idea) => idea.id + idea.title).join("\n");
  const pairs = useMemo(() => alike(ideas.slice(-MOST)), [key]);
  const pair = pairs.find(([a, b]) => !apart.value.has(`${a.id} ${b.id}`));
  if (!pair) return null;
  const [a, b] = pair, dismiss = () => { apart.value = new Set([...apart.value, `${a.id} ${b.id}`]); };
  return html`<div class="alike"><p>${t("These look alike: %(pair)s", { pair: list([`“${a.title}”`, `“${b.title}”`]) })}</p>
    <${Button} kind="small" onClick=${() => group(b.id, a.id)}>${t("Group")}<//><${Button} kind="small" onClick=${dismiss}>${t("Not alike")}<//></div>`;
}

function alike(ideas) {
  const pairs = [];
  ideas.forEach((a, i) => ideas.slice(i + 1).forEach((b) => {
    const score = likeness(a.title, b.title);
    if (score >= ALIKE) pairs.push([a, b, score]);
  }));
  return pairs.sort((x, y) => y[2] - x[2]);
}
