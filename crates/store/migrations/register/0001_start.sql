-- The register: person-level tables, in a database file or a schema of their own. What is {bytes} is sealed (see
-- crates/store/src/register/sealed.rs); what ends in _index is a keyed hash, to be searched by. sealed_by is the public name of the key.
-- Ids are random and tell nothing. Dates are ISO 8601 text; instants are ISO 8601 text in UTC.

-- The register's own audit log: a change and its entry are one transaction, which across two database files they could not be.
CREATE TABLE audit_entry (
    id {id},
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject);

CREATE TABLE audit_head (
    id BIGINT PRIMARY KEY,
    entries BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, '');

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    sealed_by TEXT NOT NULL,
    family_name {bytes} NOT NULL,
    given_name {bytes} NOT NULL,
    nhs_number {bytes},
    address {bytes},
    postcode {bytes},
    telephone {bytes},
    notes {bytes},
    nhs_index TEXT UNIQUE,
    postcode_index TEXT,
    name_index TEXT NOT NULL,
    date_of_birth TEXT NOT NULL,
    sex TEXT NOT NULL,
    lsoa TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Judged at the end of a transaction: a restore brings children before whoever looks after them.
    guardian_id TEXT REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    guardian_is TEXT NOT NULL,
    sharing TEXT NOT NULL,
    source TEXT NOT NULL,
    last_contact TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
CREATE INDEX person_by_postcode ON person (postcode_index);
CREATE INDEX person_by_name ON person (name_index);
CREATE INDEX person_by_guardian ON person (guardian_id);
CREATE INDEX person_by_key ON person (sealed_by);

-- What a corrected value was before.
CREATE TABLE correction (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    corrected_by TEXT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    sealed_by TEXT NOT NULL,
    old {bytes}
);
CREATE INDEX correction_by_person ON correction (person_id);

-- Who saw what of whom. It outlives an erased person without the words.
CREATE TABLE reading (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    at TEXT NOT NULL,
    reader TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    sealed_by TEXT NOT NULL,
    words {bytes}
);
CREATE INDEX reading_by_person ON reading (person_id, at);
CREATE INDEX reading_by_kind ON reading (kind, at);

-- The second look at a breaking of the glass.
CREATE TABLE review (
    reading_id TEXT PRIMARY KEY REFERENCES reading (id),
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    decision TEXT NOT NULL,
    sealed_by TEXT NOT NULL,
    words {bytes}
);

CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    withdrawn_at TEXT
);
CREATE INDEX consent_by_person ON consent (person_id);

-- While one is not lifted, nothing of the person is erased or thrown away.
CREATE TABLE hold (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    since TEXT NOT NULL,
    set_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    sealed_by TEXT NOT NULL,
    words {bytes},
    lifted_at TEXT,
    lifted_by TEXT
);
CREATE INDEX hold_by_person ON hold (person_id);

-- That somebody was here and is not any more, and why.
CREATE TABLE erasure (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    erased_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL
);

-- What is left of somebody who was anonymised: nothing that leads back to them.
CREATE TABLE anonymous (
    id TEXT PRIMARY KEY,
    year_of_birth BIGINT NOT NULL,
    sex TEXT NOT NULL,
    lsoa TEXT NOT NULL,
    language TEXT NOT NULL
);

-- The last answer of the national data opt-out service, kept for as long as it may be: those who have not opted out. Nothing of it
-- stands in anybody's record.
CREATE TABLE opt_out_check (
    id BIGINT PRIMARY KEY,
    checked_on TEXT NOT NULL,
    numbers BIGINT NOT NULL
);
CREATE TABLE opt_out_clear (
    nhs_index TEXT PRIMARY KEY
);
