// What the server put into the page: #boot, which everybody gets, and #own, the rest of the first snapshot.

const read = (id) => JSON.parse(globalThis.document?.getElementById(id)?.textContent ?? "{}");
const { set, ...common } = read("boot");

/** {role, code, locale, strings, snapshot, join, version, …}; empty outside a page (tests). */
export const boot = set ? { ...common, snapshot: { ...read("own"), set } } : common;
