// All that was done, by whom and when, each with undo.

import { html, signal, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { room } from "../screen/room.js";
import { Button, Icon } from "../ui.js";
import { Entries } from "./log.js";

const open = signal(false);

/** The way to the whole log. */
export function AllOfIt() {
  return html`<${Button} kind="small quiet" icon="file" onClick=${() => { open.value = true; }}>${t("Everything that was done")}<//>`;
}

export function History() {
  return open.value && html`<${Opened} />`;
}

function Opened() {
  const dialog = useRef(null), [entries, failed] = useEntries(), close = () => dialog.current.close();
  useEffect(() => dialog.current.showModal(), []);
  return html`<dialog class="dialog history" ref=${dialog} aria-labelledby="history-title" onClose=${() => { open.value = false; }}>
    <div class="spread"><h2 id="history-title">${t("Everything that was done")}</h2>
      <button type="button" class="button quiet icon-only" onClick=${close}><${Icon} name="x" label=${t("Close")} /></button></div>
    ${failed && html`<p class="error" role="alert"><${Icon} name="alert" />${t("The log could not be fetched. It is tried again with the next change.")}</p>`}
    ${entries?.length === 0 && html`<p class="muted">${t("What you change is listed here and can be undone.")}</p>`}
    <div class="scroll" tabindex="0" role="region" aria-labelledby="history-title">${entries && html`<${Entries} entries=${entries} />`}</div></dialog>`;
}

/** The entries, fetched anew whenever something more is done: [entries or null, whether the last try failed]. */
function useEntries() {
  const [found, setFound] = useState([null, false]), latest = JSON.stringify(room.state.get("log"));
  useEffect(() => {
    let wanted = true;
    fetchAll().then((entries) => wanted && setFound([entries, false]), () => wanted && setFound(([before]) => [before, true]));
    return () => { wanted = false; };
  }, [latest]);
  return found;
}

async function fetchAll() {
  const answer = await fetch(`/console/${room.code}/log`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).entries;
}
