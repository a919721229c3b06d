-- What a person has brought is listed for whoever asks for all that is kept of them.

ALTER TABLE files ADD COLUMN is_drawn INTEGER NOT NULL DEFAULT 0;
UPDATE files SET is_drawn = 1 WHERE doc ->> '$.purpose' = 'preview';
CREATE INDEX files_brought ON files (owner_id, created_at, id) WHERE is_drawn = 0;
