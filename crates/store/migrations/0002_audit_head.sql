-- How many entries the audit log has and the hash of the last, so that an entry taken off its end is missed too.
CREATE TABLE audit_head (
    id BIGINT PRIMARY KEY,
    entries BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, entries, hash)
    SELECT 1, COUNT(*), COALESCE((SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1), '') FROM audit_entry;
