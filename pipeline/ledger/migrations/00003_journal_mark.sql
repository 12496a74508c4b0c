-- +goose Up
-- How far the journal is entered here: one row, written in the transaction that
-- enters it. sha256 is that of the last line entered, without its line feed.

CREATE TABLE journal_mark (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    lines  INTEGER NOT NULL,
    sha256 TEXT NOT NULL
);
