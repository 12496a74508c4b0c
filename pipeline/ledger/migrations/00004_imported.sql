-- +goose Up
-- Tables of past figures as they were imported. Rows are never deleted: one that
-- was taken back says when and by whom, and stays.

CREATE TABLE imported (
    seq          INTEGER PRIMARY KEY,
    sha256       TEXT NOT NULL,
    name         TEXT NOT NULL,
    size         BIGINT NOT NULL,
    imported_at  TEXT NOT NULL,
    imported_by  TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_by TEXT NOT NULL,
    UNIQUE (sha256, imported_at)
);
