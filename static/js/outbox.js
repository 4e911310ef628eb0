// Keeps what a person typed until the server has it. One waiting item per key: the newest version of an idea, the
// whole ballot of a theme. Every version has its own command id and keeps it for every try, so nothing counts twice.

import { effect, signal } from "../vendor/preact.js";
import { newId } from "./ids.js";

const RETRY = new Set(["offline", "not_saved", "too_many", "not_signed_in", "sent_out"]); // the text is fine: the server will take it later
const RETRY_MS = 2000;

/**
 * The outbox of one participant in one session.
 * send(command, body): promise of an ack; live: signal, "live" while sending makes sense; storage: like localStorage.
 */
export function createOutbox({ code, participant, send, live, storage = browserStorage() }) {
  const place = `workshop:${code}:${participant}:`;
  const kept = signal(Boolean(storage)); // false: this browser forgets with the tab
  const items = signal(load(storage, place)); // [{key, kind, command, body, id, due, error}] in the order of sending
  const drafts = new Map();
  let flying = null, timer = 0, resting = 0; // until when the server asked for patience, whatever waits

  function keep(name, value) {
    try {
      if (value === null) storage?.removeItem(place + name);
      else storage?.setItem(place + name, JSON.stringify(value));
    } catch {
      kept.value = false; // full or forbidden: memory still holds it, and the page says so
    }
  }

  function write(item) {
    const at = items.peek().findIndex((held) => held.key === item.key);
    const order = at < 0 ? newId() : items.peek()[at].order; // a newer version keeps its place in the line
    const placed = { ...item, order };
    items.value = at < 0 ? [...items.peek(), placed] : items.peek().map((held) => (held.key === item.key ? placed : held));
    keep(`item:${item.key}`, placed);
  }

  /** Keep `body` under `key` and send it, after `delay` ms in which a newer version may replace it. */
  function put(kind, key, command, body, { delay = 0 } = {}) {
    write({ kind, key, command, body, id: newId(), due: Date.now() + delay });
    pump();
  }

  /** Forget the waiting item of `key`, its text too; not what another tab has put there since. */
  function discard(key) {
    const held = items.peek().find((item) => item.key === key), name = `item:${key}`;
    items.value = items.peek().filter((item) => item !== held);
    if (read(storage, place + name)?.id === held?.id) keep(name, null);
  }

  /** Send an item again that the server had refused; without `key` those whose refusal had `code`. */
  function retry(key, code) {
    for (const { error, ...item } of items.peek()) {
      if (error && (item.key === key || error.code === code)) write({ ...item, id: newId(), due: 0 });
    }
    pump();
  }

  function pump() {
    clearTimeout(timer);
    if (flying || live.peek() !== "live") return;
    const waiting = items.peek().filter((item) => !item.error);
    if (!waiting.length) return;
    const now = Date.now(), ready = resting <= now && waiting.find((item) => item.due <= now);
    if (ready) fly(ready);
    else timer = setTimeout(pump, Math.max(resting, Math.min(...waiting.map((item) => item.due))) - now);
  }

  async function fly(item) {
    flying = item.id;
    const ack = await send(item.command, { id: item.id, ...item.body });
    flying = null;
    settle(item, ack);
    pump();
  }

  function settle(sent, ack) {
    if (ack.error?.code === "too_many") resting = Date.now() + ack.error.wait * 1000;
    const held = items.peek().find((item) => item.key === sent.key);
    if (held?.id !== sent.id) return; // a newer version took its place meanwhile: that one goes next
    if (ack.ok) return discard(sent.key);
    const { code, wait } = ack.error;
    if (RETRY.has(code)) write({ ...held, tried: true, due: Date.now() + (wait ? wait * 1000 : RETRY_MS) });
    else write({ ...held, error: ack.error });
  }

  /** "saved" | "saving" | "waiting" | "error" of `key`; reading it inside a component or an effect follows it. */
  function status(key) {
    const item = items.value.find((held) => held.key === key);
    if (!item) return "saved";
    if (item.error) return "error";
    return live.value === "live" && !item.tried ? "saving" : "waiting";
  }

  /** A signal that survives reload: what is being typed under `key`. `null` forgets it. */
  function draft(key, initial = null) {
    if (!drafts.has(key)) drafts.set(key, draftSignal(key, initial));
    return drafts.get(key);
  }

  function draftSignal(key, initial) {
    const name = `draft:${key}`, text = signal(read(storage, place + name) ?? initial);
    let first = true;
    effect(() => {
      const value = text.value;
      if (!first) keep(name, value);
      first = false;
    });
    return text;
  }

  effect(() => { if (live.value === "live") pump(); });
  return { put, discard, retry, status, draft, items, kept, error: (key) => items.value.find((item) => item.key === key)?.error ?? null };
}

function load(storage, place) {
  const found = Object.keys(storage ?? {}).filter((name) => name.startsWith(`${place}item:`)).map((name) => read(storage, name));
  return found.filter(Boolean).map((item) => ({ ...item, due: 0 })).sort((a, b) => (a.order < b.order ? -1 : 1));
}

function read(storage, name) {
  try {
    return JSON.parse(storage?.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

function browserStorage() {
  try {
    localStorage.setItem("workshop:probe", "1");
    localStorage.removeItem("workshop:probe");
    return localStorage;
  } catch {
    return null;
  }
}
