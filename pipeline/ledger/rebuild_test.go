package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
)

func TestRebuildMakesAnEqualLedger(t *testing.T) {
	path := filled(t)
	want := all(t, path)
	reopen(t, path)
	journal := lines(t, path)
	for k := 1; k <= 2; k++ {
		aside, err := Rebuild(ctx, path)
		if err != nil || aside != fmt.Sprintf("%s.set-aside-%d", path, k) {
			t.Fatalf("%q, %v", aside, err)
		}
		if !reflect.DeepEqual(want, all(t, path)) || !reflect.DeepEqual(want, all(t, aside)) {
			t.Error("not equal")
		}
	}
	sound(t, path)
	reopen(t, path)
	if !reflect.DeepEqual(journal, lines(t, path)) {
		t.Error("the journal was changed")
	}
}

func TestLostLedgerIsNotBegunAnew(t *testing.T) {
	path := filled(t)
	want := all(t, path)
	if err := removeDatabase(path); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"", "empty"} {
		if content == "empty" { // as a program leaves it that was stopped at once
			write(t, path, "")
		}
		var lost *LostError
		if _, err := Open(ctx, path); !errors.As(err, &lost) || lost.Hint() == "" {
			t.Fatalf("got %v", err)
		}
	}
	if _, err := Rebuild(ctx, path); err != nil || !reflect.DeepEqual(want, all(t, path)) {
		t.Errorf("not equal, %v", err)
	}
}

func TestRebuildOfADamagedLedger(t *testing.T) {
	path := filled(t)
	want := all(t, path)
	write(t, path, "no database")
	write(t, path+".rebuilt", "of a rebuild that was stopped")
	aside, err := Rebuild(ctx, path)
	if err != nil || !reflect.DeepEqual(want, all(t, path)) {
		t.Fatalf("not equal, %v", err)
	}
	if data, err := os.ReadFile(aside); err != nil || string(data) != "no database" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := os.Stat(path + ".rebuilt"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left over: %v", err)
	}
}

func TestRebuildWithoutAJournal(t *testing.T) {
	path := filled(t)
	if err := os.Remove(journalPath(path)); err != nil {
		t.Fatal(err)
	}
	want := all(t, path)
	if _, err := Rebuild(ctx, path); !errors.Is(err, ErrNoJournal) {
		t.Errorf("got %v", err)
	}
	if !reflect.DeepEqual(want, all(t, path)) {
		t.Error("the ledger was changed")
	}
}

func TestBackupWhileAnotherWrites(t *testing.T) {
	path := filled(t)
	writer := open(t, path)
	var wait sync.WaitGroup
	started, stop := make(chan struct{}), make(chan struct{})
	wait.Go(func() {
		for n := 2; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			f := received(fmt.Sprint(n, ".xlsx"))
			if err := writer.Keep(f.SHA256, []byte(f.Path)); err != nil {
				t.Error(err)
			}
			if err := writer.Receive(ctx, []Received{f}); err != nil {
				t.Error(err)
			}
			if err := writer.Publish(ctx, revision(n)); err != nil {
				t.Error(err)
			}
			if n == 2 {
				close(started)
			}
		}
	})
	<-started
	for k := range 3 {
		dir := filepath.Join(t.TempDir(), fmt.Sprint("backup-", k))
		x, err := Backup(ctx, path, dir)
		if err != nil || len(x.Problems) > 0 || x.Publications < 2 {
			t.Fatalf("%+v, %v", x, err)
		}
		// What was copied is a state to go on with, and one to rebuild from.
		copied := filepath.Join(dir, "ledger.db")
		reopen(t, copied)
		want := all(t, copied)
		if _, err := Rebuild(ctx, copied); err != nil || !reflect.DeepEqual(want, all(t, copied)) {
			t.Errorf("not equal, %v", err)
		}
		sound(t, copied)
	}
	close(stop)
	wait.Wait()
	sound(t, path)
}

func TestBackupIsWholeOrNotThere(t *testing.T) {
	path := filled(t)
	there := t.TempDir()
	if _, err := Backup(ctx, path, there); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if _, err := Backup(ctx, filepath.Join(there, "ledger.db"), filepath.Join(there, "b")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if entries, err := os.ReadDir(there); err != nil || len(entries) > 0 {
		t.Errorf("%v, %v", entries, err)
	}
	// A damaged original does not keep the rest from being saved, and is told.
	write(t, filepath.Join(filepath.Dir(path), "originals", hash("b.xlsx")[:2], hash("b.xlsx")), "changed")
	x, err := Backup(ctx, path, filepath.Join(there, "b"))
	if err != nil || len(x.Problems) != 1 || x.Problems[0].Fault != OriginalDamaged {
		t.Errorf("%+v, %v", x, err)
	}
}
