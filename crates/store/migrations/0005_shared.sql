-- What several processes that serve one town share. None of it is of the town: it is in no backup.

-- How far attempts of somebody (a hash) have gone: when, in milliseconds since 1970, they will be as if they had never tried.
CREATE TABLE attempt (
    who TEXT PRIMARY KEY,
    free_at BIGINT NOT NULL
);
CREATE INDEX attempt_by_time ON attempt (free_at);

-- Work that one of them does for all. `holder` is empty while nobody does it; `beats` grows for as long as somebody does.
CREATE TABLE job (
    name TEXT PRIMARY KEY,
    due_at BIGINT NOT NULL,
    holder TEXT NOT NULL,
    held_until TEXT NOT NULL,
    beats BIGINT NOT NULL,
    runs BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    ended_at TEXT NOT NULL,
    succeeded_at TEXT NOT NULL,
    outcome TEXT NOT NULL
);
