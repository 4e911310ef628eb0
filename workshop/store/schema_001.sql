-- Schema 1. Text ids are client- or server-made and sort by time; times are epoch milliseconds (UTC).
-- Rows of a living session are never deleted: withdrawn, hidden and merged are states, so that
-- every change can be sent by revision and undone. Only the portable subset of SQL is used.

CREATE TABLE accounts (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE,
  role          TEXT NOT NULL CHECK (role IN ('organizer', 'facilitator')),
  password_hash TEXT,                       -- argon2id; NULL until the person sets one
  created_at    BIGINT NOT NULL
);

-- One-time links (spent at first use) and the signed-in browsers. Only hashes of the secrets are kept.
CREATE TABLE links (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);
CREATE TABLE signins (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);

CREATE TABLE events (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL CHECK (name <> ''),
  date       TEXT NOT NULL DEFAULT '',       -- ISO 8601 day, or empty
  place      TEXT NOT NULL DEFAULT '',
  host       TEXT NOT NULL DEFAULT '',
  language   TEXT NOT NULL DEFAULT 'en',
  sample     INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
  created_at BIGINT NOT NULL
);

CREATE TABLE organisations (
  id       TEXT PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  name     TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL,                    -- case-folded, so that one organisation is one row
  position INTEGER NOT NULL,
  invited  INTEGER NOT NULL DEFAULT 1 CHECK (invited IN (0, 1)),  -- 0: typed by a participant
  UNIQUE (event_id, name_key)
);

CREATE TABLE sessions (
  id            TEXT PRIMARY KEY,
  event_id      TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  code          TEXT NOT NULL UNIQUE,
  title         TEXT NOT NULL CHECK (title <> ''),
  question      TEXT NOT NULL DEFAULT '',
  phase         TEXT NOT NULL DEFAULT 'lobby'
                CHECK (phase IN ('lobby', 'write', 'share', 'vote', 'reveal', 'closed')),
  method        TEXT NOT NULL DEFAULT 'approval' CHECK (method IN ('approval', 'agree')),
  ballot_size   INTEGER CHECK (ballot_size BETWEEN 1 AND 20),     -- NULL: by formula
  take          INTEGER NOT NULL DEFAULT 3 CHECK (take BETWEEN 1 AND 20),
  quote_default TEXT NOT NULL DEFAULT 'organisation'
                CHECK (quote_default IN ('name', 'organisation', 'anonymous')),
  hide_ideas    INTEGER NOT NULL DEFAULT 1 CHECK (hide_ideas IN (0, 1)),
  show_authors  INTEGER NOT NULL DEFAULT 0 CHECK (show_authors IN (0, 1)),
  timer_ends_at BIGINT,                      -- running: when it ends
  timer_left    BIGINT,                      -- paused: milliseconds left
  wall          TEXT NOT NULL DEFAULT '{"view":"auto","theme":null,"page":0,"idea":null}',
  rev           BIGINT NOT NULL DEFAULT 0,
  position      INTEGER NOT NULL DEFAULT 0,
  created_at    BIGINT NOT NULL
);

CREATE TABLE themes (
  id         TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  title      TEXT NOT NULL CHECK (title <> ''),
  prompt     TEXT NOT NULL DEFAULT '',
  phase      TEXT CHECK (phase IN ('lobby', 'write', 'share', 'vote', 'reveal', 'closed')),
  round      INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1),
  revealed   INTEGER NOT NULL DEFAULT 0 CHECK (revealed IN (0, 1)),
  rev        BIGINT NOT NULL,
  UNIQUE (id, session_id)
);
CREATE INDEX themes_by_session ON themes (session_id, rev);

CREATE TABLE participants (
  id              TEXT PRIMARY KEY,
  session_id      TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  organisation_id TEXT REFERENCES organisations (id),
  name            TEXT NOT NULL DEFAULT '',
  quote           TEXT NOT NULL CHECK (quote IN ('name', 'organisation', 'anonymous')),
  return_code     TEXT NOT NULL,
  done            TEXT NOT NULL DEFAULT '',  -- the phase the participant is done with
  rev             BIGINT NOT NULL,
  joined_at       BIGINT NOT NULL,
  UNIQUE (session_id, return_code),
  UNIQUE (id, session_id)
);
CREATE INDEX participants_by_session ON participants (session_id, rev);

-- The browsers that may act as a participant: one by joining, more by return code.
CREATE TABLE passes (
  token_hash     TEXT PRIMARY KEY,
  participant_id TEXT NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
  created_at     BIGINT NOT NULL
);

CREATE TABLE ideas (
  id             TEXT PRIMARY KEY,
  session_id     TEXT NOT NULL,
  theme_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  title          TEXT NOT NULL CHECK (title <> ''),
  detail         TEXT NOT NULL DEFAULT '',
  state          TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn', 'hidden')),
  merged_into    TEXT REFERENCES ideas (id) CHECK (merged_into <> id),
  rev            BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  FOREIGN KEY (theme_id, session_id) REFERENCES themes (id, session_id) ON DELETE CASCADE,
  FOREIGN KEY (participant_id, session_id) REFERENCES participants (id, session_id) ON DELETE CASCADE
);
CREATE INDEX ideas_by_session ON ideas (session_id, rev);
CREATE INDEX ideas_by_participant ON ideas (participant_id);
CREATE INDEX ideas_by_theme ON ideas (theme_id, state, merged_into, id);  -- holds all that a ballot is checked against

CREATE TABLE experiences (
  id             TEXT PRIMARY KEY,
  session_id     TEXT NOT NULL,
  idea_id        TEXT NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
  participant_id TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('do', 'would', 'not', 'obstacle', 'measure', 'comment')),
  text           TEXT NOT NULL DEFAULT '',
  state          TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn', 'hidden')),
  rev            BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  FOREIGN KEY (participant_id, session_id) REFERENCES participants (id, session_id) ON DELETE CASCADE
);
CREATE INDEX experiences_by_session ON experiences (session_id, rev);
CREATE INDEX experiences_by_participant ON experiences (participant_id);
CREATE INDEX experiences_by_idea ON experiences (idea_id);

-- One row per participant, theme and round: the primary key is the one-ballot-each rule.
CREATE TABLE ballots (
  theme_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  round          INTEGER NOT NULL,
  session_id     TEXT NOT NULL,
  rev            BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  PRIMARY KEY (theme_id, participant_id, round),
  FOREIGN KEY (theme_id, session_id) REFERENCES themes (id, session_id) ON DELETE CASCADE,
  FOREIGN KEY (participant_id, session_id) REFERENCES participants (id, session_id) ON DELETE CASCADE
);
CREATE INDEX ballots_by_session ON ballots (session_id, rev);

CREATE TABLE choices (
  theme_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  round          INTEGER NOT NULL,
  idea_id        TEXT NOT NULL REFERENCES ideas (id),
  value          INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),  -- approval: 1; agree: 1, pass 0, disagree -1
  PRIMARY KEY (theme_id, participant_id, round, idea_id),
  FOREIGN KEY (theme_id, participant_id, round) REFERENCES ballots (theme_id, participant_id, round) ON DELETE CASCADE
);

-- Who did what: the console's "just now" with undo, and the change log of the report.
CREATE TABLE log (
  id         TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  rev        BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  actor      TEXT NOT NULL,                  -- the account's or the participant's id
  action     TEXT NOT NULL,                  -- the command's name, e.g. idea.hide
  subject    TEXT NOT NULL DEFAULT '',       -- the id of what it was done to
  before     TEXT NOT NULL DEFAULT '{}',     -- JSON: the values to put back on undo
  after      TEXT NOT NULL DEFAULT '{}',
  undone_at  BIGINT
);
CREATE INDEX log_by_session ON log (session_id, rev);

-- The answer given to a command id: a repeated command gets it again and changes nothing.
CREATE TABLE answers (
  actor      TEXT NOT NULL,
  command_id TEXT NOT NULL,
  answer     TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (actor, command_id)
);
