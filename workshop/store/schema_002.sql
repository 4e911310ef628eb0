-- Schema 2: the facilitator's method. An agenda of steps, five ways of counting, turns while sharing, moderation
-- (held, hidden with a reason, removed), entries by proxy, and rehearsals that can be wiped.

CREATE TABLE sessions_2 (
  id            TEXT PRIMARY KEY,
  event_id      TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  code          TEXT NOT NULL UNIQUE,
  title         TEXT NOT NULL CHECK (title <> ''),
  question      TEXT NOT NULL DEFAULT '',
  phase         TEXT NOT NULL DEFAULT 'lobby'
                CHECK (phase IN ('lobby', 'write', 'share', 'vote', 'reveal', 'closed')),
  method        TEXT NOT NULL DEFAULT 'approval' CHECK (method IN ('approval', 'dots', 'agree', 'adoption', 'impact')),
  ballot_size   INTEGER CHECK (ballot_size BETWEEN 1 AND 20),     -- ticks or dots of one ballot; NULL: by formula
  idea_cap      INTEGER CHECK (idea_cap BETWEEN 1 AND 20),        -- dots of one ballot on one idea; NULL: all of them
  group_by      TEXT NOT NULL DEFAULT 'organisation' CHECK (group_by IN ('organisation', 'sector')),  -- of the consensus
  hosts_vote    INTEGER NOT NULL DEFAULT 0 CHECK (hosts_vote IN (0, 1)),
  take          INTEGER NOT NULL DEFAULT 3 CHECK (take BETWEEN 1 AND 20),
  quote_default TEXT NOT NULL DEFAULT 'organisation'
                CHECK (quote_default IN ('name', 'organisation', 'anonymous')),
  hide_ideas    INTEGER NOT NULL DEFAULT 1 CHECK (hide_ideas IN (0, 1)),
  show_authors  INTEGER NOT NULL DEFAULT 0 CHECK (show_authors IN (0, 1)),
  hold          INTEGER CHECK (hold IN (0, 1)),                   -- ideas wait for approval; NULL: above fifty people
  locked        INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),  -- nobody new joins
  step_id       TEXT,                        -- the step of the agenda that is run now; NULL: none
  timer_ends_at BIGINT,                      -- running: when it ends
  timer_left    BIGINT,                      -- paused: milliseconds left
  wall          TEXT NOT NULL DEFAULT '{"view":"auto","theme":null,"page":0,"idea":null}',
  rev           BIGINT NOT NULL DEFAULT 0,
  position      INTEGER NOT NULL DEFAULT 0,
  created_at    BIGINT NOT NULL
);
INSERT INTO sessions_2 (id, event_id, code, title, question, phase, method, ballot_size, take, quote_default, hide_ideas,
                        show_authors, timer_ends_at, timer_left, wall, rev, position, created_at)
  SELECT id, event_id, code, title, question, phase, method, ballot_size, take, quote_default, hide_ideas,
         show_authors, timer_ends_at, timer_left, wall, rev, position, created_at FROM sessions;
DROP TABLE sessions;
ALTER TABLE sessions_2 RENAME TO sessions;

ALTER TABLE organisations ADD COLUMN sector TEXT NOT NULL DEFAULT '';  -- e.g. "city", "university"; '' where nobody said

-- The agenda of a session. Which step is run now stands in sessions.step_id.
CREATE TABLE steps (
  id         TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  phase      TEXT NOT NULL CHECK (phase IN ('lobby', 'write', 'share', 'vote', 'reveal', 'closed')),
  title      TEXT NOT NULL CHECK (title <> ''),
  prompt     TEXT NOT NULL DEFAULT '',       -- for the wall
  minutes    INTEGER CHECK (minutes BETWEEN 1 AND 240),  -- NULL: without a timer
  themes     TEXT NOT NULL DEFAULT '[]',     -- JSON list of theme ids; [] is every theme
  state      TEXT NOT NULL DEFAULT 'ahead' CHECK (state IN ('ahead', 'done', 'skipped', 'removed')),
  rev        BIGINT NOT NULL
);
CREATE INDEX steps_by_session ON steps (session_id, rev);

-- Agendas that somebody saved for later sessions; the ones that come with the product are code.
CREATE TABLE templates (
  id         TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name       TEXT NOT NULL CHECK (name <> ''),
  steps      TEXT NOT NULL,                  -- JSON list of {phase, title, prompt, minutes}
  created_at BIGINT NOT NULL,
  UNIQUE (account_id, name)
);

ALTER TABLE participants ADD COLUMN host INTEGER NOT NULL DEFAULT 0 CHECK (host IN (0, 1));  -- of the event: does not count
ALTER TABLE participants ADD COLUMN proxy TEXT NOT NULL DEFAULT '';        -- a table that the facilitator enters for; '' for a person
ALTER TABLE participants ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1));  -- of a rehearsal
ALTER TABLE participants ADD COLUMN removed_at BIGINT;                     -- sent out by the facilitator; what they said is hidden

CREATE TABLE ideas_2 (
  id             TEXT PRIMARY KEY,
  session_id     TEXT NOT NULL,
  theme_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  title          TEXT NOT NULL CHECK (title <> ''),
  detail         TEXT NOT NULL DEFAULT '',
  state          TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn', 'hidden', 'held')),
  reason         TEXT NOT NULL DEFAULT '',   -- why it is hidden, for its author
  merged_into    TEXT REFERENCES ideas_2 (id) CHECK (merged_into <> id),
  shared_at      BIGINT,                     -- when it was read out on the wall
  rev            BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  FOREIGN KEY (theme_id, session_id) REFERENCES themes (id, session_id) ON DELETE CASCADE,
  FOREIGN KEY (participant_id, session_id) REFERENCES participants (id, session_id) ON DELETE CASCADE
);
INSERT INTO ideas_2 (id, session_id, theme_id, participant_id, title, detail, state, merged_into, rev, created_at, updated_at)
  SELECT id, session_id, theme_id, participant_id, title, detail, state, merged_into, rev, created_at, updated_at FROM ideas;
DROP TABLE ideas;
ALTER TABLE ideas_2 RENAME TO ideas;
CREATE INDEX ideas_by_session ON ideas (session_id, rev);
CREATE INDEX ideas_by_participant ON ideas (participant_id);
CREATE INDEX ideas_by_theme ON ideas (theme_id, state, merged_into, id);  -- holds all that a ballot is checked against

CREATE TABLE experiences_2 (
  id             TEXT PRIMARY KEY,
  session_id     TEXT NOT NULL,
  idea_id        TEXT NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
  participant_id TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('do', 'would', 'not', 'obstacle', 'measure', 'comment')),
  text           TEXT NOT NULL DEFAULT '',   -- what they do, or why not
  result         TEXT NOT NULL DEFAULT '',   -- what came of it; of "we do this"
  year           INTEGER CHECK (year BETWEEN 1950 AND 2100),
  state          TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn', 'hidden', 'held')),
  reason         TEXT NOT NULL DEFAULT '',
  rev            BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  FOREIGN KEY (participant_id, session_id) REFERENCES participants (id, session_id) ON DELETE CASCADE
);
INSERT INTO experiences_2 (id, session_id, idea_id, participant_id, kind, text, state, rev, created_at, updated_at)
  SELECT id, session_id, idea_id, participant_id, kind, text, state, rev, created_at, updated_at FROM experiences;
DROP TABLE experiences;
ALTER TABLE experiences_2 RENAME TO experiences;
CREATE INDEX experiences_by_session ON experiences (session_id, rev);
CREATE INDEX experiences_by_participant ON experiences (participant_id);
CREATE INDEX experiences_by_idea ON experiences (idea_id);

CREATE TABLE choices_2 (
  theme_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  round          INTEGER NOT NULL,
  idea_id        TEXT NOT NULL REFERENCES ideas (id),
  -- approval: 1; dots: how many; agree: 1, pass 0, disagree -1; adoption: already do 4, would adopt 3, with changes 2,
  -- not for us 1, don't know 0; impact: ten times the impact (1 to 5) and the effort (1 to 5), as in 42
  value          INTEGER NOT NULL CHECK (value BETWEEN -1 AND 55),
  PRIMARY KEY (theme_id, participant_id, round, idea_id),
  FOREIGN KEY (theme_id, participant_id, round) REFERENCES ballots (theme_id, participant_id, round) ON DELETE CASCADE
);
INSERT INTO choices_2 (theme_id, participant_id, round, idea_id, value)
  SELECT theme_id, participant_id, round, idea_id, value FROM choices;
DROP TABLE choices;
ALTER TABLE choices_2 RENAME TO choices;

-- Suggestions of similar ideas that the facilitator does not want; the pair in the order of the ids.
CREATE TABLE dismissals (
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  one        TEXT NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
  other      TEXT NOT NULL REFERENCES ideas (id) ON DELETE CASCADE CHECK (other <> one),
  dismissed  INTEGER NOT NULL DEFAULT 1 CHECK (dismissed IN (0, 1)),
  rev        BIGINT NOT NULL,
  PRIMARY KEY (one, other)
);
CREATE INDEX dismissals_by_session ON dismissals (session_id, rev);
