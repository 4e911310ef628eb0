-- Schema 3: the practice. What the chosen ideas become, as an editor finishes it, organisations review it, and the library keeps it.

-- A practice belongs to an event; what the room said about its ideas is read where it stands, so that a consent that changes,
-- changes it everywhere. Imported ones have no session.
CREATE TABLE practices (
  id           TEXT PRIMARY KEY,
  event_id     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  session_id   TEXT REFERENCES sessions (id) ON DELETE SET NULL,
  theme_id     TEXT,                         -- of the session; NULL: imported
  theme        TEXT NOT NULL CHECK (theme <> ''),  -- its title, as it was when the practice was made
  title        TEXT NOT NULL CHECK (title <> ''),
  position     INTEGER NOT NULL,             -- within its theme, from 1
  state        TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'review', 'frozen', 'aside')),  -- aside: split up, joined or dropped
  confirmed    TEXT NOT NULL DEFAULT '',     -- why the editor confirms it as good practice; '': nobody does
  review_on    TEXT NOT NULL DEFAULT '',     -- ISO 8601 day on which it is looked at next
  follows      TEXT REFERENCES practices (id) ON DELETE SET NULL,  -- the practice of an earlier year or version that this one continues
  number       TEXT NOT NULL DEFAULT '1.0',  -- of the version that it is once frozen
  published_at BIGINT,                       -- in the library since then; NULL: not
  rev          BIGINT NOT NULL,              -- grows by one in every change of the practice or of what hangs on it
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
CREATE INDEX practices_by_event ON practices (event_id);
CREATE INDEX practices_by_session ON practices (session_id);
CREATE INDEX practices_published ON practices (published_at) WHERE published_at IS NOT NULL;

-- The ideas that a practice is made from; ideas merged into them come along by themselves.
CREATE TABLE practice_ideas (
  practice_id TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
  idea_id     TEXT NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,              -- 1 leads
  PRIMARY KEY (practice_id, idea_id)
);
CREATE INDEX practice_ideas_by_idea ON practice_ideas (idea_id);

-- What the editor wrote in a section, as it stands.
CREATE TABLE fields (
  practice_id TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
  section     TEXT NOT NULL,                 -- as in rules.practice.SECTIONS, or 'title'
  text        TEXT NOT NULL DEFAULT '',
  tags        TEXT NOT NULL DEFAULT '[]',    -- JSON list, as in rules.tags
  owner       TEXT NOT NULL DEFAULT '',      -- who completes or keeps it
  rev         BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  updated_by  TEXT NOT NULL,                 -- the account's id
  PRIMARY KEY (practice_id, section)
);

-- Every wording that a section had, or that was refused because another had come before: nothing written is lost.
CREATE TABLE wordings (
  id          TEXT PRIMARY KEY,
  practice_id TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
  section     TEXT NOT NULL,
  text        TEXT NOT NULL,
  tags        TEXT NOT NULL DEFAULT '[]',
  owner       TEXT NOT NULL DEFAULT '',
  refused     INTEGER NOT NULL DEFAULT 0 CHECK (refused IN (0, 1)),
  rev         BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  by          TEXT NOT NULL
);
CREATE INDEX wordings_by_practice ON wordings (practice_id, section, rev);

CREATE TABLE measures (
  id          TEXT PRIMARY KEY,
  practice_id TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
  kpi         TEXT NOT NULL DEFAULT '',      -- as in rules.kpi; '': the editor's own
  name        TEXT NOT NULL DEFAULT '',      -- '': the seed's
  unit        TEXT NOT NULL CHECK (unit <> ''),
  baseline    DOUBLE PRECISION,
  target      DOUBLE PRECISION,
  source      TEXT NOT NULL DEFAULT '',
  owner       TEXT NOT NULL DEFAULT '',
  position    INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'removed')),
  rev         BIGINT NOT NULL
);
CREATE INDEX measures_by_practice ON measures (practice_id);

-- A frozen version: its content without names, which are put in at each reading as people consent then.
CREATE TABLE editions (
  practice_id TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
  number      TEXT NOT NULL,                 -- "1.0"
  content     TEXT NOT NULL,                 -- JSON
  hash        TEXT NOT NULL,                 -- SHA-256 of the content
  frozen_at   BIGINT NOT NULL,
  frozen_by   TEXT NOT NULL,
  PRIMARY KEY (practice_id, number)
);

-- Ideas that are an earlier year's practice, put before the room again: what is made of one, follows that practice.
CREATE TABLE idea_origins (
  idea_id     TEXT PRIMARY KEY REFERENCES ideas (id) ON DELETE CASCADE,
  practice_id TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE
);
CREATE INDEX idea_origins_by_practice ON idea_origins (practice_id);

-- What a practice that was imported brought along: what was said elsewhere, as far as it was named there.
CREATE TABLE practice_imports (
  practice_id TEXT PRIMARY KEY REFERENCES practices (id) ON DELETE CASCADE,
  origin      TEXT NOT NULL,                 -- its id where it comes from; '': unknown
  said        TEXT NOT NULL                  -- JSON, as rules.brought packs it
);

-- What was done to practices and reviews, by whom: the change log of the documents.
CREATE TABLE practice_log (
  id          TEXT PRIMARY KEY,
  event_id    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  practice_id TEXT REFERENCES practices (id) ON DELETE CASCADE,
  at          BIGINT NOT NULL,
  actor       TEXT NOT NULL,                 -- the account's id, or the review link's
  action      TEXT NOT NULL,                 -- e.g. practice.draft, practice.freeze, review.answer
  detail      TEXT NOT NULL DEFAULT '{}'     -- JSON; never a name
);
CREATE INDEX practice_log_by_event ON practice_log (event_id, at);

-- Links by which organisations review, without an account. Only the hash of the secret is kept.
CREATE TABLE review_links (
  id              TEXT PRIMARY KEY,
  event_id        TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  organisation_id TEXT REFERENCES organisations (id) ON DELETE CASCADE,  -- NULL: whoever opens it chooses
  token_hash      TEXT NOT NULL UNIQUE,
  expires_at      BIGINT NOT NULL,
  revoked_at      BIGINT,
  created_at      BIGINT NOT NULL,
  created_by      TEXT NOT NULL
);
CREATE INDEX review_links_by_event ON review_links (event_id);

-- What an organisation says of a practice. Rows are never changed: the newest stands, all are kept.
CREATE TABLE reviews (
  id              TEXT PRIMARY KEY,
  practice_id     TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  link_id         TEXT NOT NULL REFERENCES review_links (id),
  ratification    TEXT NOT NULL DEFAULT '' CHECK (ratification IN ('', 'endorse', 'agree', 'reservation', 'aside', 'against')),
  sentence        TEXT NOT NULL DEFAULT '',
  adoption        TEXT NOT NULL DEFAULT '' CHECK (adoption IN ('', 'do', 'will', 'not')),
  by_when         TEXT NOT NULL DEFAULT '',
  at              BIGINT NOT NULL
);
CREATE INDEX reviews_by_practice ON reviews (practice_id, organisation_id, at);

CREATE TABLE review_comments (
  id              TEXT PRIMARY KEY,
  practice_id     TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  link_id         TEXT NOT NULL REFERENCES review_links (id),
  section         TEXT NOT NULL DEFAULT '',  -- '': of the whole practice
  text            TEXT NOT NULL CHECK (text <> ''),
  state           TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn', 'handled')),
  at              BIGINT NOT NULL
);
CREATE INDEX review_comments_by_practice ON review_comments (practice_id, at);
