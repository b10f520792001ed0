-- A backup: what a volume was, held on the array by a snapshot of the backup's id until the backup is deleted.
CREATE TABLE backups (
    id          TEXT    NOT NULL PRIMARY KEY,
    volume      TEXT    NOT NULL REFERENCES volumes (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    volume_only INTEGER NOT NULL,
    compression TEXT    NOT NULL,
    contents    TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    state       TEXT    NOT NULL,
    created_at  TEXT    NOT NULL,
    expires_at  TEXT
);
CREATE UNIQUE INDEX backups_name ON backups (volume, name) WHERE state <> 'DELETING';

-- The snapshots that a backup has, with their names at the time; they stay as long as it does.
CREATE TABLE backup_snapshots (
    backup   TEXT    NOT NULL REFERENCES backups (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    snapshot TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    PRIMARY KEY (backup, position)
);
CREATE INDEX backup_snapshots_snapshot ON backup_snapshots (snapshot);

-- Temporary volumes that a member reads snapshots through, by the id in their names on the array.
CREATE TABLE readings (
    id       TEXT NOT NULL PRIMARY KEY,
    volume   TEXT NOT NULL REFERENCES volumes (id) ON DELETE CASCADE,
    snapshot TEXT NOT NULL,
    member   TEXT NOT NULL REFERENCES members (id)
);
CREATE INDEX readings_volume ON readings (volume);
