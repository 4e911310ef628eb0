// The practice as this page knows it. What is typed waits in the outbox (kept in this browser) until the server has it;
// every two seconds the page asks what others have changed. A conflict is the server's word, never guessed here.

import { computed, signal } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { newId } from "../ids.js";
import { createOutbox } from "../outbox.js";
import { get, post } from "./line.js";

const PAUSE_MS = 900, ASK_MS = 2000, NOTHING = { text: "", tags: [], owner: "", rev: 0 };
const page = newId();
const byKey = (rows, key) => new Map(rows.map((row) => [row[key], row]));

export const practice = signal(boot.practice);
export const said = signal(boot.said);
export const here = signal([]); // other pages: {name, section}
export const focused = signal(""); // the section with the cursor
export const online = signal("live");
export const signedOut = signal(false);
const fields = signal(byKey(boot.fields ?? [], "section"));
const measureRows = signal(byKey(boot.measures ?? [], "id"));
const past = signal(new Map()); // section → what stood before our own changes, the latest last
const rebased = new Map(); // "key/rev" that we wrote upon → the revision that our change got
let room = null;

export const frozen = computed(() => practice.value.state === "frozen");
export const labels = boot.labels ?? {};

/** What stands in a section, as saved. */
export const standing = (section) => fields.value.get(section) ?? { ...NOTHING, section, text: section === "title" ? practice.value.title : "" };

export const outbox = createOutbox({ code: `practice/${boot.practice?.id}`, participant: boot.me?.id, send, live: online });

/** What is to be seen in a section: what is being typed, else what stands. */
export const shown = (section) => (frozen.value ? null : outbox.items.value.find((item) => item.key === section)?.body) ?? standing(section);

/** Texts that came too late: the version was frozen before they arrived. */
export const late = computed(() => (frozen.value ? outbox.items.value.filter((item) => item.kind === "field") : []));

/** Change a section: `changes` to its text, tags or owner. */
export function edit(section, changes, { base, delay = PAUSE_MS } = {}) {
  const { text, tags, owner, base: before } = shown(section);
  outbox.put("field", section, "field", { section, text, tags, owner, ...changes, base: base ?? before ?? standing(section).rev }, { delay });
}

/** The measures that stand or are being typed, in order. */
export const measures = computed(() => {
  const typed = outbox.items.value.filter((item) => item.kind === "measure").map((item) => item.body);
  const rows = new Map([...measureRows.value, ...typed.map((body) => [body.id, { state: "active", position: 1e9, ...measureRows.value.get(body.id), ...body }])]);
  return [...rows.values()].filter((row) => row.state === "active").sort((a, b) => a.position - b.position);
});

/** What a measure is called. */
export const nameOf = (measure) => measure.name || labels.kpis[measure.kpi] || "";

/** Add a measure, or change one. */
export function editMeasure(id, changes, { delay = PAUSE_MS } = {}) {
  const row = measures.value.find((one) => one.id === id);
  const { kpi = "", name = "", unit = "", baseline = null, target = null, source = "", owner = "", rev = 0, base = rev } = row ?? {};
  outbox.put("measure", `measure:${id}`, "measure", { measure: id, id, kpi, name, unit, baseline, target, source, owner, base, ...changes }, { delay });
}

export async function removeMeasure(id) {
  outbox.discard(`measure:${id}`);
  if (!measureRows.value.has(id)) return { ok: true };
  const answer = await post(`measures/${id}/remove`, {});
  if (answer.ok) takeMeasures([answer.measure]);
  return answer;
}

/** Whether a section is filled, and by whom does not matter. */
export function complete(section) {
  const { text, tags, owner } = shown(section);
  const own = { measures: measures.value.length, owner: owner.trim() }[section];
  return Boolean(said.value.sources[section]?.length || text.trim() || tags.length || own);
}

export const missing = computed(() => labels.sections.filter((section) => !complete(section)));

/** Take back our last change of a section; nothing is forgotten by that. */
export function undo(section) {
  const before = past.value.get(section)?.at(-1);
  if (!before) return;
  past.value = new Map(past.value).set(section, past.value.get(section).slice(0, -1));
  edit(section, before, { delay: 0 });
}

export const canUndo = (section) => Boolean(past.value.get(section)?.length);

/** Let an earlier wording stand again; what is being typed in its section gives way. */
export async function restore({ id, section }) {
  const { rev } = standing(section), answer = await post("restore", { wording: id, base: rev });
  if (answer.ok) {
    outbox.discard(section);
    saved(answer.field, section, rev);
  }
  return answer;
}

/** End a conflict: with my words, theirs, or both; `base` is what stands now. */
export function settle(section, text, theirs) {
  const mine = shown(section);
  takeFields([theirs]);
  outbox.discard(section);
  if (text === null) return;
  edit(section, { text, tags: [...new Set([...theirs.tags, ...mine.tags])], owner: mine.owner || theirs.owner }, { base: theirs.rev, delay: 0 });
}

/** Put what the server says of a change in place. */
export function take({ practice: kept, fields: rows, measures: figures }) {
  if (kept && kept.rev >= practice.peek().rev) practice.value = kept;
  if (rows?.length) takeFields(rows);
  if (figures?.length) takeMeasures(figures);
}

async function send(command, { id: _command, ...body }) {
  const key = command === "field" ? body.section : `measure:${body.measure}`;
  const base = newest(key, body.base);
  const answer = command === "field" ? await post(`fields/${body.section}`, { ...body, base }) : await post(`measures/${body.measure}`, { ...body, base });
  noticed(answer);
  if (answer.ok && command === "field") saved(answer.field, key, base);
  else if (answer.ok) { rebased.set(`${key}/${base}`, answer.measure.rev); takeMeasures([answer.measure]); }
  return answer;
}

function noticed({ error }) {
  online.value = error?.code === "offline" ? "away" : "live";
  signedOut.value = error?.code === "not_signed_in";
}

/** The revision that a text written upon `base` stands on by now, as far as the changes since were our own. */
function newest(key, base) {
  let found = base;
  while (rebased.has(`${key}/${found}`) && rebased.get(`${key}/${found}`) !== found) found = rebased.get(`${key}/${found}`);
  return found;
}

function saved(field, key, base) {
  const before = standing(key);
  if (before.text !== field.text) past.value = new Map(past.peek()).set(key, [...(past.peek().get(key) ?? []), { text: before.text, tags: before.tags, owner: before.owner }]);
  rebased.set(`${key}/${base}`, field.rev);
  takeFields([field]);
}

function takeFields(rows) {
  const next = new Map(fields.peek());
  for (const row of rows) if (row.rev >= (next.get(row.section)?.rev ?? 0)) next.set(row.section, row);
  fields.value = next;
  const title = next.get("title");
  if (title) practice.value = { ...practice.peek(), title: title.text };
}

function takeMeasures(rows) {
  const next = new Map(measureRows.peek());
  for (const row of rows) if (row.rev >= (next.get(row.id)?.rev ?? 0)) next.set(row.id, row);
  measureRows.value = next;
}

let asking = 0;

/** Ask what has changed, and say that we are here; from then on every two seconds. */
export async function ask() {
  clearTimeout(asking);
  const answer = await get(`state?since=${practice.peek().rev}&page=${page}&section=${focused.peek()}`);
  noticed(answer);
  if (answer.ok) heard(answer);
  asking = setTimeout(() => (document.hidden ? null : ask()), ASK_MS);
}

async function heard(answer) {
  take(answer);
  here.value = answer.here;
  if (room !== null && answer.room !== room) {
    const read = await get("view");
    if (read.ok) said.value = read.said;
  }
  room = answer.room;
}
