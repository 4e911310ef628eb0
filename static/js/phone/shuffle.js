// An order of one's own: fair to every idea over the room, and the same at every look.

/** `ids` in an order that depends on `seed` and each id alone, so that one more idea moves no other. */
export function shuffled(ids, seed) {
  return ids.map((id) => [hash(`${seed}/${id}`), id]).sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)).map(([, id]) => id);
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, with murmur3's final mixing so that near-equal texts fall far apart. */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
