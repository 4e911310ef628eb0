-- One schema more, for tests of the upgrade alone; no release has it. It does what a real one may have to do: make a table
-- anew that others refer to (nothing of them may go along; not even a semicolon is lost), fill a column, add a trigger.
CREATE TABLE ideas_new (
  id             TEXT PRIMARY KEY,
  session_id     TEXT NOT NULL,
  theme_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  title          TEXT NOT NULL CHECK (title <> ''),
  detail         TEXT NOT NULL DEFAULT '',
  state          TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'withdrawn', 'hidden', 'held')),
  reason         TEXT NOT NULL DEFAULT '',
  merged_into    TEXT REFERENCES ideas_new (id) CHECK (merged_into <> id),
  shared_at      BIGINT,
  rev            BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  stage          TEXT NOT NULL DEFAULT 'plan; select',
  FOREIGN KEY (theme_id, session_id) REFERENCES themes (id, session_id) ON DELETE CASCADE,
  FOREIGN KEY (participant_id, session_id) REFERENCES participants (id, session_id) ON DELETE CASCADE
);
INSERT INTO ideas_new SELECT ideas.*, 'contract; review' FROM ideas;
DROP TABLE ideas;
ALTER TABLE ideas_new RENAME TO ideas;
CREATE INDEX ideas_by_session ON ideas (session_id, rev);
CREATE TABLE stages (idea_id TEXT PRIMARY KEY REFERENCES ideas (id), stage TEXT NOT NULL); INSERT INTO stages SELECT id, stage FROM ideas;
CREATE TRIGGER stage_follows AFTER UPDATE OF stage ON ideas BEGIN
  UPDATE stages SET stage = new.stage WHERE idea_id = new.id;
END;
ALTER TABLE events ADD COLUMN motto TEXT NOT NULL DEFAULT ''
