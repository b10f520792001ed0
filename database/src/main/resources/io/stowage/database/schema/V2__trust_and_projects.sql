-- Projects, who is trusted, what the server is configured with, and what it warns of.

CREATE TABLE projects (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL
);

CREATE TABLE project_config (
    owner TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

-- The default project is always there, under the same identity everywhere.
INSERT INTO projects (id, name, description)
    VALUES ('00000000-0000-4000-8000-000000000001', 'default', 'Default LXD project');
INSERT INTO project_config (owner, key, value) VALUES
    ('00000000-0000-4000-8000-000000000001', 'features.images', 'true'),
    ('00000000-0000-4000-8000-000000000001', 'features.networks', 'true'),
    ('00000000-0000-4000-8000-000000000001', 'features.profiles', 'true'),
    ('00000000-0000-4000-8000-000000000001', 'features.storage.volumes', 'true');

CREATE TABLE certificates (
    id          TEXT    NOT NULL PRIMARY KEY,
    fingerprint TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    restricted  INTEGER NOT NULL,
    certificate TEXT    NOT NULL,
    created_at  TEXT    NOT NULL
);

CREATE TABLE certificate_projects (
    owner   TEXT NOT NULL REFERENCES certificates (id) ON DELETE CASCADE,
    project TEXT NOT NULL,
    PRIMARY KEY (owner, project)
);

-- Promises of trust. The secret is sealed under the installation's key; the id is that of the operation that shows it.
CREATE TABLE trust_tokens (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    restricted INTEGER NOT NULL,
    secret     TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    expires_at TEXT
);

CREATE TABLE trust_token_projects (
    owner   TEXT NOT NULL REFERENCES trust_tokens (id) ON DELETE CASCADE,
    project TEXT NOT NULL,
    PRIMARY KEY (owner, project)
);

-- The owner is a member, or the zero UUID for what holds for all members.
CREATE TABLE server_config (
    owner TEXT NOT NULL,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

-- One row for each kind of trouble with each thing, however often it came.
CREATE TABLE warnings (
    id            TEXT    NOT NULL PRIMARY KEY,
    member        TEXT    NOT NULL REFERENCES members (id),
    type          TEXT    NOT NULL,
    entity        TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    message       TEXT    NOT NULL,
    count         BIGINT  NOT NULL,
    first_seen_at TEXT    NOT NULL,
    last_seen_at  TEXT    NOT NULL,
    updated_at    TEXT    NOT NULL,
    UNIQUE (member, type, entity)
);

-- Devices stand as JSON under their names.
CREATE TABLE profiles (
    id          TEXT NOT NULL PRIMARY KEY,
    project     TEXT NOT NULL,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (project, name)
);

CREATE TABLE profile_config (
    owner TEXT NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE profile_devices (
    owner TEXT NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (owner, key)
);

-- Who asked for an operation; absent for what the server does by itself.
ALTER TABLE operations ADD COLUMN requestor_name TEXT;
ALTER TABLE operations ADD COLUMN requestor_protocol TEXT;
ALTER TABLE operations ADD COLUMN requestor_address TEXT;
