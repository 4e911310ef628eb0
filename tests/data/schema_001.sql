BEGIN TRANSACTION;
CREATE TABLE accounts (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE,
  role          TEXT NOT NULL CHECK (role IN ('organizer', 'facilitator')),
  password_hash TEXT,                       -- argon2id; NULL until the person sets one
  created_at    BIGINT NOT NULL
);
INSERT INTO "accounts" VALUES('01a0c4506c00162cdcfc8fa3d73168ce','organizer','organizer',NULL,1790000000000);
CREATE TABLE answers (
  actor      TEXT NOT NULL,
  command_id TEXT NOT NULL,
  answer     TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (actor, command_id)
);
INSERT INTO "answers" VALUES('01a0c4506c00162cdcfc8fa3d73168ce/01a0c4506c0052f7946e174ffe264f47','01a20f4903ff7964d853e3740b4aa59b','{"rev":4,"set":{}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c000a5da4b9b27acf4abc48','01a20f490403785facda1edabecc0a10','{"rev":5,"set":{"mine/idea/01a20f4904038002dad89f10eead902d":{"rev":5,"id":"01a20f4904038002dad89f10eead902d","theme":"01a0c4506c00186134c0eb824726c583","title":"Repair before replacing","detail":"Spare parts for seven years; ask for them.","state":"active","into":null}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c007357cf075e2a40352d63','01a20f49040674fa2e2cb040c5aeef6c','{"rev":6,"set":{"mine/idea/01a20f490406cebc5fda8c7d4167cf9a":{"rev":6,"id":"01a20f490406cebc5fda8c7d4167cf9a","theme":"01a0c4506c00186134c0eb824726c583","title":"Återbruk först – “reuse first”","detail":"","state":"active","into":null}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c007357cf075e2a40352d63','01a20f49040a9765384ba9a00ee53278','{"rev":7,"set":{"mine/idea/01a20f49040a81c1842046ee6e96f616":{"rev":7,"id":"01a20f49040a81c1842046ee6e96f616","theme":"01a0c4506c00f4023177a1459ffc8914","title":"Take-back in every contract","detail":"","state":"active","into":null}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c00162cdcfc8fa3d73168ce/01a0c4506c0052f7946e174ffe264f47','01a20f49040d873498645c7b670f3dae','{"rev":8,"set":{}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c007357cf075e2a40352d63','01a20f490413625d6183d06e02a458c5','{"rev":9,"set":{"mine/experience/01a20f490413b96be1731afd7d1c4aa8":{"rev":9,"id":"01a20f490413b96be1731afd7d1c4aa8","idea":"01a20f4904038002dad89f10eead902d","kind":"do","text":"Since 2023.","state":"active"}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c000a5da4b9b27acf4abc48','01a20f49041708bc041391b6afd57903','{"rev":10,"set":{"mine/experience/01a20f4904178b72d4a49add9382f0f6":{"rev":10,"id":"01a20f4904178b72d4a49add9382f0f6","idea":"01a20f4904038002dad89f10eead902d","kind":"obstacle","text":"It''s the budget''s year; always.","state":"active"}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c00162cdcfc8fa3d73168ce/01a0c4506c0052f7946e174ffe264f47','01a20f49041af50c5cf4313d8f379916','{"rev":11,"set":{}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c00162cdcfc8fa3d73168ce/01a0c4506c0052f7946e174ffe264f47','01a20f49041ec00e0ed14c255abfaeb8','{"rev":12,"set":{}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c000a5da4b9b27acf4abc48','01a20f4904212017be9b6c8bc29b6270','{"rev":13,"set":{"mine/ballot/01a0c4506c00186134c0eb824726c583":{"rev":13,"theme":"01a0c4506c00186134c0eb824726c583","round":1,"choices":{"01a20f4904038002dad89f10eead902d":1},"at":1790000000000}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c007357cf075e2a40352d63','01a20f4904252237919bf071923c3c38','{"rev":14,"set":{"mine/ballot/01a0c4506c00186134c0eb824726c583":{"rev":14,"theme":"01a0c4506c00186134c0eb824726c583","round":1,"choices":{},"at":1790000000000}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c00162cdcfc8fa3d73168ce/01a0c4506c0052f7946e174ffe264f47','01a20f490428ee3ee06549d358b03b5f','{"rev":15,"set":{}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c00162cdcfc8fa3d73168ce/01a0c4506c0052f7946e174ffe264f47','01a20f49042bf55fd30b7b3f12ff31db','{"rev":16,"set":{}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c007357cf075e2a40352d63','01a20f49042f404858816fb0006d007c','{"rev":17,"set":{"mine/ballot/01a0c4506c00186134c0eb824726c583":{"rev":17,"theme":"01a0c4506c00186134c0eb824726c583","round":2,"choices":{"01a20f4904038002dad89f10eead902d":1},"at":1790000000000}}}',1790000000000);
INSERT INTO "answers" VALUES('01a0c4506c00162cdcfc8fa3d73168ce/01a0c4506c0052f7946e174ffe264f47','01a20f490432b818e7075b2a9ab87382','{"rev":18,"set":{}}',1790000000000);
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
INSERT INTO "ballots" VALUES('01a0c4506c00186134c0eb824726c583','01a0c4506c000a5da4b9b27acf4abc48',1,'01a0c4506c0052f7946e174ffe264f47',13,1790000000000,1790000000000);
INSERT INTO "ballots" VALUES('01a0c4506c00186134c0eb824726c583','01a0c4506c007357cf075e2a40352d63',1,'01a0c4506c0052f7946e174ffe264f47',14,1790000000000,1790000000000);
INSERT INTO "ballots" VALUES('01a0c4506c00186134c0eb824726c583','01a0c4506c007357cf075e2a40352d63',2,'01a0c4506c0052f7946e174ffe264f47',17,1790000000000,1790000000000);
CREATE TABLE choices (
  theme_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  round          INTEGER NOT NULL,
  idea_id        TEXT NOT NULL REFERENCES ideas (id),
  value          INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),  -- approval: 1; agree: 1, pass 0, disagree -1
  PRIMARY KEY (theme_id, participant_id, round, idea_id),
  FOREIGN KEY (theme_id, participant_id, round) REFERENCES ballots (theme_id, participant_id, round) ON DELETE CASCADE
);
INSERT INTO "choices" VALUES('01a0c4506c00186134c0eb824726c583','01a0c4506c000a5da4b9b27acf4abc48',1,'01a20f4904038002dad89f10eead902d',1);
INSERT INTO "choices" VALUES('01a0c4506c00186134c0eb824726c583','01a0c4506c007357cf075e2a40352d63',2,'01a20f4904038002dad89f10eead902d',1);
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
INSERT INTO "events" VALUES('01a0c4506c006ffc1f2b511332a77c44','Learning Academy 2026','','','','en',0,1790000000000);
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
INSERT INTO "experiences" VALUES('01a20f490413b96be1731afd7d1c4aa8','01a0c4506c0052f7946e174ffe264f47','01a20f4904038002dad89f10eead902d','01a0c4506c007357cf075e2a40352d63','do','Since 2023.','active',9,1790000000000,1790000000000);
INSERT INTO "experiences" VALUES('01a20f4904178b72d4a49add9382f0f6','01a0c4506c0052f7946e174ffe264f47','01a20f4904038002dad89f10eead902d','01a0c4506c000a5da4b9b27acf4abc48','obstacle','It''s the budget''s year; always.','active',10,1790000000000,1790000000000);
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
INSERT INTO "ideas" VALUES('01a20f4904038002dad89f10eead902d','01a0c4506c0052f7946e174ffe264f47','01a0c4506c00186134c0eb824726c583','01a0c4506c000a5da4b9b27acf4abc48','Repair before replacing','Spare parts for seven years; ask for them.','active',NULL,5,1790000000000,1790000000000);
INSERT INTO "ideas" VALUES('01a20f490406cebc5fda8c7d4167cf9a','01a0c4506c0052f7946e174ffe264f47','01a0c4506c00186134c0eb824726c583','01a0c4506c007357cf075e2a40352d63','Återbruk först – “reuse first”','','active','01a20f4904038002dad89f10eead902d',11,1790000000000,1790000000000);
INSERT INTO "ideas" VALUES('01a20f49040a81c1842046ee6e96f616','01a0c4506c0052f7946e174ffe264f47','01a0c4506c00f4023177a1459ffc8914','01a0c4506c007357cf075e2a40352d63','Take-back in every contract','','active',NULL,7,1790000000000,1790000000000);
CREATE TABLE links (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);
INSERT INTO "links" VALUES('048de3fed5012fcc170ea309dc16ddf963aca880e5982a7d8b86a41ffa1b828b','01a0c4506c00162cdcfc8fa3d73168ce',1790000900000,1790000000000);
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
INSERT INTO "log" VALUES('01a0c4506c00abc9e4996d92e2c3ed30','01a0c4506c0052f7946e174ffe264f47',4,1790000000000,'01a0c4506c00162cdcfc8fa3d73168ce','phase.set','','{}','{"phase": "write"}',NULL);
INSERT INTO "log" VALUES('01a0c4506c007b795f139902d731bc2a','01a0c4506c0052f7946e174ffe264f47',8,1790000000000,'01a0c4506c00162cdcfc8fa3d73168ce','phase.set','','{}','{"phase": "share"}',NULL);
INSERT INTO "log" VALUES('01a0c4506c00e91b85fb09a5782435de','01a0c4506c0052f7946e174ffe264f47',11,1790000000000,'01a0c4506c00162cdcfc8fa3d73168ce','idea.merge','01a20f490406cebc5fda8c7d4167cf9a','{"ideas": {"01a20f490406cebc5fda8c7d4167cf9a": {"theme_id": "01a0c4506c00186134c0eb824726c583", "title": "\u00c5terbruk f\u00f6rst \u2013 \u201creuse first\u201d", "detail": "", "state": "active", "merged_into": null}}}','{"merged_into": "01a20f4904038002dad89f10eead902d"}',NULL);
INSERT INTO "log" VALUES('01a0c4506c005c3e51993903c9471c0a','01a0c4506c0052f7946e174ffe264f47',12,1790000000000,'01a0c4506c00162cdcfc8fa3d73168ce','phase.set','','{}','{"phase": "vote"}',NULL);
INSERT INTO "log" VALUES('01a0c4506c00fa6a38f51762d3ba501a','01a0c4506c0052f7946e174ffe264f47',15,1790000000000,'01a0c4506c00162cdcfc8fa3d73168ce','round.next','01a0c4506c00186134c0eb824726c583','{}','{}',NULL);
INSERT INTO "log" VALUES('01a0c4506c000bdbf7f53b475c016242','01a0c4506c0052f7946e174ffe264f47',16,1790000000000,'01a0c4506c00162cdcfc8fa3d73168ce','phase.set','01a0c4506c00186134c0eb824726c583','{}','{"phase": "vote"}',NULL);
INSERT INTO "log" VALUES('01a0c4506c00002a3f58649f1e72f71a','01a0c4506c0052f7946e174ffe264f47',18,1790000000000,'01a0c4506c00162cdcfc8fa3d73168ce','phase.set','','{}','{"phase": "reveal"}',NULL);
CREATE TABLE organisations (
  id       TEXT PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  name     TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL,                    -- case-folded, so that one organisation is one row
  position INTEGER NOT NULL,
  invited  INTEGER NOT NULL DEFAULT 1 CHECK (invited IN (0, 1)),  -- 0: typed by a participant
  UNIQUE (event_id, name_key)
);
INSERT INTO "organisations" VALUES('01a0c4506c00c656175d546eb30d7925','01a0c4506c006ffc1f2b511332a77c44','City','city',0,1);
INSERT INTO "organisations" VALUES('01a0c4506c0097fbb74577d24b45ca18','01a0c4506c006ffc1f2b511332a77c44','Bank','bank',1,1);
INSERT INTO "organisations" VALUES('01a0c4506c0000fd6fa0c0b91e077241','01a0c4506c006ffc1f2b511332a77c44','University','university',2,1);
INSERT INTO "organisations" VALUES('01a0c4506c00d48d56f3c4bf0f0f09a1','01a0c4506c006ffc1f2b511332a77c44','Energy company','energy company',3,1);
INSERT INTO "organisations" VALUES('01a0c4506c00ca59114a6a58e48e9b24','01a0c4506c006ffc1f2b511332a77c44','Furniture retailer','furniture retailer',4,1);
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
INSERT INTO "participants" VALUES('01a0c4506c000a5da4b9b27acf4abc48','01a0c4506c0052f7946e174ffe264f47','01a0c4506c00c656175d546eb30d7925','Ada','name','RRWG','',2,1790000000000);
INSERT INTO "participants" VALUES('01a0c4506c007357cf075e2a40352d63','01a0c4506c0052f7946e174ffe264f47','01a0c4506c0097fbb74577d24b45ca18','Bo','anonymous','XQRW','',3,1790000000000);
CREATE TABLE passes (
  token_hash     TEXT PRIMARY KEY,
  participant_id TEXT NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
  created_at     BIGINT NOT NULL
);
INSERT INTO "passes" VALUES('46ae16d045e517190b727cd57f4702d568d47dd3814fbdf9735aae6041f54e4f','01a0c4506c000a5da4b9b27acf4abc48',1790000000000);
INSERT INTO "passes" VALUES('71ff2a22a3b6b59abcd997758b08a75b9ad0808bb3c55d42f46364232c13ee3b','01a0c4506c007357cf075e2a40352d63',1790000000000);
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
INSERT INTO "sessions" VALUES('01a0c4506c0052f7946e174ffe264f47','01a0c4506c006ffc1f2b511332a77c44','36F42C','Circular procurement of IT','','reveal','approval',NULL,3,'organisation',1,0,NULL,NULL,'{"view": "auto", "theme": null, "page": 0, "idea": null}',18,0,1790000000000);
CREATE TABLE signins (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);
INSERT INTO "signins" VALUES('7fd845b934a157e463fd16d35f09d98d53bf5721a8fcebd9305801698610566a','01a0c4506c00162cdcfc8fa3d73168ce',1791209600000);
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
INSERT INTO "themes" VALUES('01a0c4506c00186134c0eb824726c583','01a0c4506c0052f7946e174ffe264f47',0,'Less electronic waste','',NULL,2,1,18);
INSERT INTO "themes" VALUES('01a0c4506c00f4023177a1459ffc8914','01a0c4506c0052f7946e174ffe264f47',1,'Better use of resources','',NULL,1,1,18);
CREATE INDEX themes_by_session ON themes (session_id, rev);
CREATE INDEX participants_by_session ON participants (session_id, rev);
CREATE INDEX ideas_by_session ON ideas (session_id, rev);
CREATE INDEX ideas_by_participant ON ideas (participant_id);
CREATE INDEX ideas_by_theme ON ideas (theme_id, state, merged_into, id);
CREATE INDEX experiences_by_session ON experiences (session_id, rev);
CREATE INDEX experiences_by_participant ON experiences (participant_id);
CREATE INDEX experiences_by_idea ON experiences (idea_id);
CREATE INDEX ballots_by_session ON ballots (session_id, rev);
CREATE INDEX log_by_session ON log (session_id, rev);
COMMIT;
PRAGMA user_version = 1;
