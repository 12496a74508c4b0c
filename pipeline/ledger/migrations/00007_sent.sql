-- +goose Up
-- What was sent, or handed on, and what became of it: one row for each thing and
-- each receiver, so that nothing is sent twice. A row without a thing says since
-- when things of its kind are sent to its receiver.

CREATE TABLE sent (
    kind       TEXT NOT NULL,
    period     TEXT NOT NULL,
    unit       TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    thing      TEXT NOT NULL,
    state      TEXT NOT NULL,
    attempts   INTEGER NOT NULL,
    first_at   TEXT NOT NULL,
    at         TEXT NOT NULL,
    message_id TEXT NOT NULL,
    answer     TEXT NOT NULL,
    PRIMARY KEY (kind, period, unit, recipient, thing)
);
