-- +goose Up
-- The schedule's runs: one row a period, entered when the period is due. due_at
-- is never changed; the other columns tell of the newest attempt, and are empty
-- before the first.

CREATE TABLE due (
    seq      INTEGER PRIMARY KEY,
    period   TEXT NOT NULL UNIQUE,
    due_at   TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    tried_at TEXT,
    outcome  TEXT NOT NULL,
    detail   TEXT NOT NULL
);
