package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

var ctx = context.Background()

// hash is a valid sha256 that a person can tell from others.
func hash(text string) string { return sum([]byte(text)) }

func at(day, hour int) time.Time { return time.Date(2025, 6, day, hour, 0, 0, 123456789, time.UTC) }

func open(t *testing.T, path string) *Ledger {
	t.Helper()
	l, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func newLedger(t *testing.T) *Ledger {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "ledger.db"))
}

func TestOpenMakesTheStateFolderForItsOwnerAlone(t *testing.T) {
	// A name that a URI would take apart.
	path := filepath.Join(t.TempDir(), "trạng thái 100% #1", "state", "ledger.db")
	if runtime.GOOS != "windows" {
		path = filepath.Join(filepath.Dir(path), "why?", "ledger.db")
	}
	l := open(t, path)
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Fatalf("%v, %v", info, err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("state folder: %v, %v", info.Mode(), err)
	}
	fresh, err := l.Fresh(ctx)
	if err != nil || !fresh {
		t.Errorf("fresh: %v, %v", fresh, err)
	}
	for setting, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		if err := l.db.QueryRow("PRAGMA " + setting).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, %v, want %s", setting, got, err, want)
		}
	}
}

func TestOpenTwiceKeepsWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	first := open(t, path)
	if err := first.Publish(ctx, revision(1)); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path)
	if _, found, err := again.Latest(ctx, "2025-06"); err != nil || !found {
		t.Errorf("%v, %v", found, err)
	}
	if fresh, err := again.Fresh(ctx); err != nil || fresh {
		t.Errorf("fresh: %v, %v", fresh, err)
	}
}

func TestSchemaVersionsAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, path)
	if _, err := l.db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)`, newest+1); err != nil {
		t.Fatal(err)
	}
	for name, opened := range map[string]func(context.Context, string) (*Ledger, error){"Open": Open, "OpenReading": OpenReading} {
		_, err := opened(ctx, path)
		var newer *NewerError
		if !errors.As(err, &newer) || newer.Path != path || newer.Version != newest+1 || newer.Known != newest || newer.Hint() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOlderLedgerIsNotReadBeforeItIsBroughtUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	open(t, path)
	known := newest
	newest++ // as if this program knew one migration more
	t.Cleanup(func() { newest = known })
	_, err := OpenReading(ctx, path)
	var older *OlderError
	if !errors.As(err, &older) || older.Version != known || older.Needed != newest || older.Hint() == "" {
		t.Errorf("got %v", err)
	}
}

func TestOpenReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "ledger.db")
	if _, err := OpenReading(ctx, path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no ledger: %v", err)
	}
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("reading made a folder")
	}
	writer := open(t, path)
	reader, err := OpenReading(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	// A reader beside a writer sees what was committed, at once.
	if err := writer.Publish(ctx, revision(1)); err != nil {
		t.Fatal(err)
	}
	if _, found, err := reader.Latest(ctx, "2025-06"); err != nil || !found {
		t.Errorf("%v, %v", found, err)
	}
	if err := reader.Publish(ctx, revision(2)); err == nil {
		t.Error("a reader wrote")
	}
}

func TestOpenReadingBeforeTheFirstTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenReading(ctx, path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("reading wrote: %v, %v", info, err)
	}
	open(t, path) // a writing command carries on
}

func TestDamagedLedgerIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is not a database", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, opened := range map[string]func(context.Context, string) (*Ledger, error){"Open": Open, "OpenReading": OpenReading} {
		_, err := opened(ctx, path)
		var corrupt *CorruptError
		if !errors.As(err, &corrupt) || corrupt.Path != path || corrupt.Hint() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// copyFiles copies a ledger as a stopped process leaves it: its log not folded
// into the database.
func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(from + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+suffix, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStoppedLedgerIsCheckedAndKeepsWhatWasCommitted(t *testing.T) {
	l := newLedger(t)
	if err := l.Publish(ctx, revision(1)); err != nil {
		t.Fatal(err)
	}
	stopped := filepath.Join(t.TempDir(), "ledger.db")
	copyFiles(t, l.path, stopped)
	if reader, err := OpenReading(ctx, stopped); err != nil {
		t.Error(err)
	} else {
		if _, found, err := reader.Latest(ctx, "2025-06"); err != nil || !found {
			t.Errorf("reading: %v, %v", found, err)
		}
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, found, err := open(t, stopped).Latest(ctx, "2025-06"); err != nil || !found {
		t.Errorf("%v, %v", found, err)
	}
}

func TestDamageIsFoundAfterAnUncleanStop(t *testing.T) {
	l := newLedger(t)
	var many []Received
	for i := range 500 {
		many = append(many, received("a/"+strings.Repeat("x", i)+".xlsx"))
	}
	if err := l.Receive(ctx, many); err != nil {
		t.Fatal(err)
	}
	if _, err := l.db.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	if err := l.Publish(ctx, revision(1)); err != nil { // leaves a log
		t.Fatal(err)
	}
	stopped := filepath.Join(t.TempDir(), "ledger.db")
	copyFiles(t, l.path, stopped)
	data, err := os.ReadFile(stopped)
	if err != nil {
		t.Fatal(err)
	}
	copy(data[len(data)-8192:], make([]byte, 8192)) // the last pages, which opening does not read
	if err := os.WriteFile(stopped, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(ctx, stopped)
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) {
		t.Errorf("got %v", err)
	}
}

func TestUnwritableStateIsNamed(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, filepath.Join(blocked, "ledger.db")); err == nil || !strings.Contains(err.Error(), blocked) {
		t.Errorf("got %v", err)
	}
	if _, err := Acquire(ctx, filepath.Join(blocked, "state"), 0); err == nil || !strings.Contains(err.Error(), blocked) {
		t.Errorf("lock: %v", err)
	}
}
