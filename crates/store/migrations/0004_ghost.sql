-- A point of a chart that is shown and left out of its limits and rules, because a person said so, with a reason.

CREATE TABLE ghost (
    id {id},
    indicator_id BIGINT NOT NULL REFERENCES indicator (id),
    area TEXT NOT NULL,
    period_start TEXT NOT NULL,
    period_end TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    UNIQUE (indicator_id, area, period_start, period_end)
);
