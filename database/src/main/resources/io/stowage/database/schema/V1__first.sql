-- One schema for SQLite and PostgreSQL. UUIDs and times are text: times in UTC with nanoseconds, so that they sort.
-- What is being deleted keeps its row until the array has let go, but its name is free.

CREATE TABLE members (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL UNIQUE,
    epoch      BIGINT NOT NULL,
    created_at TEXT   NOT NULL
);

CREATE TABLE pools (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    driver      TEXT NOT NULL,
    description TEXT NOT NULL,
    state       TEXT NOT NULL,
    created_at  TEXT NOT NULL
);
CREATE UNIQUE INDEX pools_name ON pools (name) WHERE state <> 'DELETING';

CREATE TABLE pool_config (
    owner TEXT NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

-- Values sealed under the installation's key; never in pool_config.
CREATE TABLE pool_secrets (
    owner TEXT NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE volumes (
    id          TEXT   NOT NULL PRIMARY KEY,
    pool        TEXT   NOT NULL REFERENCES pools (id),
    project     TEXT   NOT NULL,
    type        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    content     TEXT   NOT NULL,
    description TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    state       TEXT   NOT NULL,
    created_at  TEXT   NOT NULL
);
CREATE UNIQUE INDEX volumes_name ON volumes (pool, project, type, name) WHERE state <> 'DELETING';

CREATE TABLE volume_config (
    owner TEXT NOT NULL REFERENCES volumes (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE snapshots (
    id          TEXT   NOT NULL PRIMARY KEY,
    volume      TEXT   NOT NULL REFERENCES volumes (id),
    name        TEXT   NOT NULL,
    description TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    state       TEXT   NOT NULL,
    created_at  TEXT   NOT NULL,
    expires_at  TEXT
);
CREATE UNIQUE INDEX snapshots_name ON snapshots (volume, name) WHERE state <> 'DELETING';

CREATE TABLE snapshot_config (
    owner TEXT NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE attachments (
    id         TEXT    NOT NULL PRIMARY KEY,
    volume     TEXT    NOT NULL REFERENCES volumes (id),
    snapshot   TEXT    REFERENCES snapshots (id),
    member     TEXT    NOT NULL REFERENCES members (id),
    kind       TEXT    NOT NULL,
    path       TEXT,
    read_only  INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    created_at TEXT    NOT NULL
);
CREATE INDEX attachments_volume ON attachments (volume);
CREATE INDEX attachments_member ON attachments (member);

-- The journal: a row for each request that changes something.
CREATE TABLE operations (
    id         TEXT    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    member     TEXT    NOT NULL REFERENCES members (id),
    epoch      BIGINT  NOT NULL,
    lease      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    step       INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    pool       TEXT    NOT NULL,
    project    TEXT,
    volume     TEXT,
    snapshot   TEXT,
    progress   TEXT    NOT NULL,
    may_cancel INTEGER NOT NULL,
    error_kind TEXT,
    error      TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    updated_at TEXT    NOT NULL
);
CREATE INDEX operations_state ON operations (state);

CREATE TABLE operation_input (
    owner TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE operation_metadata (
    owner TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

-- Leases: who may change the named thing, until when. A lease of an older epoch of the same member is void.
CREATE TABLE locks (
    name       TEXT   NOT NULL PRIMARY KEY,
    member     TEXT   NOT NULL REFERENCES members (id),
    epoch      BIGINT NOT NULL,
    operation  TEXT   NOT NULL,
    expires_at TEXT   NOT NULL
);

-- What is still to be told to the array about an owner, for the day this database is lost: revision > written.
CREATE TABLE recovery (
    owner    TEXT   NOT NULL PRIMARY KEY,
    kind     TEXT   NOT NULL,
    revision BIGINT NOT NULL,
    written  BIGINT NOT NULL
);
