-- The unique indexes leave out what is being deleted, so that neither "every row of a volume" nor the check of a foreign
-- key when a row goes can use them: both looked through all rows.
CREATE INDEX snapshots_volume ON snapshots (volume);
CREATE INDEX volumes_pool ON volumes (pool);
CREATE INDEX attachments_snapshot ON attachments (snapshot);
