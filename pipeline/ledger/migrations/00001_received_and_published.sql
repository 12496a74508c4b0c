-- +goose Up
-- Times are text in UTC with nine decimals, so that they sort as text and a
-- person can read them. Rows of publication, publication_file and
-- publication_submission are never changed or deleted.

CREATE TABLE received (
    seq           INTEGER PRIMARY KEY,
    sha256        TEXT NOT NULL,
    path          TEXT NOT NULL,
    size          BIGINT NOT NULL,
    first_seen    TEXT NOT NULL,
    received_at   TEXT NOT NULL,
    received_from TEXT NOT NULL,
    channel       TEXT NOT NULL,
    unit          TEXT NOT NULL,
    period        TEXT NOT NULL,
    withdrawn     TEXT,
    UNIQUE (sha256, path)
);

CREATE TABLE reading (
    sha256         TEXT NOT NULL PRIMARY KEY,
    reader_version TEXT NOT NULL,
    content        BLOB NOT NULL
);

CREATE TABLE publication (
    period          TEXT NOT NULL,
    number          INTEGER NOT NULL CHECK (number >= 1),
    fingerprint     TEXT NOT NULL,
    as_of           TEXT NOT NULL,
    published_at    TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    program         TEXT NOT NULL,
    PRIMARY KEY (period, number)
);

CREATE TABLE publication_file (
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size   BIGINT NOT NULL,
    PRIMARY KEY (period, number, name),
    FOREIGN KEY (period, number) REFERENCES publication (period, number)
);

CREATE TABLE publication_submission (
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (period, number, sha256),
    FOREIGN KEY (period, number) REFERENCES publication (period, number)
);

-- Which publications rest on a submission: asked when a correction makes
-- earlier ones out of date.
CREATE INDEX publication_submission_sha256 ON publication_submission (sha256);
