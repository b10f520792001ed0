-- Which snapshot a copied one has its content from: byte for byte the same, so that differences from one hold for the other.
CREATE TABLE lineage (
    snapshot TEXT NOT NULL PRIMARY KEY REFERENCES snapshots (id) ON DELETE CASCADE,
    origin   TEXT NOT NULL
);
