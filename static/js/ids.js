// Ids made here, of the same shape as the server's: they sort by time.

/** 12 hex digits of milliseconds, 20 of chance: an idea, an experience, a command. */
export function newId(at = Date.now()) {
  const chance = crypto.getRandomValues(new Uint8Array(10));
  return at.toString(16).padStart(12, "0") + [...chance].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
