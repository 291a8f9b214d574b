-- The first shape of the database, for SQLite and PostgreSQL alike.
-- {id}, {real} and {bytes} are replaced by each database's own words; everything else is common to both.
-- Dates are ISO 8601 text (civil dates in Europe/London); instants are ISO 8601 text in UTC.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- One row; its number grows with every committed change, so that a page made from the data can be kept until it does.
CREATE TABLE data_version (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO data_version (id, version) VALUES (1, 1);

-- accounts ---------------------------------------------------------------------------------------------------

CREATE TABLE account (
    id {id},
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    disabled_at TEXT
);

-- Only the hash of a session's token is kept: a copy of the database signs nobody in.
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    form_token TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
);

-- Each entry's hash covers the entry and the hash before it.
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

-- places -----------------------------------------------------------------------------------------------------

CREATE TABLE area (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    longitude {real},
    latitude {real}
);
CREATE INDEX area_by_kind ON area (kind);

-- An area lies in its parents: an LSOA in a ward and a local authority, an authority in a region.
CREATE TABLE area_parent (
    code TEXT NOT NULL,
    parent TEXT NOT NULL,
    PRIMARY KEY (parent, code)
);

CREATE TABLE boundary (
    code TEXT PRIMARY KEY,
    rings TEXT NOT NULL
);

CREATE TABLE postcode (
    postcode TEXT PRIMARY KEY,
    lsoa TEXT,
    local_authority TEXT,
    longitude {real},
    latitude {real},
    ended BIGINT NOT NULL
);

-- imports ----------------------------------------------------------------------------------------------------

CREATE TABLE import (
    id {id},
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    publisher TEXT NOT NULL,
    licence TEXT NOT NULL,
    vintage TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    added BIGINT NOT NULL,
    revised BIGINT NOT NULL,
    unchanged BIGINT NOT NULL
);
CREATE INDEX import_by_content ON import (kind, sha256);

CREATE TABLE import_finding (
    id {id},
    import_id BIGINT NOT NULL REFERENCES import (id),
    words TEXT NOT NULL
);

-- The Indices of Deprivation: the import that an edition was last taken from, and how many areas it has.
CREATE TABLE deprivation_edition (
    edition TEXT PRIMARY KEY,
    import_id BIGINT NOT NULL REFERENCES import (id),
    areas BIGINT NOT NULL
);

-- The measures that the figures of one import stand for, in order, and the columns that they stood in: JSON lists.
CREATE TABLE deprivation_file (
    import_id BIGINT PRIMARY KEY REFERENCES import (id),
    sheet TEXT NOT NULL,
    measures TEXT NOT NULL,
    measure_columns TEXT NOT NULL
);

-- One row an area and an edition. `figures` is a JSON list, its measures named by the import's deprivation_file.
CREATE TABLE deprivation (
    edition TEXT NOT NULL,
    area TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id BIGINT NOT NULL REFERENCES import (id),
    local_authority TEXT NOT NULL,
    score {real} NOT NULL,
    rank BIGINT NOT NULL,
    decile BIGINT NOT NULL,
    population {real},
    figures TEXT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (edition, area)
);

-- The rows that a later import revised.
CREATE TABLE deprivation_older (
    edition TEXT NOT NULL,
    area TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id BIGINT NOT NULL REFERENCES import (id),
    local_authority TEXT NOT NULL,
    score {real} NOT NULL,
    rank BIGINT NOT NULL,
    decile BIGINT NOT NULL,
    population {real},
    figures TEXT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (edition, area, version)
);

-- observations -----------------------------------------------------------------------------------------------

-- What is measured, of whom.
CREATE TABLE series (
    id {id},
    source TEXT NOT NULL,
    indicator TEXT NOT NULL,
    age TEXT NOT NULL,
    sex TEXT NOT NULL,
    within TEXT NOT NULL,
    UNIQUE (source, indicator, age, sex, within)
);

-- A series in one period.
CREATE TABLE slice (
    id {id},
    series_id BIGINT NOT NULL REFERENCES series (id),
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    UNIQUE (series_id, period_start, period_end)
);

CREATE TABLE sheet (
    id {id},
    import_id BIGINT NOT NULL REFERENCES import (id),
    name TEXT NOT NULL
);

CREATE TABLE note (
    id {id},
    words TEXT NOT NULL UNIQUE
);

-- One published figure. A revision is a new version; the older one stays and is no longer current.
CREATE TABLE observation (
    slice_id BIGINT NOT NULL REFERENCES slice (id),
    area TEXT NOT NULL,
    version BIGINT NOT NULL,
    is_current BOOLEAN NOT NULL,
    numerator {real},
    denominator {real},
    value {real},
    status TEXT NOT NULL,
    sheet_id BIGINT NOT NULL REFERENCES sheet (id),
    sheet_row BIGINT NOT NULL,
    sheet_column BIGINT NOT NULL,
    note_id BIGINT,
    PRIMARY KEY (slice_id, area, version)
){without_rowid};

-- the partnership --------------------------------------------------------------------------------------------

CREATE TABLE subgroup (
    id {id},
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    position BIGINT NOT NULL
);

CREATE TABLE organisation (
    id {id},
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL
);

CREATE TABLE member (
    id {id},
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation_id BIGINT REFERENCES organisation (id),
    subgroup_id BIGINT REFERENCES subgroup (id)
);

CREATE TABLE recommendation (
    id {id},
    number TEXT NOT NULL UNIQUE,
    words TEXT NOT NULL,
    principle BIGINT NOT NULL,
    horizon TEXT NOT NULL,
    subgroup_id BIGINT NOT NULL REFERENCES subgroup (id),
    owner_id BIGINT REFERENCES member (id)
);

CREATE TABLE action (
    id {id},
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    subgroup_id BIGINT NOT NULL REFERENCES subgroup (id),
    owner_id BIGINT REFERENCES member (id),
    sponsor_id BIGINT REFERENCES member (id),
    starts_on TEXT,
    due_on TEXT,
    finished_on TEXT,
    stopped_on TEXT,
    percent_complete BIGINT NOT NULL
);

CREATE TABLE milestone (
    id {id},
    action_id BIGINT NOT NULL REFERENCES action (id),
    title TEXT NOT NULL,
    due_on TEXT NOT NULL,
    done_on TEXT
);
CREATE INDEX milestone_by_action ON milestone (action_id);

CREATE TABLE action_recommendation (
    action_id BIGINT NOT NULL REFERENCES action (id),
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    PRIMARY KEY (action_id, recommendation_id)
);

-- An indicator of the programme, and the series of observations that it reads.
CREATE TABLE indicator (
    id {id},
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    numerator_words TEXT NOT NULL,
    denominator_words TEXT NOT NULL,
    unit TEXT NOT NULL,
    statistic TEXT NOT NULL,
    multiplier {real} NOT NULL,
    polarity TEXT NOT NULL,
    frequency TEXT NOT NULL,
    source TEXT NOT NULL,
    series_source TEXT NOT NULL,
    series_indicator TEXT NOT NULL,
    series_age TEXT NOT NULL,
    series_sex TEXT NOT NULL,
    subgroup_id BIGINT REFERENCES subgroup (id),
    is_impact_measure BOOLEAN NOT NULL
);

CREATE TABLE indicator_recommendation (
    indicator_id BIGINT NOT NULL REFERENCES indicator (id),
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    PRIMARY KEY (indicator_id, recommendation_id)
);

CREATE TABLE indicator_action (
    indicator_id BIGINT NOT NULL REFERENCES indicator (id),
    action_id BIGINT NOT NULL REFERENCES action (id),
    PRIMARY KEY (indicator_id, action_id)
);

CREATE TABLE target (
    id {id},
    indicator_id BIGINT NOT NULL REFERENCES indicator (id),
    value {real} NOT NULL,
    due_on TEXT NOT NULL,
    source TEXT NOT NULL
);

-- quality improvement ----------------------------------------------------------------------------------------

-- Limits begin again from here because a person said so, with a reason.
CREATE TABLE rebase (
    id {id},
    indicator_id BIGINT NOT NULL REFERENCES indicator (id),
    area TEXT NOT NULL,
    period_start TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    UNIQUE (indicator_id, area, period_start)
);

-- reports ----------------------------------------------------------------------------------------------------

-- A published report is kept as the files that were sent round; nothing in it is computed again.
CREATE TABLE report (
    id {id},
    title TEXT NOT NULL,
    subgroup_code TEXT NOT NULL,
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    as_of TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_by TEXT NOT NULL
);
CREATE TABLE report_file (
    report_id BIGINT NOT NULL REFERENCES report (id),
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (report_id, format)
);
