"use strict";
// What a command is, on the product's own tables: the same rows read, the same rules, the same rows written.

const crypto = require("node:crypto");
const Database = require("better-sqlite3");

const GATHER = 2; // milliseconds to wait for company before a commit
const BATCH = 500; // commands in one commit at most

const SQL = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  savepoint: "SAVEPOINT job",
  back: "ROLLBACK TO job",
  release: "RELEASE job",
  session: "SELECT * FROM sessions WHERE code = ?",
  byPass: `SELECT p.* FROM passes JOIN participants p ON p.id = passes.participant_id
           WHERE passes.token_hash = ? AND p.session_id = ?`,
  signedIn: "SELECT a.* FROM signins s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = ? AND s.expires_at > ?",
  participant: "SELECT * FROM participants WHERE id = ?",
  organisation: "SELECT * FROM organisations WHERE id = ?",
  ideasOf: "SELECT * FROM ideas WHERE participant_id = ? ORDER BY created_at, id",
  experiencesOf: "SELECT * FROM experiences WHERE participant_id = ? ORDER BY created_at, id",
  ballotsOf: "SELECT * FROM ballots WHERE participant_id = ?",
  choicesOf: "SELECT * FROM choices WHERE participant_id = ?",
  voters: "SELECT theme_id, participant_id FROM ballots WHERE session_id = ?",
  people: "SELECT COUNT(*) AS n FROM participants WHERE session_id = ?",
  answer: "SELECT answer FROM answers WHERE actor = ? AND command_id = ?",
  keep: "INSERT INTO answers (actor, command_id, answer, at) VALUES (?, ?, ?, ?)",
  bump: "UPDATE sessions SET rev = rev + 1 WHERE id = ? RETURNING rev",
  poll: `SELECT t.phase AS own_phase, s.phase AS session_phase, t.round, s.method, s.ballot_size
         FROM themes t JOIN sessions s ON s.id = t.session_id WHERE t.id = ? AND t.session_id = ?`,
  votable: "SELECT id FROM ideas WHERE theme_id = ? AND state = 'active' AND merged_into IS NULL",
  ballot: `INSERT INTO ballots (theme_id, participant_id, round, session_id, rev, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (theme_id, participant_id, round) DO UPDATE SET rev = excluded.rev, updated_at = excluded.updated_at`,
  chosen: "SELECT idea_id, value FROM choices WHERE theme_id = ? AND participant_id = ? AND round = ?",
  unchoose: "DELETE FROM choices WHERE theme_id = ? AND participant_id = ? AND round = ? AND idea_id = ?",
  choose: `INSERT INTO choices (theme_id, participant_id, round, idea_id, value) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (theme_id, participant_id, round, idea_id) DO UPDATE SET value = excluded.value`,
  idea: "SELECT * FROM ideas WHERE id = ? AND session_id = ?",
  saveIdea: "UPDATE ideas SET title = ?, detail = ?, rev = ?, updated_at = ? WHERE id = ?",
  log: `INSERT INTO log (id, session_id, rev, at, actor, action, subject, before, after, undone_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
};

class Refused extends Error {}

class Store {
  /** settings: the PRAGMAs of the product's own connection. */
  constructor(file, settings, grouped) {
    this.db = new Database(file, { timeout: 5000 });
    for (const setting of settings) this.db.pragma(setting);
    this.do = Object.fromEntries(Object.entries(SQL).map(([name, sql]) => [name, this.db.prepare(sql)]));
    this.do.votable.pluck();
    this.waiting = [];
    this.timer = null;
    this.write = grouped ? this.gather : this.writeNow;
  }

  /** Run work in a transaction of its own; done(error, answer) after the commit. */
  writeNow(work, done) {
    let answer;
    this.do.begin.run();
    try {
      answer = work();
      this.do.commit.run();
    } catch (error) {
      this.do.rollback.run();
      return done(error);
    }
    done(null, answer);
  }

  /** Run work with what else comes within a moment: one transaction, a savepoint for each. */
  gather(work, done) {
    this.waiting.push({ work, done, error: null, answer: null });
    this.timer ??= setTimeout(() => this.flush(), GATHER);
  }

  flush() {
    this.timer = null;
    while (this.waiting.length) {
      const batch = this.waiting.splice(0, BATCH);
      this.do.begin.run();
      batch.forEach((job) => this.attempt(job));
      this.do.commit.run();
      batch.forEach((job) => job.done(job.error, job.answer));
    }
  }

  attempt(job) {
    this.do.savepoint.run();
    try {
      job.answer = job.work();
    } catch (error) {
      job.error = error;
      this.do.back.run();
    }
    this.do.release.run();
  }

  /** The answer kept for the actor's command, or that of work, then kept. */
  once(actor, command, at, work) {
    const kept = this.do.answer.get(actor, command.id);
    if (kept) return JSON.parse(kept.answer);
    const answer = work();
    this.do.keep.run(actor, command.id, JSON.stringify(answer), at);
    return answer;
  }

  // -- commands --------------------------------------------------------------------------------

  /** A participant's whole ballot in a theme. */
  vote(participant, command) {
    checkBallot(command);
    const who = this.do.participant.get(participant);
    if (!who) throw new Refused("not_signed_in");
    const at = Date.now();
    return this.once(who.id, command, at, () => this.putBallot(who, command, at));
  }

  putBallot(who, { theme, round, choices }, at) {
    const poll = this.do.poll.get(theme, who.session_id);
    if (!poll) throw new Refused("not_found");
    if ((poll.own_phase ?? poll.session_phase) !== "vote" || poll.round !== round) throw new Refused("vote_closed");
    this.checkChoices(poll, new Set(this.do.votable.all(theme)), choices);
    const { rev } = this.do.bump.get(who.session_id);
    this.do.ballot.run(theme, who.id, round, who.session_id, rev, at, at);
    this.putChoices(theme, who.id, round, choices);
    return { rev, set: { [`mine/ballot/${theme}`]: { rev, theme, round, choices, at } } };
  }

  checkChoices(poll, votable, choices) {
    const ideas = Object.keys(choices);
    if (!ideas.every((idea) => votable.has(idea))) throw new Refused("foreign_idea");
    if (poll.method === "agree") return;
    if (ideas.some((idea) => choices[idea] !== 1)) throw new Refused("invalid");
    const formula = Math.min(5, Math.max(3, Math.ceil(votable.size / 4)));
    if (ideas.length > Math.min(votable.size, poll.ballot_size ?? formula)) throw new Refused("over_budget");
  }

  putChoices(theme, who, round, choices) {
    const stored = new Map(this.do.chosen.all(theme, who, round).map((row) => [row.idea_id, row.value]));
    for (const idea of stored.keys()) if (!(idea in choices)) this.do.unchoose.run(theme, who, round, idea);
    for (const idea in choices) {
      if (stored.get(idea) !== choices[idea]) this.do.choose.run(theme, who, round, idea, choices[idea]);
    }
  }

  /** The facilitator's change of an idea, with its line in the log. */
  edit(signin, session, command) {
    const at = Date.now();
    const account = this.do.signedIn.get(signin, at);
    if (!account) throw new Refused("not_signed_in");
    return this.once(`${account.id}/${session}`, command, at, () => {
      const idea = this.do.idea.get(command.idea, session);
      if (!idea) throw new Refused("not_found");
      const { rev } = this.do.bump.get(session);
      this.do.saveIdea.run(command.title, command.detail, rev, at, idea.id);
      const before = JSON.stringify({ ideas: { [idea.id]: { title: idea.title, detail: idea.detail } } });
      const after = JSON.stringify({ title: command.title, detail: command.detail });
      this.do.log.run(crypto.randomUUID(), session, rev, at, account.id, "idea.edit", idea.id, before, after);
      return { rev, set: {} };
    });
  }

  // -- looking ---------------------------------------------------------------------------------

  /** All own entries of a participant, by key. */
  mine(id) {
    const who = this.do.participant.get(id);
    const organisation = who.organisation_id && this.do.organisation.get(who.organisation_id);
    const { rev, name, quote, return_code, done } = who;
    const found = { "mine/me": {
      rev, id, name, quote, return_code, done, organisation: organisation && { id: organisation.id, name: organisation.name },
    } };
    for (const i of this.do.ideasOf.all(id)) {
      found[`mine/idea/${i.id}`] = { rev: i.rev, id: i.id, theme: i.theme_id, title: i.title, detail: i.detail, state: i.state, into: i.merged_into };
    }
    for (const e of this.do.experiencesOf.all(id)) {
      found[`mine/experience/${e.id}`] = { rev: e.rev, id: e.id, idea: e.idea_id, kind: e.kind, text: e.text, state: e.state };
    }
    this.addBallots(found, id);
    return found;
  }

  addBallots(found, id) {
    const choices = {};
    for (const c of this.do.choicesOf.all(id)) (choices[`${c.theme_id}/${c.round}`] ??= {})[c.idea_id] = c.value;
    for (const b of this.do.ballotsOf.all(id).sort((one, other) => one.round - other.round)) {
      found[`mine/ballot/${b.theme_id}`] = {
        rev: b.rev, theme: b.theme_id, round: b.round, choices: choices[`${b.theme_id}/${b.round}`] ?? {}, at: b.updated_at,
      };
    }
  }
}

/** The form of a ballot, as the product's decoder checks it. */
function checkBallot({ id, theme, round, choices }) {
  const form = isId(id) && isId(theme) && Number.isInteger(round) && choices !== null && typeof choices === "object";
  if (!form || !Object.keys(choices).every((idea) => isId(idea) && [1, 0, -1].includes(choices[idea]))) throw new Refused("invalid");
}

const ID = /^[0-9A-Za-z_-]{8,40}$/;
const isId = (value) => typeof value === "string" && ID.test(value);

module.exports = { Store, Refused };
