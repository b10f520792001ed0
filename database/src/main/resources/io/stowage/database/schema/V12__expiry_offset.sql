-- Where the clock stood for whoever gave a snapshot its expiry, in seconds east of Greenwich; the expiry itself is in UTC.
ALTER TABLE snapshots ADD COLUMN expires_offset INTEGER NOT NULL DEFAULT 0;
