// Ideas that look alike are suggested side by side, one pair at a time. The machine groups nothing: it is said which text leads.

import { html, signal, useEffect, useRef } from "../../vendor/preact.js";
import { createIndex } from "../alike.js";
import { t, tn } from "../i18n.js";
import { room } from "../screen/room.js";
import { evidence } from "../screen/words.js";
import { announce, Button } from "../ui.js";
import { run } from "./act.js";
import { group } from "./actions.js";

const WAIT_MS = 60; // several ideas that come together are compared together
const suggested = signal([]); // [[idea, other, score]] of the theme looked at, dismissed ones too

export function Alike({ ideas }) {
  useSuggestions(ideas);
  const box = useRef(null), pairs = open(new Map(ideas.map((idea) => [idea.id, idea])));
  if (!pairs.length) return null;
  const [one, other] = pairs[0];
  const settle = async (doing) => {
    if (!(await doing)) return;
    announce(pairs.length > 1 ? t("The next two that look alike") : t("No more that look alike"));
    box.current?.focus();
  };
  const dismiss = () => settle(run("alike.dismiss", { one: one.id, other: other.id, dismissed: true }, t("Not suggested again")));
  return html`<section class="alike" aria-labelledby="alike-title" tabindex="-1" ref=${box}>
    <div class="spread"><h3 id="alike-title">${t("Do these say the same?")}</h3><span class="muted num grow">${tn("%(n)s pair looks alike", "%(n)s pairs look alike", pairs.length)}</span><${Button} kind="small" icon="x" onClick=${dismiss}>${t("Not the same")}<//></div>
    <div class="two">${[[one, other], [other, one]].map(([lead, part]) => html`<${Side} key=${lead.id} idea=${lead} onLead=${() => settle(group(part.id, lead.id))} />`)}</div></section>`;
}

function Side({ idea, onLead }) {
  const about = [idea.by, evidence(idea)].filter(Boolean).join(" · ");
  return html`<article><h4>${idea.title}</h4>${idea.detail && html`<p class="detail">${idea.detail}</p>`}
    <div class="under"><p class="muted">${about || t("No experiences yet")}</p><${Button} kind="small" aria-label=${t("Group under “%(title)s”", { title: idea.title })} onClick=${onLead}>${t("Group under this")}<//></div></article>`;
}

/** The suggested pairs of ideas that stand and that nobody dismissed, on any console. */
function open(standing) {
  const apart = new Set((room.state.get("dismissed")?.pairs ?? []).map((pair) => pair.join(" ")));
  const shown = suggested.value.filter(([a, b]) => standing.has(a) && standing.has(b) && !apart.has(`${a} ${b}`));
  return shown.map(([a, b]) => [standing.get(a), standing.get(b)]);
}

/** Compare the ideas whenever one has come, gone or changed; in slices, so that nothing else waits. */
function useSuggestions(ideas) {
  const index = useRef(null);
  index.current ??= createIndex();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      update(index.current, ideas);
      const found = await index.current.pairs(async () => (await pause(), wanted));
      if (found && wanted) suggested.value = found;
    }, WAIT_MS);
    return () => { wanted = false; clearTimeout(timer); };
  }, [ideas.map((idea) => `${idea.id} ${idea.title}`).join("\n")]);
  useEffect(() => () => { suggested.value = []; }, []);
}

function update(index, ideas) {
  const ids = new Set(ideas.map((idea) => idea.id));
  for (const id of index.ids()) if (!ids.has(id)) index.drop(id);
  for (const idea of ideas) index.put(idea.id, idea.title);
}

// The yield of newer browsers comes back at once; a timer waits 4 ms from the fifth time on.
const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((go) => { setTimeout(go); });
