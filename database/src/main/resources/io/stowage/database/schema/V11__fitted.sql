-- Volumes that were made smaller than what they are copies of: a refresh leaves them their size.
CREATE TABLE fitted (
    volume TEXT NOT NULL PRIMARY KEY REFERENCES volumes (id) ON DELETE CASCADE
);
