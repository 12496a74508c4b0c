-- +goose Up
-- Decisions of the office as they were taken in. Rows are never changed or
-- deleted: what the office takes back it takes back by another row.

CREATE TABLE decided (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    content     TEXT NOT NULL,
    first_seen  TEXT NOT NULL,
    received_at TEXT NOT NULL,
    path        TEXT NOT NULL,
    sha256      TEXT NOT NULL
);
