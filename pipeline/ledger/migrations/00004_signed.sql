-- +goose Up
-- The decision by which a revision was signed; empty for a draft.

ALTER TABLE publication ADD COLUMN signed_by TEXT NOT NULL DEFAULT '';
