-- When the next snapshot of a volume is due by its snapshots.schedule. Changed together with the config; whoever moves
-- due_at on from what he has read takes the snapshot.
CREATE TABLE schedules (
    volume   TEXT NOT NULL PRIMARY KEY REFERENCES volumes (id) ON DELETE CASCADE,
    schedule TEXT NOT NULL,
    due_at   TEXT NOT NULL
);
CREATE INDEX schedules_due ON schedules (due_at);

CREATE INDEX snapshots_expiry ON snapshots (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX volume_config_schedules ON volume_config (owner) WHERE key = 'snapshots.schedule';
