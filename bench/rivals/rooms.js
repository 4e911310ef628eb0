"use strict";
// The state of the sessions, and who is in them: what a server has to know whatever it speaks.

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { Page } = require("./page.js");
const { Store, Refused } = require("./store.js");

const TICK = 100; // milliseconds between two deltas of a room at least
const STAFF = ["screen", "console"];

/** One session: what its phones see, what its screens see beside, and at which revision each key last changed. */
class Room {
  constructor(row, set, store) {
    this.id = row.id;
    this.code = row.code;
    this.rev = this.floor = row.rev;
    this.set = set;
    this.of = store.do.people.get(row.id).n;
    this.staff = { room: { here: 0, joined: this.of } };
    this.voters = {};
    for (const key in set) if (key.startsWith("theme/")) this.voters[set[key].id] = new Set();
    for (const { theme_id, participant_id } of store.do.voters.all(row.id)) this.voters[theme_id].add(participant_id);
    for (const theme in this.voters) this.staff[`turnout/${theme}`] = this.turnout(theme);
    this.versions = new Map();
    this.changed = { phone: new Set(), staff: new Set() };
    this.browsers = new Map(); // participant → connections
    this.resting = null;
  }

  turnout(theme) {
    return { theme, round: 1, voted: this.voters[theme].size, of: this.of };
  }

  /** What a role must get that has seen everything up to since; null where only a snapshot will do. */
  since(rev) {
    if (rev === null || rev === undefined || rev < this.floor || rev > this.rev) return null;
    const newer = [...this.versions].filter(([, version]) => version > rev);
    return Object.fromEntries(newer.map(([key]) => [key, this.set[key]]));
  }
}

/** All rooms. broadcast(room, role, event, body) is the transport's. */
class Rooms {
  constructor(folder, { grouped, naive }, broadcast) {
    const { settings, rooms, page } = JSON.parse(fs.readFileSync(path.join(folder, "rooms.json"), "utf8"));
    this.store = new Store(path.join(folder, "workshop.db"), settings, grouped);
    this.page = new Page(page);
    this.naive = naive;
    this.broadcast = broadcast;
    this.rooms = new Map();
    for (const code in rooms) this.rooms.set(code, new Room(this.store.do.session.get(code), rooms[code], this.store));
  }

  // -- who ---------------------------------------------------------------------------------------

  /** The one behind the cookies, for a connection. Throws Refused. */
  admit(cookieHeader, auth) {
    const cookies = parsed(cookieHeader);
    const session = this.store.do.session.get(auth.session);
    const room = session && this.rooms.get(session.code);
    if (!room) throw new Refused("not_signed_in");
    if (STAFF.includes(auth.role)) return { room, role: auth.role, who: this.account(cookies.account) };
    return { room, role: "phone", who: this.participant(session, cookies) };
  }

  participant(session, cookies) {
    const found = this.store.do.byPass.get(hashed(cookies[`p-${session.code}`] ?? ""), session.id);
    if (!found) throw new Refused("not_signed_in");
    return found.id;
  }

  account(token) {
    const signin = hashed(token ?? "");
    if (!this.store.do.signedIn.get(signin, Date.now())) throw new Refused("not_signed_in");
    return signin;
  }

  // -- coming and going ----------------------------------------------------------------------------

  /** What one who comes gets first: a list of [event, body]. */
  enter({ room, role, who }, connection, since) {
    if (role !== "phone") return [["snapshot", { rev: room.rev, now: Date.now(), set: { ...room.set, ...room.staff }, mine: {} }]];
    const browsers = room.browsers.get(who);
    if (browsers) browsers.add(connection);
    else room.browsers.set(who, new Set([connection]));
    this.present(room);
    const mine = this.store.mine(who);
    const set = room.since(since);
    if (!set) return [["snapshot", { rev: room.rev, now: Date.now(), set: room.set, mine }]];
    const newer = Object.fromEntries(Object.entries(mine).filter(([, value]) => value.rev > since));
    const changes = ["changes", { rev: room.rev, now: Date.now(), set, gone: [] }];
    return Object.keys(newer).length ? [changes, ["mine", { set: newer }]] : [changes];
  }

  leave({ room, role, who }, connection) {
    const browsers = role === "phone" && room.browsers.get(who);
    if (!browsers) return;
    browsers.delete(connection);
    if (!browsers.size) room.browsers.delete(who);
    this.present(room);
  }

  present(room) {
    room.staff.room = { here: room.browsers.size, joined: room.of };
    this.touch(room, "staff", "room");
  }

  // -- commands ----------------------------------------------------------------------------------------

  /** Carry out a command; answer(body) after the commit, tell(connection, event, body) for one's other browsers. */
  command(bound, connection, name, body, answer, tell) {
    const work = this.work(bound, name, body);
    if (!work) return answer({ ok: false, error: { code: "forbidden" } });
    this.store.write(work, (error, done) => {
      if (error) return answer({ ok: false, error: { code: error instanceof Refused ? error.message : "not_saved" } });
      answer({ ok: true, ...done });
      this.apply(bound, name, body, done);
      for (const other of bound.room.browsers.get(bound.who) ?? []) if (other !== connection) tell(other, "mine", { set: done.set });
    });
  }

  work({ room, role, who }, name, body) {
    if (role === "phone" && name === "ballot.put") return () => this.store.vote(who, body);
    if (role === "console" && name === "idea.edit") return () => this.store.edit(who, room.id, body);
    return null;
  }

  apply({ room, who }, name, body, { rev }) {
    room.rev = Math.max(room.rev, rev);
    if (name === "ballot.put") return this.voted(room, body.theme, who);
    const key = `idea/${body.idea}`;
    room.set[key] = { ...room.set[key], title: body.title, detail: body.detail };
    room.versions.set(key, rev);
    this.touch(room, "phone", key);
  }

  voted(room, theme, who) {
    const voters = room.voters[theme];
    if (voters.has(who) && !this.naive) return;
    voters.add(who);
    room.staff[`turnout/${theme}`] = room.turnout(theme);
    if (this.naive) this.everybody(room, { [`turnout/${theme}`]: room.turnout(theme) });
    else this.touch(room, "staff", `turnout/${theme}`);
  }

  // -- telling ----------------------------------------------------------------------------------------

  /** The key has changed for phones and staff, or for staff alone: told now, or when the room's rest is over. */
  touch(room, audience, key) {
    room.changed[audience].add(key);
    room.resting ??= setTimeout(() => this.tick(room), 0);
  }

  tick(room) {
    const { phone, staff } = room.changed;
    if (!phone.size && !staff.size) {
      room.resting = null;
      return;
    }
    room.changed = { phone: new Set(), staff: new Set() };
    const common = Object.fromEntries([...phone].map((key) => [key, room.set[key]]));
    const more = Object.fromEntries([...staff].map((key) => [key, room.staff[key]]));
    if (phone.size) this.broadcast(room, "phone", "changes", this.changes(room, common));
    for (const role of STAFF) this.broadcast(room, role, "changes", this.changes(room, { ...common, ...more }));
    room.resting = setTimeout(() => this.tick(room), TICK);
  }

  everybody(room, set) {
    for (const role of ["phone", ...STAFF]) this.broadcast(room, role, "changes", this.changes(room, set));
  }

  changes(room, set) {
    return { rev: room.rev, now: Date.now(), set, gone: [] };
  }

  // -- the page ----------------------------------------------------------------------------------------

  /** Answer a GET of /CODE as the phone's page. */
  serve(request, response) {
    try {
      const code = request.url.slice(1);
      const session = this.store.do.session.get(code);
      const room = this.rooms.get(code);
      if (!session || !room) return void response.writeHead(404).end();
      const who = this.participant(session, parsed(request.headers.cookie));
      this.page.send(response, room, { rev: room.rev, now: Date.now(), mine: this.store.mine(who) });
    } catch (error) {
      response.writeHead(error instanceof Refused ? 403 : 500).end();
    }
  }
}

const hashed = (token) => crypto.createHash("sha256").update(token).digest("hex");

function parsed(header = "") {
  return Object.fromEntries(header.split("; ").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
}

/** What the command line says: the folder, then any of "grouped" and "naive". */
function options([folder, ...words]) {
  return { folder, grouped: words.includes("grouped"), naive: words.includes("naive") };
}

/** Listen on a free loopback port and say which. */
function listen(server) {
  server.listen(0, "127.0.0.1", 1024, () => console.log(server.address().port));
}

module.exports = { Rooms, Refused, options, listen };
