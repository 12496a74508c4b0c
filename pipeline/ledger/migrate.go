package ledger

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

// Migrations are numbered from 1 and never edited once released.
//
//go:embed migrations/*.sql
var migrations embed.FS

// newest is the version of the schema this program knows.
var newest = func() int64 {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	last, _, _ := strings.Cut(path.Base(slices.Max(files)), "_")
	number, err := strconv.ParseInt(last, 10, 64)
	if err != nil {
		panic(err) // the name of a migration begins with its number
	}
	return number
}()

// migrate brings the schema up to date and refuses one it does not know.
func (l *Ledger) migrate(ctx context.Context) error {
	version, err := l.version(ctx)
	if err != nil {
		return err
	}
	if version > newest {
		return &NewerError{Path: l.path, Version: version, Known: newest}
	}
	if version == newest {
		return nil
	}
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, l.db, folder,
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return l.failed("migrate ledger", err)
	}
	return nil
}

// version is that of the schema on the disk; 0 where there is none yet. It is
// asked without goose, which would write its table into a file that is only
// being read.
func (l *Ledger) version(ctx context.Context) (int64, error) {
	var exists bool
	const table = `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'goose_db_version')`
	if err := l.db.QueryRowContext(ctx, table).Scan(&exists); err != nil {
		return 0, l.failed("open ledger", err)
	}
	if !exists {
		return 0, nil
	}
	var version int64
	const query = `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`
	if err := l.db.QueryRowContext(ctx, query).Scan(&version); err != nil {
		return 0, l.failed("open ledger", err)
	}
	return version, nil
}
