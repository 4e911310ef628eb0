// What the server lets this page know: one map from key to value (docs/protocol.md), as signals.
// A reader of one key is told of that key alone; a reader of keys(prefix) only of comings and goings.

import { batch, signal } from "../vendor/preact.js";

const LEAP = 5e5; // revisions: the server has gone back to a backup since (store/backup.py), and what is known from before may be gone

/**
 * A fresh, empty state.
 * rev: signal, null before the first snapshot. get(key): value or undefined. keys(prefix), all(prefix): what stands
 * directly under a prefix that ends in "/". apply.snapshot / .changes / .mine: messages of the protocol.
 */
export function createState() {
  const rev = signal(null);
  const cells = new Map(); // key → signal of its value
  const groups = new Map(); // prefix → {names, members, versions}: signals that grow with comings and goings, and with any change

  const cell = (key) => cells.get(key) ?? fresh(cells, key, signal(undefined));
  const group = (prefix) => groups.get(prefix) ?? fresh(groups, prefix, { names: new Set(), members: signal(0), versions: signal(0), found: null });

  function write(key, value) {
    const held = cell(key), before = held.peek();
    if (same(before, value)) return;
    held.value = value;
    const { names, members, versions } = group(prefixOf(key));
    if (value === undefined) names.delete(key); else names.add(key);
    if (before === undefined || value === undefined) members.value += 1;
    versions.value += 1;
  }

  function writeOwn(key, value, now) {
    const held = cell(key).peek();
    if (held && value && held.rev > value.rev && !isPast(held, now)) return;
    write(key, value);
  }

  const each = (set, now) => {
    for (const [key, value] of Object.entries(set ?? {})) (isOwn(key) ? writeOwn : write)(key, value, now);
  };

  const apply = {
    snapshot: (message) => batch(() => {
      const incoming = { ...message.set, ...message.mine };
      // Own entries are never deleted but by a restore, and an answer may have brought a newer one than this was read from.
      for (const [key, held] of cells) {
        if (!(key in incoming) && (!isOwn(key) || isPast(held.peek(), message.rev))) write(key, undefined);
      }
      each(incoming, message.rev);
      rev.value = message.rev;
    }),
    changes: (message) => batch(() => {
      if (message.rev < rev.peek()) return;
      each(message.set);
      for (const key of message.gone ?? []) write(key, undefined);
      rev.value = message.rev;
    }),
    mine: (message) => batch(() => each(message.set)),
  };

  return {
    rev,
    apply,
    get: (key) => cell(key).value,
    peek: (key) => cells.get(key)?.peek(),
    keys(prefix) {
      const { names, members } = group(prefix);
      members.value; // read, so that the reader is told of comings and goings
      return [...names];
    },
    all(prefix) {
      const held = group(prefix), at = held.versions.value;
      if (held.found?.at !== at) held.found = { at, values: [...held.names].map((key) => cells.get(key).peek()) };
      return held.found.values;
    },
  };
}

const isOwn = (key) => key.startsWith("mine/");
const isPast = (held, now) => held && now - held.rev > LEAP;
const prefixOf = (key) => key.slice(0, key.lastIndexOf("/") + 1);

// Values are plain JSON made by one encoder, so equal values have equal text: a resync redraws nothing that stayed.
const same = (a, b) => a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

function fresh(map, key, value) {
  map.set(key, value);
  return value;
}
